import { describeFailure, type Parties } from '../../electron/contract/describe-failure.ts';
import type { InstanceOutcome, InstanceReport } from '../../electron/contract/transfer.ts';

export const outcomeWords: Readonly<Record<InstanceOutcome, string>> = {
  stored: 'stored',
  warning: 'stored with a warning',
  refused: 'refused',
  failed: 'failed',
};

/** Warnings of the Storage service (PS3.4 Table B.2-1): it is stored, and this happened to it. */
const storageWarnings: Readonly<Record<number, string>> = {
  0xb000: 'The server changed some of its values (coercion of data elements).',
  0xb006: 'The server discarded some of its elements.',
  0xb007: 'The server found that the data set does not match its SOP class.',
};

/** Why it is not simply stored, in one or two sentences; '' where there is nothing to say. */
export function reportWords(report: InstanceReport, who: Parties): string {
  if (report.failure !== null) {
    const { title, explanation } = describeFailure(report.failure, who);
    return `${title} ${explanation}`.trim();
  }
  if (report.status === null || report.status === 0) return '';
  const code = `Status ${report.status.toString(16).toUpperCase().padStart(4, '0')}H.`;
  return `${storageWarnings[report.status] ?? 'The server gave no reason that the standard knows.'} ${code}`;
}
