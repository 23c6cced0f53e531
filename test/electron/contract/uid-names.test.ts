import { describe, expect, it } from 'vitest';
import { describeFailure } from '../../../electron/contract/describe-failure.ts';
import { objectName, transferSyntaxName, withUidNames } from '../../../electron/contract/uid-names.ts';

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

  it('is absent where it is unknown', () => {
    expect(objectName('1.3.12.2.1107.5.9.1')).toBeNull();
    expect(objectName('1.2.840.10008.5.1.4.1.1.constructor')).toBeNull();
    expect(objectName('')).toBeNull();
  });
});

describe('a text with UIDs in it', () => {
  it('gets a name beside each that has one', () => {
    expect(withUidNames('transfer syntax 1.2.840.10008.1.2.4.53')).toBe(
      'transfer syntax JPEG Spectral Selection (1.2.840.10008.1.2.4.53)',
    );
    expect(withUidNames('1.2.840.10008.5.1.4.1.1.4 and 1.2.3.4.5.6.7')).toBe(
      'MR image (1.2.840.10008.5.1.4.1.1.4) and 1.2.3.4.5.6.7',
    );
  });

  it('is left alone where a number is none', () => {
    expect(withUidNames('128.0.0.1, 14 frames, version 3.6.7')).toBe('128.0.0.1, 14 frames, version 3.6.7');
    expect(transferSyntaxName('constructor')).toBeNull();
  });
});

describe('the refusal of an object', () => {
  const refused = (result: number): ReturnType<typeof describeFailure> =>
    describeFailure(
      {
        step: 'negotiate',
        sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
        transferSyntaxUid: '1.2.840.10008.1.2.4.80',
        result,
      },
      { server: 'Main PACS', ourAeTitle: 'GANTRY' },
    );

  it('says which encoding it is that is not accepted', () => {
    expect(refused(4).title).toBe('Main PACS does not accept the encoding of this object: JPEG-LS Lossless.');
  });

  it('says which kind of object it is that is not accepted', () => {
    expect(refused(3).title).toBe('Main PACS does not accept this kind of object: CT image.');
  });

  it('gives names and UIDs side by side', () => {
    expect(refused(4).explanation).toContain(
      '(CT image, SOP class 1.2.840.10008.5.1.4.1.1.2; JPEG-LS Lossless, transfer syntax 1.2.840.10008.1.2.4.80; result 4.)',
    );
  });
});
