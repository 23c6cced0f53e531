import { describe, expect, it } from 'vitest';
import { StudyKeys } from '../../../../electron/contract/study.ts';
import { askedWords } from '../../../../renderer/features/query/asked-words.ts';
import {
  datesOf,
  emptyCriteria,
  modalitiesIn,
  questionOf,
  withModalityToggled,
  type Criteria,
} from '../../../../renderer/features/query/criteria.ts';

const now = new Date(2026, 2, 3, 23, 59); // 3 March, so that the presets cross the end of February

function keysOf(criteria: Partial<Criteria>): StudyKeys {
  const question = questionOf({ ...emptyCriteria, ...criteria }, now);
  if (!question.ok) throw new Error('it was refused');
  return StudyKeys.parse(question.keys);
}

describe('what the form asks', () => {
  it('asks for everything when nothing is filled in', () => {
    expect(keysOf({})).toEqual(StudyKeys.parse({}));
  });

  it('finds names that begin with a word, and takes wildcards and components as they are', () => {
    expect(
      ['doe', 'doe^jane', 'd?e', '*ane', ' doe '].map((patientName) => keysOf({ patientName }).patientName),
    ).toEqual(['doe*', 'doe^jane', 'd?e', '*ane', 'doe*']);
    expect(keysOf({ patientName: '"doe"' }).patientName).toBe('doe');
  });

  it('finds descriptions that hold a word, as far as the key has room', () => {
    expect(keysOf({ studyDescription: 'chest' }).studyDescription).toBe('*chest*');
    expect(keysOf({ studyDescription: 'CT*' }).studyDescription).toBe('CT*');
    expect(keysOf({ studyDescription: 'x'.repeat(63) }).studyDescription).toBe('x'.repeat(63));
  });

  it('takes identifiers as they are', () => {
    expect(keysOf({ patientId: ' A1 ', accessionNumber: '26-1' })).toMatchObject({
      patientId: 'A1',
      accessionNumber: '26-1',
    });
  });

  it('takes several modalities, each once', () => {
    expect(keysOf({ modality: 'ct, MR ct' }).modalities).toEqual(['CT', 'MR']);
    expect(modalitiesIn(' ')).toEqual([]);
  });

  it('puts a modality in and out', () => {
    expect(withModalityToggled('ct', 'MR')).toBe('CT MR');
    expect(withModalityToggled('CT, MR', 'CT')).toBe('MR');
  });
});

const days = (studyDate: Criteria['studyDate']): readonly (string | null)[] => {
  const keys = keysOf({ studyDate });
  return [keys.studyDateFrom, keys.studyDateTo];
};

describe('the study date', () => {
  it('stands for the days where the person is', () => {
    expect(days('any')).toEqual([null, null]);
    expect(days('today')).toEqual(['20260303', '20260303']);
    expect(days('yesterday')).toEqual(['20260302', '20260302']);
    expect(days('last-7-days')).toEqual(['20260224', '20260303']);
    expect(days('last-30-days')).toEqual(['20260201', '20260303']);
  });

  it('may be open at either end', () => {
    expect(keysOf({ studyDate: 'between', from: '2026-01-01' })).toMatchObject({
      studyDateFrom: '20260101',
      studyDateTo: null,
    });
  });

  it('does not count days left over from between', () => {
    expect(datesOf({ studyDate: 'any', from: '2026-01-01', to: '' }, now)).toEqual({ from: '', to: '' });
  });

  it('is refused when it ends before it begins', () => {
    const question = questionOf(
      { ...emptyCriteria, studyDate: 'between', from: '2026-02-01', to: '2026-01-01' },
      now,
    );
    expect(question).toEqual({
      ok: false,
      failure: { step: 'input', field: 'Study date', problem: 'From must not be after To.' },
    });
  });
});

const asks = (limit: string): boolean => questionOf({ ...emptyCriteria, limit }, now).ok;

it('refuses a limit that is no number from 1 to 10,000', () => {
  expect(['', '0', '-1', '1e3', '10001', 'many'].map(asks)).toEqual(Array.from({ length: 6 }, () => false));
  expect(['1', ' 500 ', '10000'].map(asks)).toEqual([true, true, true]);
});

it('says what was asked, as it went to the server', () => {
  expect(askedWords(StudyKeys.parse({}))).toBe('every study');
  const words = askedWords(keysOf({ patientName: 'doe', modality: 'ct mr', studyDate: 'today' }));
  expect(words).toMatch(/^patient name doe\*, CT or MR, on .*2026/);
});
