import { setTimeout as sleep } from 'node:timers/promises';
import { FailureError, type Failure } from '../contract/failure.ts';
import type { InstanceReport } from '../contract/transfer.ts';
import type { IncomingInstance, StoredInstance } from '../dataset/index.ts';
import type { RetrieveResult, SubOperations } from '../dimse/index.ts';
import type { FoundInstance } from '../query/index.ts';
import type { ArrivalListener } from './arrivals.ts';
import type { Ledger } from './ledger.ts';
import type { InstanceList } from './list-instances.ts';
import type { RetrieveRequest } from './retrieve.ts';

/** How long the inbound side must be quiet before what has not come is called missing. */
const quietMs = 2_000;

/** How long an object that has come in whole may take to be stored. */
const settleMs = 500;
const longestSettleMs = 5_000;

/** A study, or a series of it. */
type WantedPart = Pick<RetrieveRequest, 'studyInstanceUid' | 'seriesInstanceUid'>;

/**
 * What was listed and what of it has arrived, was fsynced and indexed here, whichever way it came. The
 * server's counters are only compared with that, never believed instead.
 */
export class RetrieveAccount implements ArrivalListener {
  readonly ledger: Ledger;
  readonly listed: InstanceList | null;
  readonly #request: WantedPart;
  #lastActivity = Number.NEGATIVE_INFINITY;

  constructor(request: WantedPart, listed: InstanceList | null, ledger: Ledger) {
    this.#request = request;
    this.listed = listed;
    this.ledger = ledger;
    ledger.expect(listed?.size ?? null);
  }

  stored(stored: StoredInstance): void {
    const { sopInstanceUid, bytes } = stored;
    const ours = this.listed?.has(sopInstanceUid) ?? this.#isWanted(stored);
    if (!ours) return;
    this.#touch();
    if (this.ledger.outcomeOf(sopInstanceUid)?.outcome !== 'stored') this.ledger.moved(bytes);
    this.ledger.enter(sopInstanceUid, report(sopInstanceUid, null));
  }

  refused({ sopInstanceUid }: Pick<IncomingInstance, 'sopInstanceUid'>, failure: Failure): void {
    if (this.listed !== null && !this.listed.has(sopInstanceUid)) return;
    this.#touch();
    this.ledger.enter(sopInstanceUid, report(sopInstanceUid, failure));
  }

  active({ sopInstanceUid }: IncomingInstance): void {
    if (this.listed?.has(sopInstanceUid) ?? true) this.#touch();
  }

  /** When bytes of something that is awaited last came, on the monotonic clock in milliseconds. */
  readonly lastActivity = (): number => this.#lastActivity;

  get hasArrivals(): boolean {
    const { done, failed } = this.ledger.progress;
    return done + failed > 0;
  }

  /** What is listed and has not come to anything yet. */
  missing(): readonly FoundInstance[] {
    const listed = [...(this.listed?.values() ?? [])];
    return listed.filter(({ sopInstanceUid }) => this.ledger.outcomeOf(sopInstanceUid) === null);
  }

  /** Reads the counters to the end. Without a list they are all that says how much is coming. */
  async follow(counting: AsyncGenerator<SubOperations, RetrieveResult>): Promise<RetrieveResult> {
    for (;;) {
      const step = await counting.next();
      if (step.done) return step.value;
      if (this.listed !== null || this.ledger.progress.expected !== null) continue;
      const { remaining, completed, failed, warning } = step.value;
      if (remaining > 0) this.ledger.expect(remaining + completed + failed + warning);
    }
  }

  /** Some servers answer before their last store has been answered by us: wait while objects still come. */
  async untilQuiet(signal: AbortSignal): Promise<void> {
    const began = performance.now();
    const allEntered = (): boolean => {
      const { done, failed } = this.ledger.progress;
      return this.listed !== null && done + failed >= this.listed.size;
    };
    while (!allEntered() && performance.now() - Math.max(this.#lastActivity, began) < quietMs) {
      await sleep(50, null, { signal });
    }
  }

  /** When the conversation breaks, what has come in whole is still being written: wait until it is entered. */
  async untilSettled(): Promise<void> {
    const began = performance.now();
    while (performance.now() - this.#lastActivity < settleMs) {
      if (performance.now() - began > longestSettleMs) return;
      await sleep(50);
    }
  }

  compareCounters({ subOperations }: RetrieveResult): void {
    const counted = subOperations.completed + subOperations.warning;
    const arrived = this.ledger.progress.done;
    if (counted !== arrived) this.ledger.notice({ kind: 'counters-differ', counted, arrived });
  }

  /**
   * Gives every instance that was expected and is not here its own line, with what the server said of it.
   *
   * @param held what of the study is here, also from before
   * @throws FailureError arrive, where nothing was listed and the server counts failures
   */
  enterMissing({ failedSopInstanceUids, subOperations }: RetrieveResult, held: ReadonlySet<string>): void {
    const missing: Failure = { step: 'arrive', expected: 1, arrived: 0 };
    for (const uid of this.listed?.keys() ?? failedSopInstanceUids) {
      if (this.ledger.outcomeOf(uid) === null) {
        this.ledger.enter(uid, report(uid, held.has(uid) ? null : missing));
      }
    }
    const { done, failed } = this.ledger.progress;
    if (this.listed === null && subOperations.failed > failed) {
      throw new FailureError({ step: 'arrive', expected: done + subOperations.failed, arrived: done });
    }
  }

  /** When the conversation itself ended early, what had not come by then shares its failure. */
  enterUnreached(failure: Failure): void {
    if (failure.step === 'cancelled') return;
    for (const { sopInstanceUid } of this.missing()) {
      this.ledger.enter(sopInstanceUid, report(sopInstanceUid, failure));
    }
  }

  #isWanted({ studyInstanceUid, seriesInstanceUid }: StoredInstance): boolean {
    const wanted = this.#request;
    const sameSeries = wanted.seriesInstanceUid === null || seriesInstanceUid === wanted.seriesInstanceUid;
    return studyInstanceUid === wanted.studyInstanceUid && sameSeries;
  }

  #touch(): void {
    this.#lastActivity = performance.now();
  }
}

function report(sopInstanceUid: string, failure: Failure | null): InstanceReport {
  return {
    sopInstanceUid,
    file: null,
    outcome: failure === null ? 'stored' : 'failed',
    status: null,
    failure,
  };
}
