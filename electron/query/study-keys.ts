import { FailureError } from '../contract/failure.ts';
import type { StudyKeys } from '../contract/study.ts';
import type { IdentifierKey } from '../dataset/index.ts';

/** Asked for whatever is looked for: empty values match all and come back filled (PS3.4 §C.2.2.2.3). */
const returnKeys = [
  'StudyInstanceUID',
  'PatientBirthDate',
  'PatientSex',
  'StudyTime',
  'ReferringPhysicianName',
  'StudyID',
  'NumberOfStudyRelatedSeries',
  'NumberOfStudyRelatedInstances',
] as const;

/**
 * The identifiers that together ask for the studies a person looks for; their matches are united.
 *
 * Text goes out as typed: `DOE*` finds what begins with DOE, `DOE` only that whole name, so that the
 * person decides and nobody has to guess what was really asked. With several modalities there is one
 * identifier for each: Modalities in Study takes one value by the standard (PS3.4 §C.6.2.1.1), and
 * servers read a list of them as a list, as one name, or not at all.
 *
 * @throws FailureError input
 */
export function studyIdentifiers(keys: StudyKeys): readonly (readonly IdentifierKey[])[] {
  const common: readonly IdentifierKey[] = [
    { keyword: 'PatientName', value: asTyped(keys, 'patientName') },
    { keyword: 'PatientID', value: asTyped(keys, 'patientId') },
    { keyword: 'AccessionNumber', value: asTyped(keys, 'accessionNumber') },
    { keyword: 'StudyDescription', value: asTyped(keys, 'studyDescription') },
    { keyword: 'StudyDate', value: dateRange(keys) },
    ...returnKeys.map((keyword) => ({ keyword, value: '' })),
  ];
  const modalities = keys.modalities.length === 0 ? [''] : [...new Set(keys.modalities)];
  return modalities.map((value) => [...common, { keyword: 'ModalitiesInStudy', value }]);
}

type TextKey = 'patientName' | 'patientId' | 'accessionNumber' | 'studyDescription';

function asTyped(keys: StudyKeys, field: TextKey): string {
  const text = keys[field].trim();
  if (/[\\\p{Cc}]/u.test(text)) {
    throw new FailureError({
      step: 'input',
      field,
      problem: 'Backslashes and control characters can’t be searched for. Remove them.',
    });
  }
  return text;
}

/** PS3.4 §C.2.2.2.5: `a-b`, `a-`, `-b`, or one date; empty: any. */
function dateRange({ studyDateFrom: from, studyDateTo: to }: StudyKeys): string {
  if (from === null && to === null) return '';
  if (from === to) return from ?? '';
  if (from !== null && to !== null && from > to) {
    throw new FailureError({
      step: 'input',
      field: 'studyDateFrom',
      problem: 'The first date is after the last. Exchange them.',
    });
  }
  return `${from ?? ''}-${to ?? ''}`;
}
