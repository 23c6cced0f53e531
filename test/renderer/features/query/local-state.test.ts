import { describe, expect, it } from 'vitest';
import type { ArchiveStudy } from '../../../../electron/contract/archive.ts';
import type { StudyMatch } from '../../../../electron/contract/study.ts';
import {
  localStateOf,
  localStateWords,
  withStudy,
  type LocalStudies,
} from '../../../../renderer/features/query/local-state.ts';

const match = (instanceCount: number | null): StudyMatch => ({
  studyInstanceUid: '1.2',
  patientName: '',
  patientId: '',
  patientBirthDate: '',
  patientSex: '',
  studyDate: '',
  studyTime: '',
  modalities: [],
  studyDescription: '',
  accessionNumber: '',
  referringPhysicianName: '',
  studyId: '',
  seriesCount: null,
  instanceCount,
});

const here = (instanceCount: number): ArchiveStudy => ({
  ...match(null),
  seriesCount: 1,
  instanceCount,
  bytes: 0,
  receivedAt: '2026-11-20T12:00:00Z',
});

const wordsOf = (of: number | null, studies: LocalStudies): string =>
  localStateWords(localStateOf(match(of), studies));

describe('how much of a study is here', () => {
  it('is none, n of m, or complete', () => {
    expect(wordsOf(512, new Map())).toBe('not here');
    expect(wordsOf(512, withStudy(new Map(), here(120)))).toBe('120 of 512');
    expect(wordsOf(512, withStudy(new Map(), here(512)))).toBe('complete');
    expect(wordsOf(512, withStudy(new Map(), here(513)))).toBe('complete');
  });

  it('claims nothing of completeness when the server did not say how many there are', () => {
    expect(wordsOf(null, withStudy(new Map(), here(12)))).toBe('12 here');
  });

  it('is none again when the last instance is gone', () => {
    expect(wordsOf(512, withStudy(withStudy(new Map(), here(12)), here(0)))).toBe('not here');
  });
});
