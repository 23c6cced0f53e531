import { describe, expect, it } from 'vitest';
import type { ArchiveStudy } from '../../../../electron/contract/archive.ts';
import { matchesSearch, withStudy } from '../../../../renderer/features/viewer/study-list-state.ts';

describe('the list of studies', () => {
  const first = study('1');
  const second = study('2');

  it('puts a new study on top', () => {
    expect(withStudy([first], second)).toEqual([second, first]);
  });

  it('changes a study where it stands', () => {
    const grown = { ...second, instanceCount: 9 };
    expect(withStudy([first, second], grown)).toEqual([first, grown]);
  });

  it('loses a study that has become empty', () => {
    expect(withStudy([first, second], { ...first, instanceCount: 0 })).toEqual([second]);
  });
});

describe('the search in the list', () => {
  const found = {
    ...study('1'),
    patientName: 'Müller^Jürgen',
    modalities: ['CT'],
    studyDescription: 'Thorax',
  };

  it('looks for every word, in any field', () => {
    expect(matchesSearch(found, 'jürgen ct')).toBe(true);
    expect(matchesSearch(found, 'jürgen mr')).toBe(false);
  });

  it('minds neither case nor accents', () => {
    expect(matchesSearch(found, 'MULLER thorax')).toBe(true);
  });

  it('finds everything for nothing', () => {
    expect(matchesSearch(found, '  ')).toBe(true);
  });
});

function study(studyInstanceUid: string): ArchiveStudy {
  return {
    studyInstanceUid,
    patientName: '',
    patientId: '',
    patientBirthDate: '',
    patientSex: '',
    studyDate: '',
    studyTime: '',
    studyDescription: '',
    accessionNumber: '',
    modalities: [],
    seriesCount: 1,
    instanceCount: 1,
    bytes: 0,
    receivedAt: '',
  };
}
