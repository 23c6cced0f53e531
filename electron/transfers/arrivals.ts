import type { Failure } from '../contract/failure.ts';
import type { IncomingInstance, StoredInstance } from '../dataset/index.ts';

export interface ArrivalListener {
  stored?(stored: StoredInstance): void;
  refused?(incoming: IncomingInstance, failure: Failure): void;
  /** Bytes of it have come. */
  active?(incoming: IncomingInstance): void;
}

/** What is received, whichever way, told to whoever waits for it. */
export class Arrivals {
  readonly #listeners = new Set<ArrivalListener>();

  /** @returns stops listening */
  listen(listener: ArrivalListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  readonly stored = (stored: StoredInstance): void => {
    for (const listener of this.#listeners) listener.stored?.(stored);
  };

  readonly refused = (incoming: IncomingInstance, failure: Failure): void => {
    for (const listener of this.#listeners) listener.refused?.(incoming, failure);
  };

  readonly active = (incoming: IncomingInstance): void => {
    for (const listener of this.#listeners) listener.active?.(incoming);
  };
}
