/** So much of an object goes to the index's thread at a time: it writes the one while the next comes in. */
export const slabBytes = 256 * 1024;

/** Free ones that stay for what comes next; what a flood needed besides is let go. */
const keptSlabs = 16;

/** Memory that the index's thread sees as well. */
export type Slab = Uint8Array<SharedArrayBuffer>;

/**
 * Memory in which arriving bytes go to the index's thread: used again and again, so that receiving leaves
 * nothing to collect. A slab that was handed over is filled again only after the thread is done with it.
 */
export class SlabPool {
  readonly #free: Slab[] = [];

  take(): Slab {
    return this.#free.pop() ?? new Uint8Array(new SharedArrayBuffer(slabBytes));
  }

  give(slabs: readonly Slab[]): void {
    this.#free.push(...slabs.slice(0, keptSlabs - this.#free.length));
  }
}
