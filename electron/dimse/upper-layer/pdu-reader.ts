import type { Socket } from 'node:net';
import { PduSplitter } from '../pdu/pdu-splitter.ts';
import type { PduSink } from '../pdu/pdu-splitter.ts';

/** Smaller chunks are the garbage collector's. */
const worthFreeingBytes = 16 * 1024;

/** So long chunks are taken in one go; then everything else has its turn. A socket hands over 2 MB at once. */
const goMs = 10;

const nothing: Buffer = Buffer.alloc(0);

/**
 * Reads a socket into a splitter, and can be paused by several parties at once: it reads while
 * nobody wants it paused. After `drop` it reads only to see the peer close.
 */
export class PduReader {
  readonly #socket: Socket;
  readonly #splitter: PduSplitter;
  readonly #pausedBy = new Set<object>();
  #failed: (thrown: unknown) => void = () => {};
  /** What is being cut, and what of it hasn't been yet. */
  #chunk = nothing;
  #rest = nothing;
  #chunkIsKept = false;
  #cutting = false;
  #dropping = false;
  #bytesRead = 0;
  #goBegan: number | null = null;

  constructor(socket: Socket, sink: PduSink, maximumLengthBytes: number) {
    this.#socket = socket;
    this.#splitter = new PduSplitter(sink, maximumLengthBytes);
  }

  /** `failed` takes what the splitter or its sink threw; nothing more is read then. */
  start(failed: (thrown: unknown) => void): void {
    this.#failed = failed;
    this.#socket.on('data', (chunk: Buffer) => {
      this.#bytesRead += chunk.length;
      this.#chunk = chunk;
      this.#chunkIsKept = false;
      this.#giveWay();
      this.#cut(chunk);
    });
  }

  /** Somebody goes on using bytes of the chunk that is being cut. */
  keepChunk(): void {
    this.#chunkIsKept = true;
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
    this.#rest = nothing;
    this.#splitter.hold();
    this.#socket.resume();
  }

  #cut(chunk: Buffer): void {
    // A sink may resume us while it is being called: the loop below goes on then.
    if (this.#cutting || this.#dropping) return;
    this.#cutting = true;
    this.#rest = nothing;
    try {
      let rest = chunk;
      while (rest.length > 0 && !this.paused && !this.#dropping) rest = this.#splitter.push(rest);
      this.#rest = this.#dropping ? nothing : rest;
      if (this.#rest.length === 0) this.#giveChunkBack();
    } catch (thrown) {
      this.#dropping = true;
      this.#failed(thrown);
    } finally {
      this.#cutting = false;
    }
  }

  /** What the chunks before this one have set off counts as well. */
  #giveWay(): void {
    if (this.#goBegan === null) {
      this.#goBegan = performance.now();
      setImmediate(() => {
        this.#goBegan = null;
        this.resume(this);
      });
    } else if (performance.now() - this.#goBegan > goMs) this.pause(this);
  }

  /**
   * Frees the memory of a chunk that nobody keeps, now. Left to the garbage collector, the chunks of a
   * fast sender make it mark the whole heap every 20 MB, at half of all the time that receiving takes.
   */
  #giveChunkBack(): void {
    const { buffer, byteLength } = this.#chunk;
    this.#chunk = nothing;
    if (this.#chunkIsKept || byteLength < worthFreeingBytes) return;
    // Only memory that is all this chunk's; a socket's reads are, each its own.
    if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
  }
}
