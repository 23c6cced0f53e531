import iconv from 'iconv-lite';
import { type CodeRange, type GraphicSet, isWithin, unreadable } from './graphic-set.ts';

export interface DoubleByteOptions {
  readonly half: 'g0' | 'g1';
  readonly escape: string;
  /** The encoding that has the set in A1H to FEH, both bytes, behind `prefix`. */
  readonly encoding: string;
  readonly prefix?: number;
  /** What that encoding has besides, in codes of the lower half. */
  readonly beyond?: readonly CodeRange[];
}

/** A set of 94 by 94 characters. */
export function doubleByteSet(options: DoubleByteOptions): GraphicSet {
  const { half, escape, encoding, prefix } = options;
  let codes: ReadonlyMap<string, number> | null = null;
  return {
    half,
    bytesPerCharacter: 2,
    escape,
    decode: (bytes) => iconv.decode(inUpperHalf(bytes, prefix), encoding),
    codeOf(character) {
      codes ??= readCodes(options);
      return codes.get(character) ?? null;
    },
  };
}

/** Spaces and control characters between two-byte characters stay as they are. */
function inUpperHalf(bytes: Uint8Array, prefix: number | undefined): Buffer {
  const upper: number[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const first = bytes[at] ?? 0;
    if (first <= 0x20) {
      upper.push(first);
      continue;
    }
    at += 1;
    if (prefix !== undefined) upper.push(prefix);
    upper.push(first | 0x80, (bytes[at] ?? 0) | 0x80);
  }
  return Buffer.from(upper);
}

/** Every character of the set with its code. Takes some milliseconds, for the few who write in it. */
function readCodes({ half, encoding, prefix, beyond = [] }: DoubleByteOptions): ReadonlyMap<string, number> {
  const codes = new Map<string, number>();
  for (let code = 0x2121; code <= 0x7e7e; code += (code & 0xff) === 0x7e ? 0xa3 : 1) {
    if (isWithin(beyond, code)) continue;
    const character = iconv.decode(inUpperHalf(Buffer.from([code >> 8, code & 0xff]), prefix), encoding);
    if (Array.from(character).length !== 1 || character === unreadable) continue;
    if (!codes.has(character)) codes.set(character, half === 'g1' ? code | 0x8080 : code);
  }
  return codes;
}
