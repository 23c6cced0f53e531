import { type ByteOrder, hasLongLength, undefinedLength } from '../dataset/index.ts';
import { memoryExceeded } from './codecs-module.ts';

/** Part of a data set on its way to the file: lengths of sequences are filled in when they are known. */
export class GrowingBytes {
  readonly #limitBytes: number;
  #buffer = Buffer.allocUnsafeSlow(1024);
  #length = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get length(): number {
    return this.#length;
  }

  /** @throws FailureError beyond the limit */
  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** A header of PS3.5 §7.1; item tags, which have no VR, are given ''. */
  appendHeader(tag: number, vr: string, length: number, order: ByteOrder): void {
    this.append16(tag >>> 16, order.bigEndian);
    this.append16(tag & 0xffff, order.bigEndian);
    if (vr === '' || !order.explicitVr) return this.append32(length, order.bigEndian);
    this.append(Buffer.from(vr, 'latin1'));
    if (!hasLongLength(vr)) return this.append16(length, order.bigEndian);
    this.append16(0, order.bigEndian);
    this.append32(length, order.bigEndian);
  }

  append16(number: number, bigEndian: boolean): void {
    this.#reserve(2);
    if (bigEndian) this.#buffer.writeUInt16BE(number, this.#length);
    else this.#buffer.writeUInt16LE(number, this.#length);
    this.#length += 2;
  }

  append32(number: number, bigEndian: boolean): void {
    this.#reserve(4);
    this.#length += 4;
    this.#write32(number, this.#length - 4, bigEndian);
  }

  /** Fills in the length, the last four bytes of the header that ends at `end`, of what came after it. */
  fillLength(end: number, bigEndian: boolean): void {
    const length = this.#length - end;
    if (length >= undefinedLength) throw memoryExceeded(this.#limitBytes);
    this.#write32(length, end - 4, bigEndian);
  }

  /** What has come since the last time; only until the next bytes come. */
  take(): Buffer {
    const taken = this.#buffer.subarray(0, this.#length);
    this.#length = 0;
    return taken;
  }

  #write32(number: number, offset: number, bigEndian: boolean): void {
    if (bigEndian) this.#buffer.writeUInt32BE(number, offset);
    else this.#buffer.writeUInt32LE(number, offset);
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#buffer.length) return;
    if (needed > this.#limitBytes) throw memoryExceeded(this.#limitBytes);
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}
