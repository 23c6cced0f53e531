import { readFile, writeFile } from 'node:fs/promises';
import type { CommitmentReport, CommitmentRequest, CommitmentStore } from '../../electron/dimse/index.ts';

interface Kept {
  readonly open: Readonly<Record<string, CommitmentRequest>>;
  readonly settled: Readonly<Record<string, CommitmentReport>>;
}

export interface CommitmentFile extends CommitmentStore {
  kept(): Promise<Kept>;
}

/** Requests and reports in a JSON file: whoever opens it again finds them. */
export function openCommitmentFile(path: string): CommitmentFile {
  let last: Promise<unknown> = Promise.resolve();
  // One after the other: a report may come while the next request is being kept.
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const turn = last.then(work);
    last = turn;
    return turn;
  };
  const read = async (): Promise<Kept> => {
    const text = await readFile(path, 'utf8').catch(() => '{"open":{},"settled":{}}');
    return JSON.parse(text) as Kept;
  };
  const change = (to: (before: Kept) => Kept): Promise<void> =>
    inTurn(async () => writeFile(path, JSON.stringify(to(await read()))));
  return {
    kept: () => inTurn(read),
    find: async (transactionUid) => (await inTurn(read)).open[transactionUid] ?? null,
    open: (request) =>
      change(({ open, settled }) => ({ settled, open: { ...open, [request.transactionUid]: request } })),
    settle: (report) =>
      change(({ open, settled }) => ({ open, settled: { ...settled, [report.transactionUid]: report } })),
    forget: (transactionUid) =>
      change(({ open, settled }) => {
        const { [transactionUid]: _, ...others } = open;
        return { settled, open: others };
      }),
  };
}
