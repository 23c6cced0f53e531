import type { Socket } from 'node:net';
import { PduSplitter } from '../pdu/pdu-splitter.ts';
import type { PduSink } from '../pdu/pdu-splitter.ts';

/**
 * Reads a socket into a splitter, and can be paused by several parties at once: it reads while
 * nobody wants it paused. After `drop` it reads only to see the peer close.
 */
export class PduReader {
  readonly #socket: Socket;
  readonly #splitter: PduSplitter;
  readonly #pausedBy = new Set<object>();
  #failed: (thrown: unknown) => void = () => {};
  #rest: Buffer = Buffer.alloc(0);
  #cutting = false;
  #dropping = false;
  #bytesRead = 0;

  constructor(socket: Socket, sink: PduSink, maximumLengthBytes: number) {
    this.#socket = socket;
    this.#splitter = new PduSplitter(sink, maximumLengthBytes);
  }

  /** `failed` takes what the splitter or its sink threw; nothing more is read then. */
  start(failed: (thrown: unknown) => void): void {
    this.#failed = failed;
    this.#socket.on('data', (chunk: Buffer) => {
      this.#bytesRead += chunk.length;
      this.#cut(chunk);
    });
  }

  get insidePdu(): boolean {
    return this.#splitter.insidePdu;
  }

  get paused(): boolean {
    return this.#pausedBy.size > 0;
  }

  /** Paused by somebody else than `party`. */
  pausedBesides(party: object): boolean {
    return this.#pausedBy.size > (this.#pausedBy.has(party) ? 1 : 0);
  }

  get bytesRead(): number {
    return this.#bytesRead;
  }

  pause(party: object): void {
    if (this.#dropping) return;
    this.#pausedBy.add(party);
    this.#splitter.hold();
    this.#socket.pause();
  }

  resume(party: object): void {
    if (!this.#pausedBy.delete(party) || this.paused) return;
    this.#cut(this.#rest);
    if (!this.paused) this.#socket.resume();
  }

  drop(): void {
    this.#dropping = true;
    this.#pausedBy.clear();
    this.#rest = Buffer.alloc(0);
    this.#splitter.hold();
    this.#socket.resume();
  }

  #cut(chunk: Buffer): void {
    // A sink may resume us while it is being called: the loop below goes on then.
    if (this.#cutting || this.#dropping) return;
    this.#cutting = true;
    this.#rest = Buffer.alloc(0);
    try {
      let rest = chunk;
      while (rest.length > 0 && !this.paused && !this.#dropping) rest = this.#splitter.push(rest);
      this.#rest = this.#dropping ? Buffer.alloc(0) : rest;
    } catch (thrown) {
      this.#dropping = true;
      this.#failed(thrown);
    } finally {
      this.#cutting = false;
    }
  }
}
