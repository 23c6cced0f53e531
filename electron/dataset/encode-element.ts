import { type ByteOrder, hasLongLength } from './element-header.ts';

/** An element of a defined length (PS3.5 §7.1); its value must be of an even length already. */
export function encodeElement(tag: string, vr: string, value: Uint8Array, order: ByteOrder): Buffer {
  const long = order.explicitVr && hasLongLength(vr);
  const header = Buffer.alloc(long ? 12 : 8);
  const write16 = (number: number, offset: number) =>
    order.bigEndian ? header.writeUInt16BE(number, offset) : header.writeUInt16LE(number, offset);
  const write32 = (number: number, offset: number) =>
    order.bigEndian ? header.writeUInt32BE(number, offset) : header.writeUInt32LE(number, offset);
  write16(Number.parseInt(tag.slice(0, 4), 16), 0);
  write16(Number.parseInt(tag.slice(4), 16), 2);
  if (!order.explicitVr) {
    write32(value.length, 4);
    return Buffer.concat([header, value]);
  }
  header.write(vr, 4, 'latin1');
  if (long) write32(value.length, 8);
  else write16(value.length, 6);
  return Buffer.concat([header, value]);
}

/** Made even by a trailing NUL for UIDs and bytes, a space for all other text (PS3.5 §6.2). */
export function padded(value: Buffer, vr: string): Buffer {
  if (value.length % 2 === 0) return value;
  return Buffer.concat([value, Buffer.from(vr === 'UI' || vr === 'OB' ? '\0' : ' ', 'latin1')]);
}
