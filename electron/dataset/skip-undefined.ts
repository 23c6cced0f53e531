import { DatasetError } from './attributes.ts';
import {
  type ByteOrder,
  type ElementHeader,
  insideUnknown,
  itemDelimiterTag,
  itemTag,
  readElementHeader,
  sequenceDelimiterTag,
  undefinedLength,
} from './element-header.ts';

/**
 * Where the sequence or the fragments that begin at `offset` end, their delimiter included.
 *
 * Keeps nothing but its depth, so nesting costs no memory, and each step goes at least eight bytes
 * further: the time is bounded by the bytes, not by what they pretend.
 *
 * @throws DatasetError
 */
export function skipUndefined(bytes: Uint8Array, offset: number, order: ByteOrder): number {
  // Odd: among the items of a sequence; even: among the elements of an item.
  let depth = 1;
  /** The depth from which everything is implicit little endian; 0: none. */
  let unknownFrom = 0;
  let at = offset;
  while (depth > 0) {
    const header = readElementHeader(bytes, at, unknownFrom > 0 ? insideUnknown : order);
    const change = depthChange(header, depth);
    if (change === 1 && header.vr === 'UN' && unknownFrom === 0) unknownFrom = depth + 1;
    depth += change;
    if (depth < unknownFrom) unknownFrom = 0;
    at = header.valueOffset + (change === 0 ? skippedBytes(header) : 0);
    if (at > bytes.length) throw new DatasetError('cut short', header.valueOffset);
  }
  return at;
}

/** A delimiter that stands where none belongs is passed over without believing its length. */
function skippedBytes({ tag, length }: ElementHeader): number {
  return tag === sequenceDelimiterTag || tag === itemDelimiterTag ? 0 : length;
}

function depthChange({ tag, length, valueOffset }: ElementHeader, depth: number): number {
  const amongItems = (depth & 1) === 1;
  if (tag === sequenceDelimiterTag) {
    // A sequence that ends inside an item: its writer forgot the item's delimiter.
    return amongItems ? -1 : -2;
  }
  if (tag === itemDelimiterTag) return amongItems ? 0 : -1;
  if (amongItems && tag !== itemTag) throw new DatasetError('not an element', valueOffset);
  return length === undefinedLength ? 1 : 0;
}
