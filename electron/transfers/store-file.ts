import { FailureError, type Failure } from '../contract/failure.ts';
import type { InstanceReport } from '../contract/transfer.ts';
import { readFileHeader } from '../dataset/index.ts';
import { statusCategory, store, type Association, type StoreFile } from '../dimse/index.ts';
import type { FileInTurn } from './files-ahead.ts';
import type { FileToSend } from './send.ts';

/** A file to send that is known to be one. */
export interface Sendable extends FileToSend {
  readonly header: StoreFile;
}

/** What a file came to. */
export type Outcome = Pick<InstanceReport, 'outcome' | 'status' | 'failure' | 'transcoded'>;

/** Where outcomes are entered: one for each file, and the bytes that have gone. */
export interface Account {
  report(file: Sendable, outcome: Outcome): void;
  moved(bytes: number): void;
}

/** What an association is good for after a file. */
export type Verdict =
  /** The next file. */
  | { readonly kind: 'good' }
  /** Nothing, and that was our own doing: half a message had been sent. */
  | { readonly kind: 'spent' }
  /** Nothing: the peer, or the way to it, ended it. */
  | { readonly kind: 'lost'; readonly failure: Failure };

/**
 * Sends one file as it is and enters what it came to.
 *
 * @throws FailureError cancelled: the file has no outcome then
 */
export async function storeFile(
  association: Association,
  inTurn: FileInTurn,
  account: Account,
  signal: AbortSignal,
): Promise<Verdict> {
  using turn = inTurn;
  const { file } = turn;
  let sending = false;
  try {
    const opened = await turn.opened();
    sending = true;
    const { status } = await store(association, { ...file.header, opened }, signal);
    const warned = statusCategory(status) === 'warning';
    account.moved(file.header.bytes);
    account.report(file, {
      outcome: warned ? 'warning' : 'stored',
      status: warned ? status : null,
      failure: null,
    });
    return { kind: 'good' };
  } catch (thrown) {
    if (!(thrown instanceof FailureError) || thrown.failure.step === 'cancelled') throw thrown;
    const { failure } = thrown;
    const status = failure.step === 'respond' && failure.cause === 'status' ? failure.status : null;
    account.report(file, { outcome: failure.step === 'negotiate' ? 'refused' : 'failed', status, failure });
    return verdictOn(failure, sending);
  }
}

/** A7xxH: nothing more will fit (PS3.4 Table B.2-1). */
export function isOutOfResources(failure: Failure): boolean {
  return failure.step === 'respond' && failure.cause === 'status' && failure.status >> 8 === 0xa7;
}

export function failed(failure: Failure): Outcome {
  return { outcome: 'failed', status: null, failure };
}

/** A file that was replaced since it was looked at is not what the person chose. */
export async function assertUnchanged({ path, header }: Sendable): Promise<void> {
  const now = await readFileHeader(path);
  const same = now.sopInstanceUid === header.sopInstanceUid && now.bytes === header.bytes;
  if (!same) throw new FailureError({ step: 'file', cause: 'changed', detail: '' });
}

function verdictOn(failure: Failure, sending: boolean): Verdict {
  if (failure.step === 'negotiate') return { kind: 'good' };
  if (failure.step === 'file') return { kind: sending ? 'spent' : 'good' };
  const answered = failure.step === 'respond' && failure.cause === 'status';
  return answered && !isOutOfResources(failure) ? { kind: 'good' } : { kind: 'lost', failure };
}
