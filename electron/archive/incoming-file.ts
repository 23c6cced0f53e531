import { closeSync, fsync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import type { ByteRanges } from './read-range.ts';

const syncFile = promisify(fsync);

/** Kept in memory, so that what the index wants to know of most objects need not be read again. */
const headBytes = 72 * 1024;

/**
 * A file that is being received, under a name of its own until it is whole. It is written where it is
 * used, in the index's thread, by calls that wait: the shortest way to the page cache.
 *
 * A write that fails removes the file and stops the writing; `sync` and `close` tell.
 */
export class IncomingFile {
  readonly path: string;
  #descriptor: number | null = null;
  #bytes = 0;
  #head: Buffer = Buffer.alloc(0);
  #failed: { readonly thrown: unknown } | null = null;
  #syncing: Promise<void> | null = null;

  constructor(path: string) {
    this.path = path;
  }

  /** The bytes are used when it returns. Never throws. */
  write(bytes: Uint8Array): void {
    if (this.#failed !== null) return;
    try {
      this.#descriptor ??= openSync(this.path, 'wx+', 0o600);
      if (this.#bytes === 0) this.#head = Buffer.from(bytes.subarray(0, headBytes));
      for (let at = 0; at < bytes.length;) at += writeSync(this.#descriptor, bytes, at);
      this.#bytes += bytes.length;
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  /** Its first bytes, once some are written. */
  get beginning(): Buffer {
    return this.#head;
  }

  /** What has been written; read while it is open. @throws what a write failed with */
  ranges(): ByteRanges {
    const descriptor = this.#opened();
    return { size: this.#bytes, read: (offset, length) => this.#read(descriptor, offset, length) };
  }

  /** @throws what it or a write failed with */
  async sync(): Promise<void> {
    this.#syncing = syncFile(this.#opened());
    // Awaited below, and by `discard`, which doesn't mind.
    this.#syncing.catch(() => {});
    await this.#syncing;
  }

  /** @throws what it or a write failed with */
  close(): void {
    const descriptor = this.#opened();
    this.#descriptor = null;
    closeSync(descriptor);
  }

  /** Nothing is left of it. Never throws. */
  async discard(): Promise<void> {
    await this.#syncing?.catch(() => {});
    this.#fail(new Error('discarded'));
  }

  #opened(): number {
    if (this.#failed !== null) throw this.#failed.thrown;
    if (this.#descriptor === null) throw new Error('not open');
    return this.#descriptor;
  }

  #read(descriptor: number, offset: number, length: number): Buffer {
    const wanted = Math.max(0, Math.min(length, this.#bytes - offset));
    if (offset + wanted <= this.#head.length) return this.#head.subarray(offset, offset + wanted);
    const buffer = Buffer.allocUnsafeSlow(wanted);
    let got = 0;
    while (got < wanted) {
      const count = readSync(descriptor, buffer, got, wanted - got, offset + got);
      if (count === 0) break;
      got += count;
    }
    return buffer.subarray(0, got);
  }

  #fail(thrown: unknown): void {
    this.#failed ??= { thrown };
    const descriptor = this.#descriptor;
    this.#descriptor = null;
    try {
      if (descriptor !== null) closeSync(descriptor);
      // What couldn't be made isn't ours to remove.
      if (this.#bytes > 0 || descriptor !== null) rmSync(this.path, { force: true });
    } catch {
      // What is left is removed when the archive is opened again.
    }
  }
}
