import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Uid } from '../contract/uid.ts';
import type { CommitmentReport, CommitmentRequest, CommitmentStore } from '../dimse/index.ts';
import { syncFolder, writeDurably } from './write-durably.ts';

/** What was asked for, and what was answered. */
export interface CommitmentRecord {
  readonly request: CommitmentRequest;
  /** ISO 8601. */
  readonly requestedAt: string;
  /** `null`: the report has not come yet. */
  readonly report: CommitmentReport | null;
  readonly reportedAt: string | null;
}

/** Requests for storage commitment, kept until their reports come, however long that takes. */
export interface CommitmentBook extends CommitmentStore {
  /** The oldest first, but for those whose files are damaged. */
  records(): Promise<readonly CommitmentRecord[]>;
}

export interface CommitmentBookOptions {
  /** Each transaction is a file of its own in it: two programs may share it. */
  readonly folder: string;
  readonly now: () => Date;
}

/** A peer that missed our answer reports again, but hardly a month later. */
const settledKeptMs = 30 * 24 * 60 * 60 * 1000;

/** Opens the book, and forgets what was settled long ago. */
export async function openCommitmentBook({ folder, now }: CommitmentBookOptions): Promise<CommitmentBook> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pathOf = (transactionUid: string): string => join(folder, `${Uid.parse(transactionUid)}.json`);
  const write = ({ request, ...rest }: CommitmentRecord): Promise<void> =>
    writeDurably(pathOf(request.transactionUid), JSON.stringify({ version: 1, request, ...rest }));
  const recordOf = async (transactionUid: string): Promise<CommitmentRecord | null> =>
    // It comes from the network, and becomes the name of a file.
    Uid.safeParse(transactionUid).success ? await readRecord(pathOf(transactionUid)) : null;
  const forget = async (transactionUid: string): Promise<void> => {
    await rm(pathOf(transactionUid), { force: true });
    await syncFolder(folder);
  };
  const records = async (): Promise<readonly CommitmentRecord[]> => {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
    const all = await Promise.all(names.map((name) => readRecord(join(folder, name)).catch(() => null)));
    const known = all.filter((record) => record !== null);
    return known.toSorted((one, other) => (one.requestedAt < other.requestedAt ? -1 : 1));
  };
  for (const { request, reportedAt } of await records()) {
    const isOld = reportedAt !== null && now().getTime() - Date.parse(reportedAt) > settledKeptMs;
    if (isOld) await forget(request.transactionUid);
  }
  return {
    records,
    forget,
    open: (request) => write({ request, requestedAt: now().toISOString(), report: null, reportedAt: null }),
    find: async (transactionUid) => (await recordOf(transactionUid))?.request ?? null,
    settle: async (report) => {
      const record = await recordOf(report.transactionUid);
      if (record !== null) await write({ ...record, report, reportedAt: now().toISOString() });
    },
  };
}

const InstanceReference = z.object({ sopClassUid: z.string(), sopInstanceUid: z.string() });

const Outcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('committed') }),
  z.object({ kind: z.literal('failed'), reason: z.number() }),
  z.object({ kind: z.literal('unmentioned') }),
]);

const StoredRecord = z.object({
  version: z.literal(1),
  request: z.object({ transactionUid: Uid, instances: z.array(InstanceReference) }),
  requestedAt: z.string(),
  report: z
    .object({
      transactionUid: Uid,
      reportedBy: z.string(),
      instances: z.array(InstanceReference.extend({ outcome: Outcome })),
    })
    .nullable(),
  reportedAt: z.string().nullable(),
});

/**
 * `null`: there is none.
 *
 * @throws ZodError, SyntaxError where it is damaged: a peer is told to report again, and the file stays
 */
async function readRecord(path: string): Promise<CommitmentRecord | null> {
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
    throw thrown;
  });
  if (text === null) return null;
  const { version: _version, ...record } = StoredRecord.parse(JSON.parse(text));
  return record;
}
