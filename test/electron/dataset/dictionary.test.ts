import { describe, expect, it } from 'vitest';
import { keywordOf, tagOf, vrOf } from '../../../electron/dataset/index.ts';

describe('the dictionary', () => {
  it('knows keyword, tag and representation of each other', () => {
    expect(tagOf('PatientName')).toBe('00100010');
    expect(keywordOf('00100010')).toBe('PatientName');
    expect(vrOf('00100010')).toBe('PN');
    expect(tagOf('ExtendedOffsetTable')).toBe('7FE00001');
    expect(vrOf('00081115')).toBe('SQ');
  });

  it('says of what it does not know that it does not', () => {
    expect(tagOf('PatientsNaem')).toBeNull();
    expect(keywordOf('00091001')).toBeNull();
    expect(vrOf('00091001')).toBeNull();
  });

  it('gives one representation to attributes that may have two', () => {
    expect(vrOf('7FE00010')).toBe('OW');
    expect(vrOf('00280106')).toBe('US');
  });

  it('knows the tags that follow a rule', () => {
    expect(vrOf('00290010')).toBe('LO');
    expect(vrOf('00090000')).toBe('UL');
    expect(vrOf('60023000')).toBe('OW');
  });

  it('keeps the keywords of retired attributes', () => {
    expect(keywordOf('00080001')).toBe('LengthToEnd');
  });
});
