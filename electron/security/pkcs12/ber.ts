import { certificateFailure } from '../certificate-failure.ts';

/** One value of BER (X.690); DER is the stricter part of it that most files keep to. */
export interface BerValue {
  /** Class, constructed bit and number, as in the file; no number above 30 is used in PKCS#12. */
  readonly tag: number;
  /** Of a primitive value; empty for a constructed one. */
  readonly content: Buffer;
  readonly children: readonly BerValue[];
  /** All of it, as it stands in the file. */
  readonly encoded: Buffer;
}

export const Tag = {
  integer: 0x02,
  octetString: 0x04,
  objectIdentifier: 0x06,
  sequence: 0x30,
  /** Constructed, context-specific 0. */
  context0: 0xa0,
} as const;

const constructed = 0x20;
const deepest = 32;
const none = Buffer.alloc(0);

/** The one value at the beginning of these bytes. @throws FailureError certificate: unreadable */
export function readBer(bytes: Buffer): BerValue {
  return readAt(bytes, 0, 0).value;
}

interface Read {
  readonly value: BerValue;
  readonly end: number;
}

function readAt(bytes: Buffer, start: number, depth: number): Read {
  const tag = bytes[start];
  if (tag === undefined || (tag & 0x1f) === 0x1f || depth > deepest) throw unreadable();
  const { length, at } = readLength(bytes, start + 1);
  if (length === null) {
    if ((tag & constructed) === 0) throw unreadable();
    const { children, end } = readUntilEnd(bytes, at, depth);
    return { value: { tag, content: none, children, encoded: bytes.subarray(start, end) }, end };
  }
  const end = at + length;
  if (end > bytes.length) throw unreadable();
  const encoded = bytes.subarray(start, end);
  if ((tag & constructed) === 0) {
    return { value: { tag, content: bytes.subarray(at, end), children: [], encoded }, end };
  }
  const children: BerValue[] = [];
  for (let next = at; next < end;) {
    const child = readAt(bytes.subarray(0, end), next, depth + 1);
    children.push(child.value);
    next = child.end;
  }
  return { value: { tag, content: none, children, encoded }, end };
}

/** X.690 §8.1.3; `null` is the indefinite form. */
function readLength(bytes: Buffer, at: number): { readonly length: number | null; readonly at: number } {
  const first = bytes[at];
  if (first === undefined) throw unreadable();
  if (first < 0x80) return { length: first, at: at + 1 };
  const count = first & 0x7f;
  if (count === 0) return { length: null, at: at + 1 };
  if (count > 4 || at + 1 + count > bytes.length) throw unreadable();
  return { length: bytes.readUIntBE(at + 1, count), at: at + 1 + count };
}

/** X.690 §8.1.5: children up to two zero bytes. */
function readUntilEnd(
  bytes: Buffer,
  start: number,
  depth: number,
): { readonly children: readonly BerValue[]; readonly end: number } {
  const children: BerValue[] = [];
  for (let at = start; ;) {
    if (bytes[at] === 0 && bytes[at + 1] === 0) return { children, end: at + 2 };
    const child = readAt(bytes, at, depth + 1);
    children.push(child.value);
    at = child.end;
  }
}

/** The child at this place, of this tag where one is given. */
export function childOf(value: BerValue, index: number, tag?: number): BerValue {
  const child = value.children[index];
  if (child === undefined || (tag !== undefined && child.tag !== tag)) throw unreadable();
  return child;
}

/** The bytes of an OCTET STRING, whole or in pieces (X.690 §8.7), also where its tag is implicit. */
export function octetsOf(value: BerValue): Buffer {
  if ((value.tag & constructed) === 0) return value.content;
  return Buffer.concat(value.children.map(octetsOf));
}

/** A small unsigned number. */
export function numberOf(value: BerValue): number {
  const { tag, content } = value;
  if (tag !== Tag.integer || content.length === 0 || content.length > 4 || (content[0] ?? 0) > 0x7f)
    throw unreadable();
  return content.readUIntBE(0, content.length);
}

/** In dotted form. */
export function objectIdentifierOf({ tag, content }: BerValue): string {
  if (tag !== Tag.objectIdentifier) throw unreadable();
  const numbers: number[] = [];
  let number = 0;
  for (const byte of content) {
    number = number * 128 + (byte & 0x7f);
    if ((byte & 0x80) !== 0) continue;
    numbers.push(number);
    number = 0;
  }
  const [first = 0, ...rest] = numbers;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...rest].join('.');
}

function unreadable(): Error {
  return certificateFailure('unreadable');
}
