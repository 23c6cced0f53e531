import { describe, expect, it } from 'vitest';
import { decodedAs, parseDataset, textOf, toJson, type Attributes } from '../../../electron/dataset/index.ts';
import { buildDataset, buildItems, type BuiltElement } from '../../support/build-dataset.ts';

const russian = Buffer.from('\xcb\xfe\xea ', 'latin1');
const name: BuiltElement = ['00100010', 'PN', russian];
const label: BuiltElement = ['00080005', 'CS', 'ISO_IR 100'];

function read(...elements: readonly BuiltElement[]): Attributes {
  return parseDataset(buildDataset(elements), '1.2.840.10008.1.2.1');
}

describe('attributes read in another character set than they say', () => {
  it('have their text in it, and say it themselves', () => {
    const attributes = decodedAs(read(label, name), 'windows-1251');

    expect(textOf(attributes, 'PatientName')).toBe('Люк');
    expect(toJson(attributes)).toEqual({ SpecificCharacterSet: 'windows-1251', PatientName: 'Люк' });
    expect([...attributes.keys()]).toEqual(['00080005', '00100010']);
  });

  it('have it where they said none', () => {
    expect(textOf(read(name), 'PatientName')).toBe('\uFFFD\uFFFD\uFFFD');
    expect(textOf(decodedAs(read(name), 'windows-1251'), 'PatientName')).toBe('Люк');
  });

  it('have it in their items too, whatever those say', () => {
    const items = buildItems([buildDataset([label, name]), buildDataset([name])]);
    const attributes = read(label, ['00081120', 'SQ', items]);

    expect(toJson(decodedAs(attributes, 'windows-1251'))).toMatchObject({
      ReferencedPatientSequence: [{ PatientName: 'Люк' }, { PatientName: 'Люк' }],
    });
  });

  it('leave those that they were made of as they are', () => {
    const attributes = read(label, name);

    decodedAs(attributes, 'windows-1251');

    expect(textOf(attributes, 'SpecificCharacterSet')).toBe('ISO_IR 100');
    expect(textOf(attributes, 'PatientName')).toBe('Ëþê');
  });
});
