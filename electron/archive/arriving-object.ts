import type { AdmittedAnswer, AnnouncedObject, SlabFilling } from './index-requests.ts';
import { slabBytes } from './slab-pool.ts';
import type { StudyIndex } from './study-index.ts';

/** Slabs of one object that wait for the disk: above the one its sender pauses, at the other it goes on. */
const pauseAboveSlabs = 8;
const resumeAtSlabs = 4;

/**
 * An object on its way to the index's thread, which writes it: its bytes are copied into slabs.
 *
 * It has one end: `finish` or `discard`. A write that fails is told by `finish`.
 */
export class ArrivingObject {
  readonly #index: StudyIndex;
  readonly #announced: AnnouncedObject;
  readonly #number: number;
  #slab: SlabFilling | null = null;
  /** Bytes in the slab that is being filled. */
  #filled = 0;
  /** Slabs that the thread has and hasn't given back. */
  #waitingSlabs = 0;
  #paused = false;
  #ended = false;
  #discarding: Promise<void> | null = null;
  readonly #drainListeners: (() => void)[] = [];

  constructor(index: StudyIndex, announced: AnnouncedObject) {
    this.#index = index;
    this.#announced = announced;
    this.#number = index.begin({ taken: () => this.#taken(), stopped: () => this.#resume() });
  }

  /** @returns `false`: pause until `onDrain` fires */
  write(bytes: Uint8Array): boolean {
    if (this.#ended) return true;
    for (let at = 0; at < bytes.length;) {
      const slab = (this.#slab ??= this.#index.slabs.take());
      const count = Math.min(bytes.length - at, slabBytes - this.#filled);
      slab.set(bytes.subarray(at, at + count), this.#filled);
      this.#filled += count;
      at += count;
      if (this.#filled === slabBytes) this.#send(slab);
    }
    return !this.#paused;
  }

  onDrain(listener: () => void): void {
    this.#drainListeners.push(listener);
  }

  /** Resolves when the object is in the archive. @throws FailureError at `storage`; nothing is left then */
  async finish(): Promise<AdmittedAnswer> {
    this.#ended = true;
    const bytes = (this.#slab ?? this.#index.slabs.take()).subarray(0, this.#filled);
    const last = { number: this.#number, announced: this.#announced, bytes };
    this.#slab = null;
    try {
      const { slabs, ...admitted } = await this.#index.ask('admit', last, [bytes.buffer]);
      this.#index.slabs.give(slabs);
      return admitted;
    } finally {
      this.#index.end(this.#number);
    }
  }

  /** Resolves when nothing of it is left; once it is finished it stays. */
  discard(): Promise<void> {
    this.#discarding ??= this.#ended ? Promise.resolve() : this.#discard();
    return this.#discarding;
  }

  async #discard(): Promise<void> {
    this.#ended = true;
    if (this.#slab !== null) this.#index.slabs.give([this.#slab.buffer]);
    this.#slab = null;
    // With the index gone, what is left is removed when the archive is opened again.
    await this.#index.ask('discard', this.#number).catch(() => {});
    this.#index.end(this.#number);
  }

  #send(slab: SlabFilling): void {
    this.#slab = null;
    this.#filled = 0;
    this.#waitingSlabs += 1;
    if (this.#waitingSlabs > pauseAboveSlabs) this.#paused = true;
    this.#index.write({ number: this.#number, announced: this.#announced, bytes: slab });
  }

  #taken(): void {
    this.#waitingSlabs -= 1;
    if (this.#waitingSlabs <= resumeAtSlabs) this.#resume();
  }

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    for (const listener of this.#drainListeners) listener();
  }
}
