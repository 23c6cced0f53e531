import { describe, expect, it } from 'vitest';
import { parseDataset, toJson } from '../../../electron/dataset/index.ts';
import { buildDataset, buildItems } from '../../support/build-dataset.ts';

const explicit = '1.2.840.10008.1.2.1';

function jsonOf(...arguments_: Parameters<typeof buildDataset>): Record<string, unknown> {
  return toJson(parseDataset(buildDataset(...arguments_), explicit));
}

describe('attributes as JSON', () => {
  it('have keywords, decoded text and numbers', () => {
    const json = jsonOf(
      [
        ['00100010', 'PN', 'Müller^Jürgen=山'],
        ['00200013', 'IS', '12'],
        ['00280030', 'DS', '0.70\\1e-3'],
        ['00280010', 'US', [512]],
        ['00280009', 'AT', Buffer.from([0x18, 0, 0x63, 0x10])],
      ],
      'ISO_IR 192',
    );

    expect(json).toEqual({
      SpecificCharacterSet: 'ISO_IR 192',
      PatientName: 'Müller^Jürgen=山',
      InstanceNumber: 12,
      PixelSpacing: [0.7, 0.001],
      Rows: 512,
      FrameIncrementPointer: '00181063',
    });
  });

  it('keep several values apart, and the absent one empty', () => {
    const json = jsonOf([
      ['00080061', 'CS', 'CT\\MR'],
      ['00081030', 'LO', ''],
      ['00104000', 'LT', 'C:\\DATA'],
    ]);

    expect(json).toEqual({
      ModalitiesInStudy: ['CT', 'MR'],
      StudyDescription: '',
      PatientComments: 'C:\\DATA',
    });
  });

  it('hold sequences, whose text is in the character set around them', () => {
    const item = Buffer.concat([
      buildDataset([['00080100', 'SH', 'A']]),
      // 00080104 LO, in the Latin 1 of the data set around it
      Buffer.from('08000401 4c4f 0600'.replaceAll(' ', ''), 'hex'),
      Buffer.from('Br\xfcst ', 'latin1'),
    ]);

    const json = jsonOf([['00081032', 'SQ', buildItems([item])]], 'ISO_IR 100');

    expect(json['ProcedureCodeSequence']).toEqual([{ CodeValue: 'A', CodeMeaning: 'Brüst' }]);
  });

  it('tell only the length of bytes, and private tags by number', () => {
    const json = jsonOf([
      ['00091001', 'OB', Buffer.alloc(6)],
      ['00090010', 'LO', 'ACME'],
    ]);

    expect(json).toEqual({ '00090010': 'ACME', '00091001': { bytes: 6 } });
  });

  it('leave a number that is none as it was written', () => {
    expect(jsonOf([['00200013', 'IS', 'first']])).toEqual({ InstanceNumber: 'first' });
  });
});
