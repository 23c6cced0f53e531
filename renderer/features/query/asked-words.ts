import type { StudyKeys } from '../../../electron/contract/study.ts';
import { formatDate, visibleText } from '../../format/index.ts';

/** What was asked for, as it went to the server: 'patient name doe*, CT or MR, since 13 Nov 2026'. */
export function askedWords(keys: StudyKeys): string {
  const words = [
    ...named('patient name', keys.patientName),
    ...named('patient ID', keys.patientId),
    ...named('accession number', keys.accessionNumber),
    ...named('study description', keys.studyDescription),
    ...(keys.modalities.length > 0 ? [keys.modalities.map(visibleText).join(' or ')] : []),
    ...dateWords(keys.studyDateFrom, keys.studyDateTo),
  ];
  return words.length > 0 ? words.join(', ') : 'every study';
}

function named(name: string, value: string): string[] {
  return value === '' ? [] : [`${name} ${visibleText(value)}`];
}

function dateWords(from: string | null, to: string | null): string[] {
  if (from === null) return to === null ? [] : [`until ${formatDate(to)}`];
  if (to === null) return [`since ${formatDate(from)}`];
  return [from === to ? `on ${formatDate(from)}` : `from ${formatDate(from)} to ${formatDate(to)}`];
}
