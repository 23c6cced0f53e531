import { performance } from 'node:perf_hooks';
import type { Failure } from '../contract/failure.ts';
import type { IncomingInstance, StoredInstance } from '../dataset/index.ts';

export interface ArrivalListener {
  stored?(stored: StoredInstance): void;
  refused?(incoming: IncomingInstance, failure: Failure): void;
}

/** What the storage SCP receives, told to whoever waits for it. */
export class Arrivals {
  readonly #listeners = new Set<ArrivalListener>();
  #lastActivity = Number.NEGATIVE_INFINITY;

  /** @returns stops listening */
  listen(listener: ArrivalListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  stored(stored: StoredInstance): void {
    this.active();
    for (const listener of this.#listeners) listener.stored?.(stored);
  }

  refused(incoming: IncomingInstance, failure: Failure): void {
    this.active();
    for (const listener of this.#listeners) listener.refused?.(incoming, failure);
  }

  /** Bytes of some object have come. */
  active(): void {
    this.#lastActivity = performance.now();
  }

  /** When bytes last came, on the monotonic clock in milliseconds. */
  readonly lastActivity = (): number => this.#lastActivity;
}
