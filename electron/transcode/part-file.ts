import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

/** A file that is being written, under a name of its own until it's whole. */
export class PartFile implements Disposable {
  readonly #descriptor: number;
  #position = 0;

  constructor(path: string) {
    this.#descriptor = openSync(path, 'wx', 0o600);
  }

  get position(): number {
    return this.#position;
  }

  write(bytes: Uint8Array): void {
    this.writeAt(this.#position, bytes);
    this.#position += bytes.length;
  }

  /** Over what was written before. */
  writeAt(position: number, bytes: Uint8Array): void {
    let written = 0;
    while (written < bytes.length) {
      written += writeSync(this.#descriptor, bytes, written, bytes.length - written, position + written);
    }
  }

  sync(): void {
    fsyncSync(this.#descriptor);
  }

  [Symbol.dispose](): void {
    closeSync(this.#descriptor);
  }
}
