import { DatasetError } from './attributes.ts';
import { vrOf } from './dictionary.ts';

/** What stands before a value (PS3.5 §7.1). */
export interface ElementHeader {
  /** Group and element as one number. */
  readonly tag: number;
  /** Two letters; '' for the item tags of group FFFE, which have none. */
  readonly vr: string;
  /** `undefinedLength` or bytes, as declared: not yet checked against what is there. */
  readonly length: number;
  readonly valueOffset: number;
}

/** The part of the encoding that says how a header is read. */
export interface ByteOrder {
  readonly explicitVr: boolean;
  readonly bigEndian: boolean;
}

export const undefinedLength = 0xffffffff;

export const itemTag = 0xfffee000;
export const itemDelimiterTag = 0xfffee00d;
export const sequenceDelimiterTag = 0xfffee0dd;

/** What is inside a UN of undefined length is written so, whatever is around it (PS3.5 §6.2.2). */
export const insideUnknown: ByteOrder = { explicitVr: false, bigEndian: false };

/** PS3.5 Table 7.1-2: the representations whose length has two bytes. All others have four. */
const shortVrs: ReadonlySet<string> = new Set(
  'AE AS AT CS DA DS DT FL FD IS LO LT PN SH SL SS ST TM UI UL US'.split(' '),
);

/** @throws DatasetError where the header is beyond the last byte */
export function readElementHeader(bytes: Uint8Array, offset: number, order: ByteOrder): ElementHeader {
  if (offset + 8 > bytes.length) throw new DatasetError('cut short', offset);
  const tag = readTag(bytes, offset, order.bigEndian);
  if (tag >>> 16 === 0xfffe) {
    return { tag, vr: '', length: read32(bytes, offset + 4, order.bigEndian), valueOffset: offset + 8 };
  }
  // Some writers put an implicit element into an explicit data set: where the two letters belong there
  // is a length then.
  if (!order.explicitVr || !hasVr(bytes, offset + 4)) {
    return {
      tag,
      vr: vrOf(tagText(tag)) ?? 'UN',
      length: read32(bytes, offset + 4, order.bigEndian),
      valueOffset: offset + 8,
    };
  }
  const vr = String.fromCharCode(byte(bytes, offset + 4), byte(bytes, offset + 5));
  if (shortVrs.has(vr)) {
    return { tag, vr, length: read16(bytes, offset + 6, order.bigEndian), valueOffset: offset + 8 };
  }
  if (offset + 12 > bytes.length) throw new DatasetError('cut short', offset);
  return { tag, vr, length: read32(bytes, offset + 8, order.bigEndian), valueOffset: offset + 12 };
}

/** Eight hexadecimal digits, upper case. */
export function tagText(tag: number): string {
  return hexadecimal16(tag >>> 16) + hexadecimal16(tag & 0xffff);
}

function hexadecimal16(number: number): string {
  return (number + 0x10000).toString(16).slice(1).toUpperCase();
}

export function hasLongLength(vr: string): boolean {
  return !shortVrs.has(vr);
}

/** Two capital letters stand there. */
export function hasVr(bytes: Uint8Array, offset: number): boolean {
  return isCapital(byte(bytes, offset)) && isCapital(byte(bytes, offset + 1));
}

export function readTag(bytes: Uint8Array, offset: number, bigEndian: boolean): number {
  return ((read16(bytes, offset, bigEndian) << 16) | read16(bytes, offset + 2, bigEndian)) >>> 0;
}

function isCapital(code: number): boolean {
  return code >= 0x41 && code <= 0x5a;
}

function read16(bytes: Uint8Array, offset: number, bigEndian: boolean): number {
  const first = byte(bytes, offset);
  const second = byte(bytes, offset + 1);
  return bigEndian ? (first << 8) | second : first | (second << 8);
}

function read32(bytes: Uint8Array, offset: number, bigEndian: boolean): number {
  const first = read16(bytes, offset, bigEndian);
  const second = read16(bytes, offset + 2, bigEndian);
  return (bigEndian ? (first << 16) | second : first | (second << 16)) >>> 0;
}

function byte(bytes: Uint8Array, offset: number): number {
  return bytes[offset] ?? 0;
}
