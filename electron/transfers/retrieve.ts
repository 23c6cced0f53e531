import { setTimeout as sleep } from 'node:timers/promises';
import { FailureError, type Failure } from '../contract/failure.ts';
import type { InstanceReport } from '../contract/transfer.ts';
import { encodeIdentifier, type IdentifierKey } from '../dataset/index.ts';
import {
  move,
  requestAssociation,
  SopClass,
  TransferSyntax,
  type Listener,
  type MoveResult,
} from '../dimse/index.ts';
import { findInstanceUids, type QueryTarget } from '../query/index.ts';
import { planAssociation } from '../servers/index.ts';
import type { Arrivals } from './arrivals.ts';
import type { Ledger } from './ledger.ts';
import type { TransferWork } from './queue.ts';
import type { Receiver } from './receiver.ts';

/** How long the inbound side must be quiet before what has not come is called missing. */
const quietMs = 2_000;

/** How long an object that has come in whole may take to be stored. */
const settleMs = 500;

export interface RetrieveRequest {
  readonly target: QueryTarget;
  readonly studyInstanceUid: string;
  /** `null`: the whole study. */
  readonly seriesInstanceUid: string | null;
  /** Listened on besides the shared port while this runs. */
  readonly listenPort: number;
}

export interface RetrieveTools {
  readonly receiver: Receiver;
  readonly arrivals: Arrivals;
  /** SOP Instance UIDs of the study that are stored here now. */
  readonly heldUids: (studyInstanceUid: string) => Promise<readonly string[]>;
}

/**
 * Has a study sent to us (C-MOVE, PS3.4 §C.4.2) and accounts for every instance of the server's own
 * image-level list by what arrived, was fsynced and indexed here. The server's counters are only
 * compared with that, never believed instead.
 *
 * @throws FailureError for what ended it early; what arrived until then stays in the ledger
 */
export async function retrieve(
  request: RetrieveRequest,
  tools: RetrieveTools,
  { ledger, phase }: TransferWork,
  signal: AbortSignal,
): Promise<void> {
  const expected = await listInstances(request, ledger, signal);
  ledger.expect(expected?.size ?? null);
  await using extra = await openListenPort(request.listenPort, tools.receiver, ledger);
  if (extra.listener === null) await tools.receiver.ensureListening();
  phase('moving');
  const stopListening = tools.arrivals.listen(entering(request, expected, ledger));
  try {
    const result = await moveAll(request, tools, ledger, signal);
    await untilQuiet(expected, tools.arrivals, ledger, signal);
    compareCounters(result, ledger);
    await enterMissing(request, tools, { expected, result }, ledger);
  } catch (thrown) {
    await untilSettled(tools.arrivals);
    if (thrown instanceof FailureError) enterUnreached(expected, thrown.failure, ledger);
    throw thrown;
  } finally {
    stopListening();
  }
}

/** The image-level list; `null`, with a notice, where the server can't give one. */
async function listInstances(
  { target, studyInstanceUid, seriesInstanceUid }: RetrieveRequest,
  ledger: Ledger,
  signal: AbortSignal,
): Promise<ReadonlySet<string> | null> {
  try {
    const found = await findInstanceUids(target, studyInstanceUid, seriesInstanceUid, signal);
    if (found.length > 0) return new Set(found.map(({ sopInstanceUid }) => sopInstanceUid));
    ledger.notice({ kind: 'list-unavailable', failure: null });
    return null;
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    const { step } = thrown.failure;
    if (step !== 'respond' && step !== 'negotiate') throw thrown;
    if (thrown.failure.step === 'respond' && thrown.failure.cause !== 'status') throw thrown;
    ledger.notice({ kind: 'list-unavailable', failure: thrown.failure });
    return null;
  }
}

interface ExtraListener extends AsyncDisposable {
  readonly listener: Listener | null;
}

