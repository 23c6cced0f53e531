import type { MovedObjects } from '../contract/observations.ts';

/** What is known of an object that was moved. */
export type MovedObject = Pick<MovedObjects, 'sopClassUid' | 'transferSyntaxUid' | 'bytes'>;

/**
 * Counts what a transfer moves, by SOP class and transfer syntax. The time from one object to the next
 * belongs to the kind of the next, so that each kind has a speed of its own.
 */
export class MovedTally {
  readonly #clock: () => number;
  readonly #kinds = new Map<string, MovedObjects>();
  #last: number;

  /** @param clock monotonic milliseconds */
  constructor(clock: () => number) {
    this.#clock = clock;
    this.#last = clock();
  }

  /** The time until now was none of its own. */
  begin(): void {
    this.#last = this.#clock();
  }

  add({ sopClassUid, transferSyntaxUid, bytes }: MovedObject): void {
    const now = this.#clock();
    const key = `${sopClassUid} ${transferSyntaxUid}`;
    const before = this.#kinds.get(key);
    this.#kinds.set(key, {
      sopClassUid,
      transferSyntaxUid,
      count: (before?.count ?? 0) + 1,
      bytes: (before?.bytes ?? 0) + bytes,
      ms: (before?.ms ?? 0) + now - this.#last,
    });
    this.#last = now;
  }

  get objects(): readonly MovedObjects[] {
    return [...this.#kinds.values()].map((kind) => ({ ...kind, ms: Math.round(kind.ms) }));
  }
}
