import { AbortReason, PduError } from './pdu.ts';

/** Reads fields in order; every length is checked against the bytes that are there. */
export class ByteReader {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#offset;
  }

  uint8(): number {
    return this.#bytes.readUInt8(this.#advance(1));
  }

  uint16(): number {
    return this.#bytes.readUInt16BE(this.#advance(2));
  }

  uint32(): number {
    return this.#bytes.readUInt32BE(this.#advance(4));
  }

  skip(length: number): void {
    this.#advance(length);
  }

  bytes(length: number): Buffer {
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  text(length: number): string {
    return this.bytes(length).toString('latin1');
  }

  #advance(length: number): number {
    if (length > this.left) {
      throw new PduError(
        AbortReason.InvalidPduParameterValue,
        `${length} bytes announced, ${this.left} left`,
      );
    }
    const start = this.#offset;
    this.#offset += length;
    return start;
  }
}
