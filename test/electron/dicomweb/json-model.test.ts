import { describe, expect, it } from 'vitest';
import { numberOf, numbersOf, textOf, textsOf } from '../../../electron/dataset/index.ts';
import { attributesOfJson } from '../../../electron/dicomweb/index.ts';

const values = (vr: string, ...Value: readonly unknown[]) => ({ vr, Value });

describe('attributes of the DICOM JSON model', () => {
  it('are read as those of a data set', () => {
    const attributes = attributesOfJson({
      '0020000D': values('UI', '1.2.3'),
      '00100010': values('PN', {
        Alphabetic: 'Yamada^Tarou',
        Ideographic: '山田^太郎',
        Phonetic: 'やまだ^たろう',
      }),
      '00080061': values('CS', 'CT', 'US'),
      '00201206': values('IS', 3),
      '00201208': values('IS', '12'),
      '00280010': values('US', 512),
      '00281050': values('DS', 40, '-1.5'),
      '0020930D': values('FD', 0.25),
      '00080030': values('TM', '101500'),
    });

    expect(textOf(attributes, 'StudyInstanceUID')).toBe('1.2.3');
    expect(textOf(attributes, 'PatientName')).toBe('Yamada^Tarou=山田^太郎=やまだ^たろう');
    expect(textsOf(attributes, 'ModalitiesInStudy')).toEqual(['CT', 'US']);
    expect(numberOf(attributes, 'NumberOfStudyRelatedSeries')).toBe(3);
    expect(numberOf(attributes, 'NumberOfStudyRelatedInstances')).toBe(12);
    expect(numberOf(attributes, 'Rows')).toBe(512);
    expect(numbersOf(attributes, 'WindowCenter')).toEqual([40, -1.5]);
    expect(numbersOf(attributes, '0020930D')).toEqual([0.25]);
    expect(textOf(attributes, 'StudyTime')).toBe('101500');
  });

  it('are UTF-8, whatever character set the original had', () => {
    const attributes = attributesOfJson({
      '00080005': values('CS', 'ISO_IR 100'),
      '00081030': values('LO', 'Schädel übersicht'),
    });

    expect(textOf(attributes, 'StudyDescription')).toBe('Schädel übersicht');
  });

  it('keep the place of values that are empty', () => {
    const attributes = attributesOfJson({
      '00080061': values('CS', 'CT', null, 'MR'),
      '00100010': values('PN', null),
      '00080050': { vr: 'SH' },
    });

    expect(textsOf(attributes, 'ModalitiesInStudy')).toEqual(['CT', '', 'MR']);
    expect(textOf(attributes, 'PatientName')).toBe('');
    expect(textOf(attributes, 'AccessionNumber')).toBe('');
  });

  it('read names that are only a text, and items of sequences', () => {
    const attributes = attributesOfJson({
      '00100010': values('PN', 'DOE^JANE'),
      '00081110': values('SQ', { '00081155': values('UI', '1.2') }, { '00081155': values('UI', '3.4') }),
    });

    expect(textOf(attributes, 'PatientName')).toBe('DOE^JANE');
    const items = attributes.get('00081110')?.items ?? [];
    expect(items.map((item) => textOf(item, '00081155'))).toEqual(['1.2', '3.4']);
  });

  it.each([
    null,
    7,
    'text',
    [],
    { '00100010': null, zzz: values('PN', 'A'), '0010': values('PN', 'A') },
    { '00100010': { Value: 'no list' } },
    { '00280010': values('US', 'no number', {}, -1e300) },
    { '00720026': values('AT', 'XXXXYYYY', 7) },
    { '7FE00010': { vr: 'OW', BulkDataURI: 'http://elsewhere.example/' } },
  ])('are none where %j is no attribute, and never a bug', (json) => {
    const attributes = attributesOfJson(json);

    expect(textOf(attributes, 'PatientName')).toBe('');
  });

  it('go only so deep', () => {
    let json: object = { '00100020': values('LO', 'deep') };
    for (let depth = 0; depth < 1_000; depth += 1) json = { '00081110': values('SQ', json) };

    expect(attributesOfJson(json).get('00081110')?.items).toHaveLength(1);
  });
});
