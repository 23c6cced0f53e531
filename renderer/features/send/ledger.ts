import type { SendItem } from '../../../electron/contract/send.ts';
import type { InstanceOutcome, InstanceReport } from '../../../electron/contract/transfer.ts';

/** What a file came to; `to-send`: nothing yet. */
export type LedgerOutcome = InstanceOutcome | 'to-send';

/** One file, and what became of it. */
export interface LedgerRow {
  readonly item: SendItem;
  readonly outcome: LedgerOutcome;
  /** `null`: there is none yet, or it is the file's own failure. */
  readonly report: InstanceReport | null;
}

export type LedgerSum = Readonly<Record<LedgerOutcome, number>>;

/**
 * One row for each file that was added, whatever became of it. `reports`: of each attempt, the oldest
 * first; a newer word about a file counts instead of an older one.
 */
export function ledgerOf(
  items: readonly SendItem[],
  reports: readonly (readonly InstanceReport[])[],
): readonly LedgerRow[] {
  const newest = reports.map(byFile);
  return items.map((item) => {
    // One after the other: two files of one name, below two folders, have a report each.
    const reported = newest
      .map((files) => files.get(nameOf(item))?.shift())
      .findLast((each) => each !== undefined);
    if (reported !== undefined) return { item, outcome: reported.outcome, report: reported };
    return { item, outcome: item.failure === null ? 'to-send' : 'failed', report: null };
  });
}

/** Adds up to the number of rows, always. */
export function sumOf(rows: readonly LedgerRow[]): LedgerSum {
  const sum = { 'to-send': 0, stored: 0, warning: 0, refused: 0, failed: 0 };
  for (const { outcome } of rows) sum[outcome] += 1;
  return sum;
}

function byFile(reports: readonly InstanceReport[]): Map<string, InstanceReport[]> {
  const files = new Map<string, InstanceReport[]>();
  for (const report of reports) {
    const known = files.get(nameOf(report));
    if (known === undefined) files.set(nameOf(report), [report]);
    else known.push(report);
  }
  return files;
}

function nameOf({ file, sopInstanceUid }: { file: string | null; sopInstanceUid: string | null }): string {
  return `${file ?? ''}\n${sopInstanceUid ?? ''}`;
}
