import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FailureError } from '../contract/failure.ts';
import type { TranscodedCopy } from '../contract/transfer.ts';
import type { Transcoded, Transcoder } from '../transcode/index.ts';
import { chunks } from './groups.ts';
import { sendFiles, type SendTo } from './send-files.ts';
import { assertUnchanged, failed, type Account, type Outcome, type Sendable } from './store-file.ts';

/** Copies in another transfer syntax that are sent instead of files. The files stay as they are. */
export interface Copies {
  readonly transcoder: Transcoder;
  /** Empty, and nobody else's; each copy is gone when it has been sent. */
  readonly folder: string;
  readonly transferSyntaxUid: string;
  /** `null`: without loss, or not at all. */
  readonly lossy: { readonly quality: number } | null;
  /** Of every file in another syntax, or only of those whose own syntax the server refuses. */
  readonly of: 'all' | 'refused';
}

/** So many are on disk at once. */
const copiesAtOnce = 64;

/**
 * Sends files as they are where that may be, and copies of the others, which are marked in what is
 * reported of them.
 *
 * @throws FailureError as `sendFiles`
 */
export async function sendWithCopies(
  to: SendTo & { readonly copies: Copies },
  files: readonly Sendable[],
  account: Account,
  signal: AbortSignal,
): Promise<void> {
  const { copies } = to;
  const isInSyntax = ({ header }: Sendable): boolean => header.transferSyntaxUid === copies.transferSyntaxUid;
  const toCopy = copies.of === 'all' ? files.filter((file) => !isInSyntax(file)) : [];
  const asTheyAre = copies.of === 'all' ? files.filter(isInSyntax) : files;
  const holding: Account = {
    moved: (bytes) => account.moved(bytes),
    report: (file, outcome) => {
      if (copies.of === 'refused' && !isInSyntax(file) && isForItsSyntax(outcome)) toCopy.push(file);
      else account.report(file, outcome);
    },
  };
  await sendFiles(to, asTheyAre, holding, signal);
  for (const some of chunks(toCopy, copiesAtOnce)) {
    const made = await copyAll(some, copies, account, signal);
    try {
      await sendFiles(to, [...made.keys()], marking(made, account), signal);
    } finally {
      for (const { path } of made.keys()) await rm(path, { force: true });
    }
  }
}

/** Where the SOP class itself is not taken (result 3 of PS3.8 Table 9-18) no other syntax helps. */
function isForItsSyntax({ outcome, failure }: Outcome): boolean {
  return outcome === 'refused' && failure?.step === 'negotiate' && failure.result !== 3;
}

interface Made {
  readonly original: Sendable;
  readonly transcoded: TranscodedCopy;
}

/** By what is to be sent; what can't be copied is reported. */
async function copyAll(
  files: readonly Sendable[],
  copies: Copies,
  account: Account,
  signal: AbortSignal,
): Promise<ReadonlyMap<Sendable, Made>> {
  const made = new Map<Sendable, Made>();
  for (const [index, original] of files.entries()) {
    try {
      const copy = await copyOf(original, join(copies.folder, `${index}.dcm`), copies, signal);
      made.set({ ...original, path: copy.path, header: copy }, { original, transcoded: describe(copy) });
    } catch (thrown) {
      if (!(thrown instanceof FailureError) || thrown.failure.step === 'cancelled') throw thrown;
      account.report(original, failed(thrown.failure));
    }
  }
  return made;
}

async function copyOf(
  original: Sendable,
  target: string,
  { transcoder, transferSyntaxUid, lossy }: Copies,
  signal: AbortSignal,
): Promise<Transcoded> {
  await assertUnchanged(original);
  return await transcoder.transcode({ source: original.path, target, transferSyntaxUid, lossy }, signal);
}

function describe(copy: Transcoded): TranscodedCopy {
  const { fromTransferSyntaxUid, transferSyntaxUid, lossy, sopInstanceUid } = copy;
  return { fromTransferSyntaxUid, toTransferSyntaxUid: transferSyntaxUid, lossy, sopInstanceUid };
}

function marking(made: ReadonlyMap<Sendable, Made>, account: Account): Account {
  return {
    moved: (bytes) => account.moved(bytes),
    report: (copy, outcome) => {
      const { original, transcoded } = made.get(copy) ?? { original: copy };
      account.report(original, transcoded === undefined ? outcome : { ...outcome, transcoded });
    },
  };
}
