import type { Failure } from '../contract/failure.ts';
import type { InstanceReport, Transfer, TransferId, TransferState } from '../contract/transfer.ts';
import { FailureError } from '../contract/failure.ts';
import { failureOf, type LogBug } from '../logging/index.ts';
import { atMostEvery } from './at-most-every.ts';
import { Ledger } from './ledger.ts';

/** Where a running transfer writes down what it does. */
export interface TransferWork {
  readonly ledger: Ledger;
  /** Asking the server what there is, then moving it. */
  readonly phase: (name: 'asking' | 'moving') => void;
}

/** What a transfer is, before it has begun. Kept, so that what failed can be tried again. */
export interface TransferPlan {
  readonly kind: Transfer['kind'];
  readonly serverId: Transfer['serverId'];
  readonly serverName: string;
  readonly patientName: string;
  readonly studyDescription: string;
  readonly studyInstanceUid: string | null;
  /** Does the work, entering every outcome; throws `FailureError` for what ended it early. */
  run(work: TransferWork, signal: AbortSignal): Promise<void>;
  /** A plan of only what has not worked; `null`: nothing is left to try. */
  again(ledger: Ledger): TransferPlan | null;
}

export interface QueueOptions {
  readonly publish: (transfer: Transfer) => void;
  readonly logBug: LogBug;
  readonly newId: () => TransferId;
  readonly now: () => Date;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
}

interface Entry {
  readonly id: TransferId;
  readonly plan: TransferPlan;
  readonly ledger: Ledger;
  readonly canceller: AbortController;
  readonly queuedAt: string;
  readonly ended: Promise<void>;
  state: TransferState;
  endedAt: string | null;
}

/** Runs transfers to one server one after another, and to different servers side by side. */
export class TransferQueue {
  readonly #options: QueueOptions;
  readonly #entries = new Map<TransferId, Entry>();
  readonly #lanes = new Map<string, Promise<void>>();

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  enqueue(plan: TransferPlan): TransferId {
    const id = this.#options.newId();
    const show = atMostEvery(100, () => this.#publish(id));
    const ledger = new Ledger({ now: this.#options.clock, onChange: () => show(null) });
    const canceller = new AbortController();
    const lane = this.#lanes.get(plan.serverId) ?? Promise.resolve();
    const ended = lane.then(() => this.#run(id));
    this.#entries.set(id, {
      id,
      plan,
      ledger,
      canceller,
      queuedAt: this.#options.now().toISOString(),
      ended,
      state: { kind: 'waiting' },
      endedAt: null,
    });
    this.#lanes.set(plan.serverId, ended);
    this.#publish(id);
    return id;
  }

  list(): readonly Transfer[] {
    return [...this.#entries.values()].map(snapshot);
  }

  reports(id: TransferId): readonly InstanceReport[] {
    return this.#entry(id).ledger.reports;
  }

  cancel(id: TransferId): void {
    const entry = this.#entry(id);
    entry.canceller.abort();
    if (entry.state.kind === 'waiting') this.#end(entry, { kind: 'cancelled' });
  }

  retryFailed(id: TransferId): TransferId {
    const { plan, ledger } = this.#entry(id);
    const again = plan.again(ledger);
    if (again === null) throw new FailureError({ step: 'input', field: 'id', problem: 'nothing has failed' });
    return this.enqueue(again);
  }

  /** Forgets what has ended. @returns the ids that are gone */
  clearEnded(): readonly TransferId[] {
    const gone = [...this.#entries.values()].filter(({ endedAt }) => endedAt !== null).map(({ id }) => id);
    for (const id of gone) this.#entries.delete(id);
    return gone;
  }

  /** Cancels everything and waits until it has let go of its sockets. */
  async close(): Promise<void> {
    const entries = [...this.#entries.values()];
    for (const { canceller } of entries) canceller.abort();
    await Promise.all(entries.map(({ ended }) => ended));
  }

  /** Resolves when this transfer has ended, however it went. */
  async ended(id: TransferId): Promise<Transfer> {
    const entry = this.#entry(id);
    await entry.ended;
    return snapshot(entry);
  }

  async #run(id: TransferId): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.endedAt !== null) return;
    const { plan, ledger, canceller } = entry;
    try {
      this.#enter(entry, { kind: 'running', phase: 'asking' });
      const phase = (name: 'asking' | 'moving'): void => this.#enter(entry, { kind: 'running', phase: name });
      await plan.run({ ledger, phase }, canceller.signal);
      this.#end(entry, endOf(ledger, null));
    } catch (thrown) {
      this.#end(entry, endOf(ledger, failureOf(thrown, this.#options.logBug)));
    }
  }

  #enter(entry: Entry, state: TransferState): void {
    entry.state = state;
    this.#publish(entry.id);
  }

  #end(entry: Entry, state: TransferState): void {
    entry.endedAt = this.#options.now().toISOString();
    this.#enter(entry, state);
  }

  #publish(id: TransferId): void {
    const entry = this.#entries.get(id);
    if (entry !== undefined) this.#options.publish(snapshot(entry));
  }

  #entry(id: TransferId): Entry {
    const entry = this.#entries.get(id);
    if (entry === undefined) {
      throw new FailureError({ step: 'input', field: 'id', problem: 'is not a transfer of this session' });
    }
    return entry;
  }
}

/** The state a transfer ends in: done only when everything expected has worked. */
function endOf(ledger: Ledger, failure: Failure | null): TransferState {
  if (failure?.step === 'cancelled') return { kind: 'cancelled' };
  const { expected, done, failed } = ledger.progress;
  if (failure !== null) return done > 0 ? { kind: 'incomplete', failure } : { kind: 'failed', failure };
  const complete = failed === 0 && (expected === null || done >= expected);
  return complete ? { kind: 'done' } : { kind: 'incomplete', failure: null };
}

function snapshot({ id, plan, ledger, queuedAt, endedAt, state }: Entry): Transfer {
  return {
    id,
    kind: plan.kind,
    serverId: plan.serverId,
    serverName: plan.serverName,
    patientName: plan.patientName,
    studyDescription: plan.studyDescription,
    studyInstanceUid: plan.studyInstanceUid,
    queuedAt,
    endedAt,
    state,
    progress: ledger.progress,
    ...(ledger.way === null ? {} : { way: ledger.way }),
    notices: ledger.notices,
  };
}
