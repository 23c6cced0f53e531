import { FailureError, type Failure } from '../contract/failure.ts';
import type { InstanceReport } from '../contract/transfer.ts';
import { readFileHeader } from '../dataset/index.ts';
import {
  planStoreAssociations,
  requestAssociation,
  statusCategory,
  store,
  type Association,
  type StoreFile,
} from '../dimse/index.ts';
import { planAssociation, type PeerAddress } from '../servers/index.ts';
import type { Ledger } from './ledger.ts';
import type { TransferWork } from './queue.ts';

/** A file to be sent: its key in the ledger, where it lies, its name for people, what was read of it. */
export interface FileToSend {
  readonly key: string;
  readonly path: string;
  readonly file: string;
  /** `null`: it can't be sent, for `failure`. */
  readonly header: StoreFile | null;
  readonly failure: Failure | null;
}

export interface SendRequest {
  readonly server: PeerAddress;
  readonly callingAeTitle: string;
  readonly files: readonly FileToSend[];
}

interface Sendable extends FileToSend {
  readonly header: StoreFile;
}

/**
 * Sends files as they are (C-STORE, PS3.4 §B.2), each in its own transfer syntax, and enters an
 * outcome for every one of them: stored, warning, refused at negotiation, or failed.
 *
 * @throws FailureError when the server could not be reached or the person cancelled
 */
export async function send(
  request: SendRequest,
  { ledger, phase }: TransferWork,
  signal: AbortSignal,
): Promise<void> {
  ledger.expect(request.files.length);
  const sendable: Sendable[] = [];
  for (const each of request.files) {
    if (each.header !== null) sendable.push({ ...each, header: each.header });
    else enter(ledger, each, { outcome: 'failed', status: null, failure: each.failure });
  }
  phase('moving');
  const byHeader = new Map(sendable.map((each) => [each.header, each]));
  try {
    for (const { contexts, files } of planStoreAssociations(sendable.map(({ header }) => header))) {
      const group = files.flatMap((header) => byHeader.get(header) ?? []);
      await sendGroup(request, { contexts, group }, ledger, signal);
    }
  } catch (thrown) {
    if (thrown instanceof FailureError) enterRest(ledger, sendable, thrown.failure);
    throw thrown;
  }
}

interface Group {
  readonly contexts: ReturnType<typeof planStoreAssociations>[number]['contexts'];
  readonly group: readonly Sendable[];
}

/** Sends one association's worth; a file that ends the association is failed, and the rest go on a new one. */
async function sendGroup(
  request: SendRequest,
  { contexts, group }: Group,
  ledger: Ledger,
  signal: AbortSignal,
): Promise<void> {
  const plan = planAssociation(request.server, request.callingAeTitle, contexts);
  let next = 0;
  let lostInARow = 0;
  while (next < group.length) {
    const association = await requestAssociation(plan, {}, signal);
    await using _released = association;
    let lost: Failure | null = null;
    while (next < group.length && lost === null) {
      const file = group[next];
      if (file === undefined) break;
      lost = await sendOne(association, file, ledger, signal);
      next += 1;
      if (lost === null) lostInARow = 0;
    }
    if (lost === null) continue;
    lostInARow += 1;
    if (lostInARow < 2 && !isOutOfResources(lost)) continue;
    enterRest(ledger, group, lost);
    return;
  }
}

/** @returns what made the association useless; `null`: it can carry the next file */
async function sendOne(
  association: Association,
  file: Sendable,
  ledger: Ledger,
  signal: AbortSignal,
): Promise<Failure | null> {
  try {
    await assertUnchanged(file);
    const { status } = await store(association, file.header, signal);
    ledger.moved(file.header.bytes);
    const warned = statusCategory(status) === 'warning';
    enter(ledger, file, {
      outcome: warned ? 'warning' : 'stored',
      status: warned ? status : null,
      failure: null,
    });
    return null;
  } catch (thrown) {
    if (!(thrown instanceof FailureError) || thrown.failure.step === 'cancelled') throw thrown;
    const { failure } = thrown;
    const status = failure.step === 'respond' && failure.cause === 'status' ? failure.status : null;
    enter(ledger, file, { outcome: failure.step === 'negotiate' ? 'refused' : 'failed', status, failure });
    return endsAssociation(failure) ? failure : null;
  }
}

/** A file that was replaced since it was looked at is not what the person chose. */
async function assertUnchanged({ path, header }: Sendable): Promise<void> {
  const now = await readFileHeader(path);
  const same = now.sopInstanceUid === header.sopInstanceUid && now.bytes === header.bytes;
  if (!same) throw new FailureError({ step: 'file', cause: 'changed', detail: '' });
}

function endsAssociation(failure: Failure): boolean {
  if (failure.step !== 'respond') return failure.step !== 'negotiate' && failure.step !== 'file';
  return failure.cause !== 'status' || isOutOfResources(failure);
}

/** A7xxH: nothing more will fit (PS3.4 Table B.2-1). */
function isOutOfResources(failure: Failure): boolean {
  return failure.step === 'respond' && failure.cause === 'status' && failure.status >> 8 === 0xa7;
}

/** What has no outcome yet shares the failure that ended the conversation, so that the sum adds up. */
function enterRest(ledger: Ledger, files: readonly FileToSend[], failure: Failure): void {
  for (const file of files) {
    if (ledger.outcomeOf(file.key) === null)
      enter(ledger, file, { outcome: 'failed', status: null, failure });
  }
}

function enter(
  ledger: Ledger,
  { key, file, header }: FileToSend,
  outcome: Pick<InstanceReport, 'outcome' | 'status' | 'failure'>,
): void {
  ledger.enter(key, { sopInstanceUid: header?.sopInstanceUid ?? null, file, ...outcome });
}
