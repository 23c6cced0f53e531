import type { Failure } from '../../../electron/contract/failure.ts';
import type { StudyKeys } from '../../../electron/contract/study.ts';

/** What stands in the search form. */
export interface Criteria {
  readonly patientName: string;
  readonly patientId: string;
  readonly accessionNumber: string;
  readonly studyDescription: string;
  /** As typed: codes with anything between them. */
  readonly modality: string;
  readonly studyDate: StudyDatePreset;
  /** YYYY-MM-DD, as a date field has it; '' is open. They count only for `between`. */
  readonly from: string;
  readonly to: string;
  /** As typed. */
  readonly limit: string;
}

export type StudyDatePreset = 'any' | 'today' | 'yesterday' | 'last-7-days' | 'last-30-days' | 'between';

export const emptyCriteria: Criteria = {
  patientName: '',
  patientId: '',
  accessionNumber: '',
  studyDescription: '',
  modality: '',
  studyDate: 'any',
  from: '',
  to: '',
  limit: '500',
};

const largestLimit = 10_000;

/** The question the form asks, or the field that is wrong. `now` is where the person is. */
export type Question =
  | { readonly ok: true; readonly keys: Required<StudyKeys>; readonly limit: number }
  | { readonly ok: false; readonly failure: Failure };

export function questionOf(criteria: Criteria, now: Date): Question {
  const { from, to } = datesOf(criteria, now);
  if (from !== '' && to !== '' && from > to) return wrong('Study date', 'From must not be after To.');
  const limit = /^\d+$/.test(criteria.limit.trim()) ? Number(criteria.limit) : 0;
  if (limit < 1 || limit > largestLimit) return wrong('Limit', 'is not between 1 and 10,000');
  const keys = {
    patientName: nameKey(criteria.patientName.trim()),
    patientId: criteria.patientId.trim(),
    accessionNumber: criteria.accessionNumber.trim(),
    studyDescription: descriptionKey(criteria.studyDescription.trim()),
    modalities: modalitiesIn(criteria.modality),
    studyDateFrom: from === '' ? null : from.replaceAll('-', ''),
    studyDateTo: to === '' ? null : to.replaceAll('-', ''),
  };
  return { ok: true, keys, limit };
}

function wrong(field: string, problem: string): Question {
  return { ok: false, failure: { step: 'input', field, problem } };
}

/** The days a preset stands for, both included, as date fields have them. */
export function datesOf(
  { studyDate, from, to }: Pick<Criteria, 'studyDate' | 'from' | 'to'>,
  now: Date,
): { readonly from: string; readonly to: string } {
  switch (studyDate) {
    case 'any':
      return { from: '', to: '' };
    case 'today':
      return { from: dayBefore(now, 0), to: dayBefore(now, 0) };
    case 'yesterday':
      return { from: dayBefore(now, 1), to: dayBefore(now, 1) };
    case 'last-7-days':
      return { from: dayBefore(now, 7), to: dayBefore(now, 0) };
    case 'last-30-days':
      return { from: dayBefore(now, 30), to: dayBefore(now, 0) };
    case 'between':
      return { from, to };
  }
}

/** The codes in a text, each once, in upper case: 'ct, mr' → CT and MR. */
export function modalitiesIn(text: string): string[] {
  const codes = text.toUpperCase().split(/[\s,;/\\]+/);
  return [...new Set(codes)].filter((code) => code !== '');
}

/** The text with that code put in, or taken out if it was there. */
export function withModalityToggled(text: string, code: string): string {
  const codes = modalitiesIn(text);
  const others = codes.filter((each) => each !== code);
  return (others.length < codes.length ? others : [...codes, code]).join(' ');
}

/** A word alone finds every name that begins with it; wildcards, components and quotes are taken as they are. */
function nameKey(text: string): string {
  return text === '' || /[*?^="]/.test(text) ? unquoted(text) : `${text}*`;
}

/** Words alone find every description that holds them; a description is seldom known whole. */
function descriptionKey(text: string): string {
  const longest = 64;
  return text === '' || /[*?"]/.test(text) || text.length > longest - 2 ? unquoted(text) : `*${text}*`;
}

function unquoted(text: string): string {
  return text.replace(/^"(.*)"$/, '$1');
}

function dayBefore(now: Date, days: number): string {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - days);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
}
