import type { Compression } from '../contract/compression.ts';
import { FailureError, type Failure } from '../contract/failure.ts';
import type { RetrieveWay } from '../contract/transfer.ts';
import type { InstanceStore } from '../dataset/index.ts';
import type { RetrieveResult } from '../dimse/index.ts';
import type { QueryTarget } from '../query/index.ts';
import type { Arrivals } from './arrivals.ts';
import type { Ledger } from './ledger.ts';
import { listInstances } from './list-instances.ts';
import type { TransferWork } from './queue.ts';
import type { Receiver } from './receiver.ts';
import { RetrieveAccount } from './retrieve-account.ts';
import { retrieveByGet } from './retrieve-by-get.ts';
import { retrieveByMove } from './retrieve-by-move.ts';

/** `auto`: C-MOVE where our listener stands and the server takes it, else C-GET. */
export type RetrieveMethod = 'auto' | Exclude<RetrieveWay, 'wado-rs'>;

export interface RetrieveRequest {
  readonly target: QueryTarget;
  readonly studyInstanceUid: string;
  /** `null`: the whole study. */
  readonly seriesInstanceUid: string | null;
  readonly method: RetrieveMethod;
  /** Listened on besides the shared port while a C-MOVE runs. */
  readonly listenPort: number;
  /** What a C-GET asks for first; for a C-MOVE our listener knows. */
  readonly preferred: Compression;
}

export interface RetrieveTools {
  readonly receiver: Receiver;
  readonly arrivals: Arrivals;
  /** Takes what a C-GET brings. */
  readonly store: InstanceStore;
  /** SOP Instance UIDs of the study that are stored here now. */
  readonly heldUids: (studyInstanceUid: string) => Promise<readonly string[]>;
}

/**
 * Has a study sent to us and accounts for every instance of the server's own image-level list by what
 * arrived, was fsynced and indexed here. Which way it came, and why, is in the ledger.
 *
 * @throws FailureError for what ended it early; what arrived until then stays in the ledger
 */
export async function retrieve(
  request: RetrieveRequest,
  tools: RetrieveTools,
  { ledger, phase }: TransferWork,
  signal: AbortSignal,
): Promise<void> {
  const account = new RetrieveAccount(request, await listInstances(request, ledger, signal), ledger);
  const stopListening = tools.arrivals.listen(account);
  const ways = new Ways(request, { ...tools, phase }, account);
  try {
    const result = await ways.go(signal);
    account.compareCounters(result);
    account.enterMissing(result, new Set(await tools.heldUids(request.studyInstanceUid)));
  } catch (thrown) {
    await account.untilSettled();
    if (thrown instanceof FailureError) account.enterUnreached(thrown.failure);
    throw thrown;
  } finally {
    stopListening();
  }
}

class Ways {
  readonly #request: RetrieveRequest;
  readonly #tools: RetrieveTools & Pick<TransferWork, 'phase'>;
  readonly #account: RetrieveAccount;
  readonly #ledger: Ledger;

  constructor(
    request: RetrieveRequest,
    tools: RetrieveTools & Pick<TransferWork, 'phase'>,
    account: RetrieveAccount,
  ) {
    this.#request = request;
    this.#tools = tools;
    this.#account = account;
    this.#ledger = account.ledger;
  }

  go(signal: AbortSignal): Promise<RetrieveResult> {
    switch (this.#request.method) {
      case 'c-move':
        return this.#move(signal);
      case 'c-get':
        return this.#get(signal);
      case 'auto':
        return this.#whichever(signal);
    }
  }

  async #whichever(signal: AbortSignal): Promise<RetrieveResult> {
    try {
      return await this.#move(signal);
    } catch (thrown) {
      if (!(thrown instanceof FailureError)) throw thrown;
      const { failure } = thrown;
      if (this.#account.hasArrivals || !isRefusalOfMove(failure)) throw thrown;
      return await this.#getInstead(thrown, signal);
    }
  }

  /** Where it brings nothing either, what was wrong with the first way is what can be mended. */
  async #getInstead(refusal: FailureError, signal: AbortSignal): Promise<RetrieveResult> {
    try {
      const result = await this.#get(signal);
      if (this.#account.hasArrivals) return result;
    } catch (thrown) {
      if (this.#account.hasArrivals || !isRefusalOfGet(thrown)) throw thrown;
    } finally {
      if (this.#account.hasArrivals) {
        this.#ledger.notice({ kind: 'other-way', way: 'c-get', failure: refusal.failure });
      }
    }
    this.#ledger.goes('c-move');
    throw refusal;
  }

  #move(signal: AbortSignal): Promise<RetrieveResult> {
    const { receiver } = this.#tools;
    const onBegin = (): void => this.#begin('c-move');
    return retrieveByMove(this.#request, { receiver, onBegin }, this.#account, signal);
  }

  #get(signal: AbortSignal): Promise<RetrieveResult> {
    const { store, arrivals } = this.#tools;
    const { preferred } = this.#request;
    const onBegin = (): void => this.#begin('c-get');
    return retrieveByGet(this.#request, { store, arrivals, preferred, onBegin }, this.#account, signal);
  }

  #begin(way: RetrieveWay): void {
    this.#ledger.goes(way);
    this.#tools.phase('moving');
  }
}

/**
 * Whether another way may do what C-MOVE was refused: we can't listen, the server doesn't take C-MOVE or
 * not from us, or it doesn't know where we are: A801H (PS3.4 Table C.4-2), for which some say C000H.
 */
function isRefusalOfMove(failure: Failure): boolean {
  if (failure.step === 'listen' || failure.step === 'negotiate') return true;
  if (failure.step !== 'respond' || failure.cause !== 'status') return false;
  return refusals.includes(failure.status) || failure.status >> 12 === 0xc;
}

/** Move destination unknown, SOP class not supported, not authorised, unrecognised operation. */
const refusals: readonly number[] = [0xa801, 0x0122, 0x0124, 0x0211];

/** The server does not accept C-GET, or answers it with a failure. */
function isRefusalOfGet(thrown: unknown): boolean {
  if (!(thrown instanceof FailureError)) return false;
  const { failure } = thrown;
  return failure.step === 'negotiate' || (failure.step === 'respond' && failure.cause === 'status');
}