async function openListenPort(port: number, receiver: Receiver, ledger: Ledger): Promise<ExtraListener> {
  try {
    const listener = await receiver.openAlso(port);
    return { listener, [Symbol.asyncDispose]: async () => listener?.close() };
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    ledger.notice({ kind: 'listen-port-unavailable', port, failure: thrown.failure });
    return { listener: null, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
}

function entering(request: RetrieveRequest, expected: ReadonlySet<string> | null, ledger: Ledger) {
  return {
    stored(stored: {
      sopInstanceUid: string;
      studyInstanceUid: string;
      seriesInstanceUid: string;
      bytes: number;
    }): void {
      const ours = expected?.has(stored.sopInstanceUid) ?? belongsTo(request, stored);
      if (!ours) return;
      if (ledger.outcomeOf(stored.sopInstanceUid)?.outcome !== 'stored') ledger.moved(stored.bytes);
      ledger.enter(stored.sopInstanceUid, report(stored.sopInstanceUid, null));
    },
    refused(incoming: { sopInstanceUid: string }, failure: InstanceReport['failure']): void {
      if (expected !== null && !expected.has(incoming.sopInstanceUid)) return;
      ledger.enter(incoming.sopInstanceUid, report(incoming.sopInstanceUid, failure));
    },
  };
}

function belongsTo(
  { studyInstanceUid, seriesInstanceUid }: RetrieveRequest,
  stored: { readonly studyInstanceUid: string; readonly seriesInstanceUid: string },
): boolean {
  const sameSeries = seriesInstanceUid === null || stored.seriesInstanceUid === seriesInstanceUid;
  return stored.studyInstanceUid === studyInstanceUid && sameSeries;
}

async function moveAll(
  { target, studyInstanceUid, seriesInstanceUid }: RetrieveRequest,
  { arrivals }: RetrieveTools,
  ledger: Ledger,
  signal: AbortSignal,
): Promise<MoveResult> {
  const plan = planAssociation(target.server, target.callingAeTitle, [
    {
      abstractSyntaxUid: SopClass.StudyRootMove,
      transferSyntaxUids: [TransferSyntax.ExplicitVrLittleEndian, TransferSyntax.ImplicitVrLittleEndian],
    },
  ]);
  await using association = await requestAssociation(plan, {}, signal);
  const context = association.context(SopClass.StudyRootMove);
  const keys: IdentifierKey[] = [
    { keyword: 'QueryRetrieveLevel', value: seriesInstanceUid === null ? 'STUDY' : 'SERIES' },
    { keyword: 'StudyInstanceUID', value: studyInstanceUid },
    ...(seriesInstanceUid === null ? [] : [{ keyword: 'SeriesInstanceUID', value: seriesInstanceUid }]),
  ];
  const identifier = encodeIdentifier(keys, context.transferSyntaxUid);
  const options = { identifier, destination: target.callingAeTitle, lastActivity: arrivals.lastActivity };
  const counting = move(association, options, signal);
  for (;;) {
    const step = await counting.next();
    if (step.done) return step.value;
    if (ledger.progress.expected !== null) continue;
    // Without a list the counters are all that says how much is coming.
    const { remaining, completed, failed, warning } = step.value;
    if (remaining > 0) ledger.expect(remaining + completed + failed + warning);
  }
}

/** Some servers answer before their last store has been answered by us: wait while objects still come. */
async function untilQuiet(
  expected: ReadonlySet<string> | null,
  arrivals: Arrivals,
  ledger: Ledger,
  signal: AbortSignal,
): Promise<void> {
  const began = performance.now();
  const allEntered = (): boolean => {
    const { done, failed } = ledger.progress;
    return expected !== null && done + failed >= expected.size;
  };
  while (!allEntered() && performance.now() - Math.max(arrivals.lastActivity(), began) < quietMs) {
    await sleep(50, null, { signal });
  }
}

/** When the conversation breaks, what has come in whole is still being written: wait until it is entered. */
async function untilSettled(arrivals: Arrivals): Promise<void> {
  while (performance.now() - arrivals.lastActivity() < settleMs) await sleep(50);
}

function compareCounters({ subOperations }: MoveResult, ledger: Ledger): void {
  const counted = subOperations.completed + subOperations.warning;
  const arrived = ledger.progress.done;
  if (counted !== arrived) ledger.notice({ kind: 'counters-differ', counted, arrived });
}

/** Gives every instance that was expected and is not here its own line, with what the server said of it. */
async function enterMissing(
  { studyInstanceUid }: RetrieveRequest,
  { heldUids }: RetrieveTools,
  { expected, result }: { readonly expected: ReadonlySet<string> | null; readonly result: MoveResult },
  ledger: Ledger,
): Promise<void> {
  const held = new Set(await heldUids(studyInstanceUid));
  const missing: InstanceReport['failure'] = { step: 'arrive', expected: 1, arrived: 0 };
  for (const uid of expected ?? result.failedSopInstanceUids) {
    if (ledger.outcomeOf(uid) === null) ledger.enter(uid, report(uid, held.has(uid) ? null : missing));
  }
  const { failed } = result.subOperations;
  if (expected === null && failed > ledger.progress.failed) {
    throw new FailureError({
      step: 'arrive',
      expected: ledger.progress.done + failed,
      arrived: ledger.progress.done,
    });
  }
}

/** When the conversation itself ended early, what had not come by then shares its failure. */
function enterUnreached(expected: ReadonlySet<string> | null, failure: Failure, ledger: Ledger): void {
  if (failure.step === 'cancelled') return;
  for (const uid of expected ?? []) {
    if (ledger.outcomeOf(uid) === null) ledger.enter(uid, report(uid, failure));
  }
}

function report(sopInstanceUid: string, failure: InstanceReport['failure']): InstanceReport {
  return {
    sopInstanceUid,
    file: null,
    outcome: failure === null ? 'stored' : 'failed',
    status: null,
    failure,
  };
}
