import { describe, expect, it } from 'vitest';
import { StudyKeys } from '../../../electron/contract/study.ts';
import { studyIdentifiers } from '../../../electron/query/study-keys.ts';

function identifiersOf(keys: Partial<StudyKeys>): Record<string, string>[] {
  return studyIdentifiers(StudyKeys.parse(keys)).map((identifier) =>
    Object.fromEntries(identifier.map(({ keyword, value }) => [keyword, value])),
  );
}

const dateOf = (studyDateFrom: string | null, studyDateTo: string | null): string | undefined =>
  identifiersOf({ studyDateFrom, studyDateTo })[0]!['StudyDate'];

const refusing = (field: string): unknown =>
  expect.objectContaining({ failure: expect.objectContaining({ step: 'input', field }) });

describe('studyIdentifiers', () => {
  it('asks for everything a row shows, empty where nothing is looked for', () => {
    const [identifier] = identifiersOf({});

    expect(Object.keys(identifier!).toSorted()).toEqual([
      'AccessionNumber',
      'ModalitiesInStudy',
      'NumberOfStudyRelatedInstances',
      'NumberOfStudyRelatedSeries',
      'PatientBirthDate',
      'PatientID',
      'PatientName',
      'PatientSex',
      'ReferringPhysicianName',
      'StudyDate',
      'StudyDescription',
      'StudyID',
      'StudyInstanceUID',
      'StudyTime',
    ]);
    expect(new Set(Object.values(identifier!))).toEqual(new Set(['']));
  });

  it('sends text as typed, without stars of its own', () => {
    const [identifier] = identifiersOf({
      patientName: ' DOE ',
      patientId: 'A?1',
      accessionNumber: 'x*',
      studyDescription: 'Größe',
    });

    expect(identifier).toMatchObject({
      PatientName: 'DOE',
      PatientID: 'A?1',
      AccessionNumber: 'x*',
      StudyDescription: 'Größe',
    });
  });

  it('writes a range of dates in the four ways of the standard', () => {
    expect(dateOf(null, null)).toBe('');
    expect(dateOf('20260101', '20260131')).toBe('20260101-20260131');
    expect(dateOf('20260101', null)).toBe('20260101-');
    expect(dateOf(null, '20260131')).toBe('-20260131');
    expect(dateOf('20260101', '20260101')).toBe('20260101');
  });

  it('asks once for each of several modalities', () => {
    expect(
      identifiersOf({ modalities: ['CT', 'MR', 'CT'] }).map((identifier) => identifier['ModalitiesInStudy']),
    ).toEqual(['CT', 'MR']);
  });

  it('refuses what would mean something else on the wire', () => {
    expect(() => identifiersOf({ patientName: 'A\\B' })).toThrow(refusing('patientName'));
    expect(() => identifiersOf({ patientId: 'A\nB' })).toThrow(refusing('patientId'));
    expect(() => dateOf('20260201', '20260131')).toThrow(refusing('studyDateFrom'));
  });
});
