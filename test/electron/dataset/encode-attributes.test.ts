import { describe, expect, it } from 'vitest';
import { FailureError, type Failure } from '../../../electron/contract/failure.ts';
import {
  encodeAttributes,
  encodeIdentifier,
  numbersOf,
  parseDataset,
  textOf,
  toJson,
  type NewAttribute,
} from '../../../electron/dataset/index.ts';

const implicit = '1.2.840.10008.1.2';
const explicit = '1.2.840.10008.1.2.1';
const big = '1.2.840.10008.1.2.2';

const worklist: readonly NewAttribute[] = [
  { keyword: 'PatientName', value: '' },
  {
    keyword: 'ScheduledProcedureStepSequence',
    value: [
      [
        { keyword: 'ScheduledProcedureStepStartDate', value: '20260101-20260131' },
        { keyword: 'Modality', value: 'CT' },
        { keyword: 'ScheduledProtocolCodeSequence', value: [[{ keyword: 'CodeValue', value: 'P1' }]] },
      ],
    ],
  },
];

function problemOf(attributes: readonly NewAttribute[], syntax = explicit): Failure | null {
  try {
    encodeAttributes(attributes, syntax);
  } catch (thrown) {
    if (thrown instanceof FailureError) return thrown.failure;
    throw thrown;
  }
  return null;
}

describe('attributes', () => {
  it.each([implicit, explicit, big])('nested in sequences are read back in %s', (syntax) => {
    const read = toJson(parseDataset(encodeIdentifier(worklist, syntax), syntax));

    expect(read).toEqual({
      PatientName: '',
      ScheduledProcedureStepSequence: [
        {
          Modality: 'CT',
          ScheduledProcedureStepStartDate: '20260101-20260131',
          ScheduledProtocolCodeSequence: [{ CodeValue: 'P1' }],
        },
      ],
    });
  });

  it('of a sequence have the bytes of PS3.5 §7.5', () => {
    const attributes = [
      {
        keyword: 'ReferencedSOPSequence',
        value: [[{ keyword: 'ReferencedSOPInstanceUID', value: '1.2' }], []],
      },
    ];

    const sequence = '08009911 5351 0000 1c000000';
    const item = 'feff00e0 0c000000 08005511 5549 0400 312e3200';
    const emptyItem = 'feff00e0 00000000';
    expect(encodeAttributes(attributes, explicit).toString('hex')).toBe(
      [sequence, item, emptyItem].join('').replaceAll(' ', ''),
    );
    expect(encodeAttributes(attributes, big).toString('hex')).toMatch(/^00081199.*fffee000/);
  });

  it('say their character set at the top, wherever the letters are', () => {
    const attributes: readonly NewAttribute[] = [
      { keyword: 'RequestAttributesSequence', value: [[{ keyword: 'PatientName', value: 'Müller' }]] },
    ];

    const bytes = encodeAttributes(attributes, explicit, 'ISO_IR 100');

    const read = parseDataset(bytes, explicit);
    expect(textOf(read, 'SpecificCharacterSet')).toBe('ISO_IR 100');
    expect(bytes.includes(Buffer.from('M\xfcller', 'latin1'))).toBe(true);
    expect(toJson(read)).toMatchObject({ RequestAttributesSequence: [{ PatientName: 'Müller' }] });
  });

  it('of bytes are written as they are, made even', () => {
    const attributes: readonly NewAttribute[] = [
      { keyword: 'Rows', value: '2' },
      { keyword: 'PixelData', value: Buffer.from([1, 2, 3]) },
    ];

    const read = parseDataset(encodeAttributes(attributes, implicit), implicit);

    expect(numbersOf(read, 'Rows')).toEqual([2]);
    expect(read.get('7FE00010')?.length).toBe(4);
    expect(Buffer.from(read.get('7FE00010')!.value!).subarray(0, 3)).toEqual(Buffer.from([1, 2, 3]));
  });

  it.each<[string, NewAttribute, string]>([
    ['items in what is no sequence', { keyword: 'PatientName', value: [[]] }, explicit],
    ['text in a sequence', { keyword: 'ReferencedSOPSequence', value: 'x' }, explicit],
    ['bytes in a text', { keyword: 'PatientName', value: Buffer.from('x') }, explicit],
    ['words in big endian', { keyword: 'PixelData', value: Buffer.from([1, 2]) }, big],
  ])('refuse %s, by name', (_, attribute, syntax) => {
    expect(problemOf([attribute], syntax)).toMatchObject({ step: 'input', field: attribute.keyword });
  });

  it('refuse what is nested as well', () => {
    const attributes = [
      { keyword: 'ReferencedSOPSequence', value: [[{ keyword: 'NoSuchThing', value: '' }]] },
    ];

    expect(problemOf(attributes)).toMatchObject({ step: 'input', field: 'NoSuchThing' });
  });
});
