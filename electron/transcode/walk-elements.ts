import {
  type ByteOrder,
  DatasetError,
  type ElementHeader,
  insideUnknown,
  itemDelimiterTag,
  itemTag,
  readElementHeader,
  sequenceDelimiterTag,
  undefinedLength,
} from '../dataset/index.ts';
import type { SourceBytes } from './source-bytes.ts';

const longestHeaderBytes = 12;

/** @throws DatasetError where there is no whole header */
export function headerAt(source: SourceBytes, offset: number, order: ByteOrder): ElementHeader {
  const header = readElementHeader(source.read(offset, longestHeaderBytes), 0, order);
  return { ...header, valueOffset: header.valueOffset + offset };
}

/** The headers of a data set's own elements, not of those inside sequences. @throws DatasetError */
export function* topLevelHeaders(source: SourceBytes, order: ByteOrder): Generator<ElementHeader> {
  let at = 0;
  while (at < source.size && !isPadding(source, at)) {
    const header = headerAt(source, at, order);
    if (header.tag >>> 16 === 0xfffe) throw new DatasetError('not an element', at);
    yield header;
    at = endOf(source, header, order);
  }
}

/** Where the element's value ends, its delimiter included. @throws DatasetError */
export function endOf(source: SourceBytes, header: ElementHeader, order: ByteOrder): number {
  if (header.length === undefinedLength) return endOfUndefined(source, header, order);
  const end = header.valueOffset + header.length;
  if (end > source.size) throw new DatasetError('cut short', header.valueOffset);
  return end;
}

/** Zeros up to the end: some writers fill the last block of a file. */
export function isPadding(source: SourceBytes, offset: number): boolean {
  const step = 16 * 1024;
  for (let at = offset; at < source.size; at += step) {
    if (source.read(at, Math.min(step, source.size - at)).some((byte) => byte !== 0)) return false;
  }
  return true;
}

/** Keeps only its depth: items and sequences of a defined length are stepped over. */
function endOfUndefined(source: SourceBytes, header: ElementHeader, order: ByteOrder): number {
  // Odd: among the items of a sequence; even: among the elements of an item.
  let depth = 1;
  /** The depth from which everything is implicit little endian (PS3.5 §6.2.2). */
  let unknownFrom = isUnknown(header, order) ? 1 : Number.POSITIVE_INFINITY;
  let at = header.valueOffset;
  while (depth > 0) {
    const isInside = depth >= unknownFrom;
    const next = headerAt(source, at, isInside ? insideUnknown : order);
    const change = depthChange(next, depth);
    if (change === 1 && !isInside && isUnknown(next, order)) unknownFrom = depth + 1;
    depth += change;
    if (depth < unknownFrom) unknownFrom = Number.POSITIVE_INFINITY;
    at = next.valueOffset + (change === 0 ? steppedOver(next) : 0);
    if (at > source.size) throw new DatasetError('cut short', next.valueOffset);
  }
  return at;
}

/** A delimiter that stands where none belongs is passed over without believing its length. */
function steppedOver({ tag, length }: ElementHeader): number {
  return tag === itemDelimiterTag || tag === sequenceDelimiterTag ? 0 : length;
}

/** Its items, if it has any, are implicit little endian, whatever is around it. */
export function isUnknown(header: ElementHeader, order: ByteOrder): boolean {
  return order.explicitVr && header.vr === 'UN' && header.length === undefinedLength;
}

function depthChange({ tag, length, valueOffset }: ElementHeader, depth: number): number {
  const amongItems = (depth & 1) === 1;
  // A sequence that ends inside an item: its writer forgot the item's delimiter.
  if (tag === sequenceDelimiterTag) return amongItems ? -1 : -2;
  if (tag === itemDelimiterTag) return amongItems ? 0 : -1;
  if (amongItems && tag !== itemTag) throw new DatasetError('not an element', valueOffset);
  return length === undefinedLength ? 1 : 0;
}
