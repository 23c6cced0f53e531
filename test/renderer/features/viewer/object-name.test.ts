import { describe, expect, it } from 'vitest';
import { objectName } from '../../../../renderer/features/viewer/object-name.ts';

describe('the name of an object', () => {
  it('is that of its SOP class', () => {
    expect(objectName('1.2.840.10008.5.1.4.1.1.104.1')).toBe('PDF document');
  });

  it('is that of the family where the class has none of its own', () => {
    expect(objectName('1.2.840.10008.5.1.4.1.1.88.22')).toBe('Structured report');
    expect(objectName('1.2.840.10008.5.1.4.1.1.88.59')).toBe('Key object selection');
    expect(objectName('1.2.840.10008.5.1.4.1.1.2.1')).toBe('CT image');
  });

  it('does not take one number for the beginning of another', () => {
    expect(objectName('1.2.840.10008.5.1.4.1.1.66.4')).toBe('Segmentation');
    expect(objectName('1.2.840.10008.5.1.4.1.1.481.3')).toBe('Radiotherapy structure set');
  });

  it('says when it is unknown', () => {
    expect(objectName('1.3.12.2.1107.5.9.1')).toBe('Object of an unknown kind');
    expect(objectName('')).toBe('Object of an unknown kind');
  });
});
