import { decodeCommand, type RawCommand } from '../support/raw-pdu.ts';

/** What a walk through the bytes of an association comes by. */
export interface PdvListener {
  /** A whole PDU that carries no data. */
  pdu(type: number, body: Buffer): void;
  command(command: RawCommand): void;
  /** Bytes of a data set as they lie in the chunk. */
  dataset(bytes: Buffer): void;
  datasetEnds(contextId: number): void;
}

const dataPdu = 4;

/** Walks over PDUs without keeping any of their data: what stands for the fastest peer must not be slow. */
export class PdvWalker {
  readonly #listener: PdvListener;
  /** The beginning of a header, or of a PDU that is no P-DATA. */
  #held: Buffer = Buffer.alloc(0);
  #pduLeft = 0;
  #pdvLeft = 0;
  #contextId = 0;
  #control = 0;
  #command: Buffer[] = [];

  constructor(listener: PdvListener) {
    this.#listener = listener;
  }

  walk(chunk: Buffer): void {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    this.#held = Buffer.alloc(0);
    for (let at = 0; at < bytes.length;) {
      const step = this.#pdvLeft > 0 ? this.#inPdv(bytes, at) : this.#atHeader(bytes, at);
      if (step === 0) {
        this.#held = bytes.subarray(at);
        return;
      }
      at += step;
    }
  }

  #inPdv(bytes: Buffer, at: number): number {
    const length = Math.min(this.#pdvLeft, bytes.length - at);
    const piece = bytes.subarray(at, at + length);
    this.#pdvLeft -= length;
    const ends = this.#pdvLeft === 0 && (this.#control & 2) !== 0;
    if ((this.#control & 1) === 0) {
      this.#listener.dataset(piece);
      if (ends) this.#listener.datasetEnds(this.#contextId);
      return length;
    }
    this.#command.push(Buffer.from(piece));
    if (ends) this.#listener.command(decodeCommand(Buffer.concat(this.#command.splice(0))));
    return length;
  }

  /** @returns 0: more bytes are needed */
  #atHeader(bytes: Buffer, at: number): number {
    if (bytes.length - at < 6) return 0;
    if (this.#pduLeft > 0) return this.#atPdvHeader(bytes, at);
    const length = bytes.readUInt32BE(at + 2);
    if (bytes[at] === dataPdu) {
      this.#pduLeft = length;
      return 6;
    }
    if (bytes.length - at < 6 + length) return 0;
    this.#listener.pdu(bytes[at]!, bytes.subarray(at + 6, at + 6 + length));
    return 6 + length;
  }

  #atPdvHeader(bytes: Buffer, at: number): number {
    const length = bytes.readUInt32BE(at);
    this.#pdvLeft = length - 2;
    this.#pduLeft -= length + 4;
    this.#contextId = bytes[at + 4]!;
    this.#control = bytes[at + 5]!;
    return 6;
  }
}
