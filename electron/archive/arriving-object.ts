import type { AdmittedAnswer, AnnouncedObject } from './index-requests.ts';
import { type Slab, slabBytes } from './slab-pool.ts';
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
  #slab: Slab | null = null;
  /** Bytes in the slab that is being filled. */
  #filled = 0;
  /** Slabs that the thread has and isn't done with, in their order. */
  #handedOver: Slab[] = [];
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
    const slab = this.#slab ?? this.#index.slabs.take();
    const bytes = slab.subarray(0, this.#filled);
    this.#slab = null;
    this.#handedOver.push(slab);
    try {
      return await this.#index.ask('admit', { number: this.#number, announced: this.#announced, bytes });
    } finally {
      this.#end();
    }
  }

  /** Resolves when nothing of it is left; once it is finished it stays. */
  discard(): Promise<void> {
    this.#discarding ??= this.#ended ? Promise.resolve() : this.#discard();
    return this.#discarding;
  }

  async #discard(): Promise<void> {
    this.#ended = true;
    if (this.#slab !== null) this.#index.slabs.give([this.#slab]);
    this.#slab = null;
    // With the index gone, what is left is removed when the archive is opened again.
    await this.#index.ask('discard', this.#number).catch(() => {});
    this.#end();
  }

  #send(slab: Slab): void {
    this.#slab = null;
    this.#filled = 0;
    this.#handedOver.push(slab);
    if (this.#handedOver.length > pauseAboveSlabs) this.#paused = true;
    this.#index.write({ number: this.#number, announced: this.#announced, bytes: slab });
  }

  #taken(): void {
    this.#index.slabs.give(this.#handedOver.splice(0, 1));
    if (this.#handedOver.length <= resumeAtSlabs) this.#resume();
  }

  /** The thread has done with all of it. */
  #end(): void {
    this.#index.end(this.#number);
    this.#index.slabs.give(this.#handedOver);
    this.#handedOver = [];
  }

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    for (const listener of this.#drainListeners) listener();
  }
}
