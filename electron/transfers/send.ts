import { FailureError, type Failure } from '../contract/failure.ts';
import type { StoreFile } from '../dimse/index.ts';
import type { Ledger } from './ledger.ts';
import type { TransferWork } from './queue.ts';
import { sendWithCopies, type Copies } from './send-copies.ts';
import { sendFiles, type SendTo } from './send-files.ts';
import { failed, type Outcome, type Sendable } from './store-file.ts';

/** A file to be sent: its key in the ledger, where it lies, its name for people, what was read of it. */
export interface FileToSend {
  readonly key: string;
  readonly path: string;
  readonly file: string;
  /** `null`: it can't be sent, for `failure`. */
  readonly header: StoreFile | null;
  readonly failure: Failure | null;
}

export interface SendRequest extends SendTo {
  readonly files: readonly FileToSend[];
  /** Where some may be sent as copies in another transfer syntax. */
  readonly copies?: Copies;
}

/**
 * Sends files on several associations side by side, as they are unless copies are asked for, and enters
 * an outcome for every one of them: stored, warning, refused at negotiation, or failed.
 *
 * @throws FailureError when the server could not be reached or the person cancelled
 */
export async function send(
  request: SendRequest,
  { ledger, phase }: TransferWork,
  signal: AbortSignal,
): Promise<void> {
  ledger.expect(request.files.length);
  const sendable = sendableOf(request.files, ledger);
  phase('moving');
  const account = {
    moved: (bytes: number) => ledger.moved(bytes),
    report: (file: Sendable, outcome: Outcome) => enter(ledger, file, outcome),
  };
  try {
    const { copies } = request;
    if (copies === undefined) await sendFiles(request, sendable, account, signal);
    else await sendWithCopies({ ...request, copies }, sendable, account, signal);
  } catch (thrown) {
    if (thrown instanceof FailureError) enterRest(ledger, sendable, thrown.failure);
    throw thrown;
  }
}

/** What can't be sent is entered at once. */
function sendableOf(files: readonly FileToSend[], ledger: Ledger): readonly Sendable[] {
  const sendable: Sendable[] = [];
  for (const file of files) {
    if (file.header !== null) sendable.push({ ...file, header: file.header });
    else enter(ledger, file, { outcome: 'failed', status: null, failure: file.failure });
  }
  return sendable;
}

/** What has no outcome yet shares the failure that ended the conversation, so that the sum adds up. */
function enterRest(ledger: Ledger, files: readonly FileToSend[], failure: Failure): void {
  for (const file of files) if (ledger.outcomeOf(file.key) === null) enter(ledger, file, failed(failure));
}

function enter(ledger: Ledger, { key, file, header }: FileToSend, outcome: Outcome): void {
  ledger.enter(key, { sopInstanceUid: header?.sopInstanceUid ?? null, file, ...outcome });
}
