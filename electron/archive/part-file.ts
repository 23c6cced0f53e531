import { type FileHandle, open, rm } from 'node:fs/promises';
import { storageFailure } from './storage-failure.ts';

/** Written together once there is so much: fewer calls, no copying. */
const batchBytes = 256 * 1024;
/** What may wait for the disk before the sender is paused. */
const pauseAboveBytes = 4 * 1024 * 1024;
const resumeBelowBytes = 1024 * 1024;

/**
 * A file that is being received, under a name of its own until it is whole.
 *
 * It has one end: `finish` or `discard`. A write that fails stops the writing, and `finish` tells.
 */
export class PartFile {
  readonly path: string;
  readonly #opened: Promise<FileHandle>;
  #queue: Uint8Array[] = [];
  /** Not yet on disk: in the queue or being written. */
  #waitingBytes = 0;
  #queuedBytes = 0;
  #writtenBytes = 0;
  #paused = false;
  #ending = false;
  #failed: unknown = null;
  #writing: Promise<void> | null = null;
  readonly #drainListeners: (() => void)[] = [];

  constructor(path: string) {
    this.path = path;
    this.#opened = open(path, 'wx', 0o600);
    // Told by finish; a file that couldn't be opened mustn't be an unhandled rejection before.
    this.#opened.catch((thrown: unknown) => this.#fail(thrown));
  }

  /** @returns `false`: pause until `onDrain` fires */
  write(chunk: Uint8Array): boolean {
    if (this.#failed !== null || this.#ending) return true;
    this.#queue.push(chunk);
    this.#queuedBytes += chunk.length;
    this.#waitingBytes += chunk.length;
    if (this.#queuedBytes >= batchBytes) this.#startWriting();
    if (this.#waitingBytes > pauseAboveBytes) this.#paused = true;
    return !this.#paused;
  }

  onDrain(listener: () => void): void {
    this.#drainListeners.push(listener);
  }

  /**
   * Writes the rest, syncs and closes.
   *
   * @returns the file's length
   * @throws FailureError at `storage`; the file is gone then
   */
  async finish(options: { readonly fsync: boolean }): Promise<number> {
    this.#ending = true;
    await this.#writeRest();
    try {
      if (this.#failed !== null) throw this.#failed;
      const file = await this.#opened;
      if (options.fsync) await file.sync();
      await file.close();
      return this.#writtenBytes;
    } catch (thrown) {
      await this.discard();
      throw storageFailure(thrown);
    }
  }

  async discard(): Promise<void> {
    this.#ending = true;
    this.#fail(new Error('discarded'));
    await this.#writing;
    // What couldn't be opened isn't ours to remove.
    const file = await this.#opened.catch(() => null);
    if (file === null) return;
    await file.close().catch(() => {});
    await rm(this.path, { force: true }).catch(() => {});
  }

  async #writeRest(): Promise<void> {
    while (this.#failed === null && (this.#writing !== null || this.#queue.length > 0)) {
      this.#startWriting();
      await this.#writing;
    }
  }

  #startWriting(): void {
    this.#writing ??= this.#writeBatches().finally(() => {
      this.#writing = null;
    });
  }

  async #writeBatches(): Promise<void> {
    try {
      const file = await this.#opened;
      while (this.#queue.length > 0 && (this.#queuedBytes >= batchBytes || this.#ending)) {
        await this.#writeBatch(file);
      }
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  async #writeBatch(file: FileHandle): Promise<void> {
    let batch = this.#queue;
    let left = this.#queuedBytes;
    this.#queue = [];
    this.#queuedBytes = 0;
    while (left > 0) {
      const { bytesWritten } = await file.writev(batch);
      left -= bytesWritten;
      this.#writtenBytes += bytesWritten;
      if (this.#failed === null) this.#waitingBytes -= bytesWritten;
      if (left > 0) batch = withoutFirst(batch, bytesWritten);
    }
    if (this.#waitingBytes < resumeBelowBytes) this.#resume();
  }

  /** Nothing more is written; a sender that waits goes on, to hear of it at the end. */
  #fail(thrown: unknown): void {
    this.#failed ??= thrown;
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#waitingBytes = 0;
    this.#resume();
  }

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    for (const listener of this.#drainListeners) listener();
  }
}

function withoutFirst(batch: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let skip = bytes;
  const rest: Uint8Array[] = [];
  for (const chunk of batch) {
    if (skip < chunk.length) rest.push(skip === 0 ? chunk : chunk.subarray(skip));
    skip = Math.max(0, skip - chunk.length);
  }
  return rest;
}
