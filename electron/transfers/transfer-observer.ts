import type { MovedObjects, ObservedMethod, Secured } from '../contract/observations.ts';
import type { ServerId } from '../contract/server.ts';
import type { IncomingInstance, StoredInstance } from '../dataset/index.ts';
import type { ArrivalListener } from './arrivals.ts';
import { atMostEvery } from './at-most-every.ts';
import { MovedTally } from './moved-tally.ts';

/** What one transfer has moved so far, as it was negotiated. */
export interface Moved {
  readonly serverId: ServerId;
  readonly method: ObservedMethod;
  /** `null`: in plain. */
  readonly tls: Secured | null;
  readonly objects: readonly MovedObjects[];
}

export interface TransferObserverOptions {
  /** Monotonic milliseconds. */
  readonly clock: () => number;
  /** Which server it is that calls us; `null`: none that we know. */
  readonly callerOf: (incoming: IncomingInstance) => ServerId | null;
  /** Of what comes to our listener. */
  readonly listenerTls: () => Secured | null;
  readonly onMoved: (moved: Moved) => void;
  /** Told when a transfer is over; of what a server sends of itself, when it sends another kind. */
  readonly onNegotiated: (moved: Moved) => void;
}

/** Who is asked for a study, so that what comes of it is known to be asked for. */
export interface Awaited {
  readonly serverId: ServerId;
  readonly aeTitle: string | null;
  readonly studyInstanceUid: string;
}

/** A retrieve that is watched, until disposed. */
export interface WatchedRetrieve extends Disposable {
  readonly tally: MovedTally;
}

/** Whoever sends nothing for so long and then something begins anew. */
const burstGapMs = 10_000;
const tellEveryMs = 500;
const mostCallers = 64;

/** Watches what transfers move: those that were asked for, and those that servers begin themselves. */
export class TransferObserver implements ArrivalListener {
  readonly #options: TransferObserverOptions;
  readonly #retrieves = new Set<Awaited & { readonly tally: MovedTally }>();
  readonly #bursts = new Map<string, Burst>();

  constructor(options: TransferObserverOptions) {
    this.#options = options;
  }

  get clock(): () => number {
    return this.#options.clock;
  }

  get listenerTls(): Secured | null {
    return this.#options.listenerTls();
  }

  retrieving(awaited: Awaited): WatchedRetrieve {
    const watched = { ...awaited, tally: new MovedTally(this.#options.clock) };
    this.#retrieves.add(watched);
    return {
      tally: watched.tally,
      [Symbol.dispose]: () => {
        this.#retrieves.delete(watched);
      },
    };
  }

  moved(moved: Moved): void {
    if (moved.objects.length === 0) return;
    this.#options.onMoved(moved);
    this.#options.onNegotiated(moved);
  }

  active({ callingAeTitle }: IncomingInstance): void {
    const now = this.#options.clock();
    const burst = this.#bursts.get(callingAeTitle);
    if (burst === undefined || now - burst.lastActiveAt > burstGapMs) this.#beginBurst(callingAeTitle, now);
    else burst.lastActiveAt = now;
  }

  stored(stored: StoredInstance): void {
    const caller = this.#options.callerOf(stored);
    const retrieve = this.#retrieveOf(stored, caller);
    if (retrieve !== null) retrieve.tally.add(stored);
    else if (caller !== null) this.#pushed(caller, stored);
  }

  /** The retrieve that asked for it; what another server of ours sends of itself was not. */
  #retrieveOf(stored: StoredInstance, caller: ServerId | null): { readonly tally: MovedTally } | null {
    const wanting = [...this.#retrieves].filter(
      ({ studyInstanceUid }) => studyInstanceUid === stored.studyInstanceUid,
    );
    const from = wanting.find(
      ({ serverId, aeTitle }) => serverId === caller || aeTitle === stored.callingAeTitle,
    );
    if (from !== undefined) return from;
    return caller === null || stored.moveOriginatorAeTitle !== null ? (wanting[0] ?? null) : null;
  }

  #pushed(serverId: ServerId, stored: StoredInstance): void {
    const { callingAeTitle } = stored;
    const burst = this.#bursts.get(callingAeTitle) ?? this.#beginBurst(callingAeTitle, this.#options.clock());
    burst.tally.add(stored);
    const { objects } = burst.tally;
    const moved = { serverId, method: 'c-store-in', tls: this.#options.listenerTls(), objects } as const;
    burst.tell(moved);
    if (objects.length > burst.kinds) this.#options.onNegotiated(moved);
    burst.kinds = objects.length;
  }

  #beginBurst(callingAeTitle: string, now: number): Burst {
    const burst: Burst = {
      tally: new MovedTally(this.#options.clock),
      tell: atMostEvery(tellEveryMs, this.#options.onMoved),
      lastActiveAt: now,
      kinds: 0,
    };
    this.#bursts.delete(callingAeTitle);
    this.#bursts.set(callingAeTitle, burst);
    const [oldest] = this.#bursts.keys();
    if (this.#bursts.size > mostCallers && oldest !== undefined) this.#bursts.delete(oldest);
    return burst;
  }
}

/** What a server sends of itself, with no long pause. */
interface Burst {
  readonly tally: MovedTally;
  readonly tell: (moved: Moved) => void;
  lastActiveAt: number;
  kinds: number;
}
