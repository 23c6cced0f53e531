import { describe, expect, it } from 'vitest';
import {
  encodeIdentifier,
  type IdentifierKey,
  numbersOf,
  parseDataset,
  textOf,
} from '../../../electron/dataset/index.ts';

const implicit = '1.2.840.10008.1.2';
const explicit = '1.2.840.10008.1.2.1';
const big = '1.2.840.10008.1.2.2';

const keys: readonly IdentifierKey[] = [
  { keyword: 'PatientName', value: 'DOE^J*' },
  { keyword: 'QueryRetrieveLevel', value: 'STUDY' },
  { keyword: '0020000D', value: '1.2.3' },
  { keyword: 'StudyDate', value: '' },
];

function problemOf(work: () => unknown): unknown {
  try {
    work();
  } catch (thrown) {
    return thrown instanceof Error && 'failure' in thrown ? thrown.failure : thrown;
  }
  return null;
}

function oneKey(keyword: string, value: string, characterSet?: string): () => Buffer {
  return () => encodeIdentifier([{ keyword, value }], explicit, characterSet);
}

describe('an identifier', () => {
  it.each([implicit, explicit, big])('is read back in %s as it was asked', (syntax) => {
    const attributes = parseDataset(encodeIdentifier(keys, syntax), syntax);

    expect([...attributes.keys()]).toEqual(['00080020', '00080052', '00100010', '0020000D']);
    expect(textOf(attributes, 'PatientName')).toBe('DOE^J*');
    expect(textOf(attributes, 'StudyInstanceUID')).toBe('1.2.3');
    expect(attributes.get('00080020')?.length).toBe(0);
  });

  it('has the bytes of PS3.5, tags ascending and lengths even', () => {
    const level = '08005200 4353 0600 535455445920';
    const study = '20000d00 5549 0600 312e322e3300';

    expect(encodeIdentifier(keys.slice(1, 3), explicit).toString('hex')).toBe(
      (level + study).replaceAll(' ', ''),
    );
  });

  it('says its character set where a text is not ASCII', () => {
    const attributes = parseDataset(
      encodeIdentifier([{ keyword: 'PatientName', value: 'Müller*' }], explicit),
      explicit,
    );

    expect(textOf(attributes, 'SpecificCharacterSet')).toBe('ISO_IR 192');
    expect(textOf(attributes, 'PatientName')).toBe('Müller*');
  });

  it('is written in the character set that is asked for', () => {
    const asked = [
      { keyword: 'SpecificCharacterSet', value: 'ISO_IR 100' },
      { keyword: 'PatientName', value: 'Müller*' },
    ];

    const bytes = encodeIdentifier(asked, explicit);

    expect(bytes.includes(Buffer.from('M\xfcller* ', 'latin1'))).toBe(true);
    expect(textOf(parseDataset(bytes, explicit), 'PatientName')).toBe('Müller*');
  });

  it('always says the character set that is given, but for plain ASCII', () => {
    const labelOf = (characterSet?: string): string | undefined =>
      parseDataset(encodeIdentifier(keys, explicit, characterSet), explicit)
        .get('00080005')
        ?.value?.toString();

    expect(labelOf('ISO_IR 100')).toBe('ISO_IR 100');
    expect(labelOf('\\ISO 2022 IR 149')).toBe('\\ISO 2022 IR 149');
    expect(labelOf('ISO_IR 6')).toBeUndefined();
    expect(labelOf()).toBeUndefined();
  });

  it('has code extensions where its character set does', () => {
    const bytes = oneKey('PatientName', '*=山*', '\\ISO 2022 IR 87')();

    expect(bytes.includes(Buffer.from('*=\x1b$B;3\x1b(B*', 'latin1'))).toBe(true);
    expect(textOf(parseDataset(bytes, explicit), 'PatientName')).toBe('*=山*');
  });

  it('is refused in a character set that is none, once there is something to write in it', () => {
    const inNone = (value: string): (() => Buffer) => oneKey('PatientName', value, 'ISO_IR 100\\GBK');

    expect(problemOf(inNone('Muller'))).toBeNull();
    expect(problemOf(inNone('Müller'))).toEqual({
      step: 'input',
      field: 'SpecificCharacterSet',
      problem: 'ISO_IR 100 stands alone. Write ISO 2022 IR 100 where there are several.',
    });
  });

  it('writes numbers as numbers', () => {
    const bytes = encodeIdentifier([{ keyword: 'Rows', value: '512' }], explicit);

    expect(numbersOf(parseDataset(bytes, explicit), 'Rows')).toEqual([512]);
  });

  it('asks for a sequence by an empty one', () => {
    const bytes = encodeIdentifier([{ keyword: 'ScheduledProcedureStepSequence', value: '' }], explicit);

    expect(parseDataset(bytes, explicit).get('00400100')).toMatchObject({ vr: 'SQ', length: 0 });
  });

  it('is refused by the key that cannot be written', () => {
    expect(problemOf(oneKey('PatientNaem', 'X'))).toMatchObject({ step: 'input', field: 'PatientNaem' });
    expect(problemOf(oneKey('PatientName', '山田', 'ISO_IR 100'))).toEqual({
      step: 'input',
      field: 'PatientName',
      problem: 'has “山” (U+5C71), which ISO_IR 100 can’t carry',
    });
    expect(problemOf(oneKey('PatientName', 'A\u200Dé', 'ISO_IR 100'))).toMatchObject({
      problem: 'has the character U+200D, which ISO_IR 100 can’t carry',
    });
    expect(problemOf(oneKey('StudyDescription', 'A\x1b$B', 'ISO_IR 192'))).toMatchObject({
      field: 'StudyDescription',
      problem: 'has the character U+001B, which ISO_IR 192 can’t carry',
    });
    expect(problemOf(oneKey('StudyInstanceUID', '１.２'))).toMatchObject({ field: 'StudyInstanceUID' });
    expect(problemOf(oneKey('Rows', 'many'))).toMatchObject({ field: 'Rows' });
    expect(problemOf(oneKey('PatientName', 'X'.repeat(70_000)))).toMatchObject({ field: 'PatientName' });
  });
});
