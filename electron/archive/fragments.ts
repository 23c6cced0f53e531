import type { ByteRanges } from './read-range.ts';

/** The items of encapsulated Pixel Data (PS3.5 §A.4). */
export interface Fragments {
  /** Offsets of the frames from the first fragment's item tag; empty: not given. */
  readonly basicOffsetTable: readonly number[];
  readonly fragments: readonly Fragment[];
  /** The sequence delimiter was there, and nothing was cut before it. */
  readonly whole: boolean;
}

export interface Fragment {
  /** Of its bytes, in the file. */
  readonly offset: number;
  readonly length: number;
  /** Of its item tag, from the first fragment's: what an offset table counts by. */
  readonly tableOffset: number;
  /** All its bytes are there. */
  readonly whole: boolean;
}

const item = 0xfffee000;
const itemHeaderBytes = 8;
/** Far more than any object has; a table of more is an attack. */
const maximumFragments = 2_000_000;

/** Walks over the items from `start`, the Basic Offset Table's item, by their lengths. */
export function walkFragments(file: ByteRanges, start: number): Fragments {
  const table = readItem(file, start);
  if (table === null) return { basicOffsetTable: [], fragments: [], whole: false };
  const basicOffsetTable = readOffsetTable(file.read(start + itemHeaderBytes, table.length));
  const base = start + itemHeaderBytes + table.length;
  const fragments: Fragment[] = [];
  let at = base;
  while (fragments.length < maximumFragments) {
    const header = readItem(file, at);
    if (header === null) return { basicOffsetTable, fragments, whole: false };
    if (header.tag !== item) return { basicOffsetTable, fragments, whole: true };
    const offset = at + itemHeaderBytes;
    const whole = offset + header.length <= file.size;
    fragments.push({ offset, length: header.length, tableOffset: at - base, whole });
    if (!whole) return { basicOffsetTable, fragments, whole: false };
    at = offset + header.length;
  }
  return { basicOffsetTable, fragments, whole: false };
}

/** `null`: there is no item tag or delimiter any more. */
function readItem(file: ByteRanges, at: number): { readonly tag: number; readonly length: number } | null {
  const header = file.read(at, itemHeaderBytes);
  if (header.length < itemHeaderBytes || header.readUInt16LE(0) !== 0xfffe) return null;
  return { tag: 0xfffe0000 + header.readUInt16LE(2), length: header.readUInt32LE(4) };
}

function readOffsetTable(bytes: Buffer): readonly number[] {
  const count = Math.min(Math.floor(bytes.length / 4), maximumFragments);
  return Array.from({ length: count }, (_, index) => bytes.readUInt32LE(index * 4));
}
