/** So much of an object goes to the index's thread at a time: it writes the one while the next comes in. */
export const slabBytes = 256 * 1024;

/** Free ones that stay for what comes next; what a flood needed besides is let go. */
const keptSlabs = 16;

/**
 * Memory in which arriving bytes go to the index's thread, and which comes back from there: used again
 * and again, so that receiving leaves nothing to collect. Each slab is one thread's at a time.
 */
export class SlabPool {
  readonly #free: ArrayBuffer[] = [];

  take(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#free.pop() ?? new ArrayBuffer(slabBytes));
  }

  give(slabs: readonly ArrayBuffer[]): void {
    this.#free.push(...slabs.slice(0, keptSlabs - this.#free.length));
  }
}
