import {
  type ByteOrder,
  DatasetError,
  type ElementHeader,
  explicitLittleEndian,
  encodingOf,
  itemTag,
  sequenceDelimiterTag,
} from '../dataset/index.ts';
import { readExactly, type SourceBytes } from './source-bytes.ts';
import { damaged } from './transcode-failure.ts';
import { headerAt } from './walk-elements.ts';

interface Fragment {
  readonly offset: number;
  readonly length: number;
  /** Of its item tag, from the first fragment's: what an offset table counts by. */
  readonly tableOffset: number;
}

/** The fragments of each frame: offset and length, one after another. */
export type FrameRanges = readonly (readonly number[])[];

const maximumFragments = 2_000_000;
const order: ByteOrder = encodingOf(explicitLittleEndian);

/**
 * Finds the frames of encapsulated Pixel Data (PS3.5 §A.4): by the count of fragments where that leaves
 * no choice, else by an offset table that fits, else by where the compressed streams begin.
 *
 * @throws DatasetError where the fragments are cut short
 * @throws FailureError where it can't be told which fragment belongs to which frame
 */
export function findFrames(
  source: SourceBytes,
  pixelData: ElementHeader,
  clues: { readonly frameCount: number; readonly extendedOffsetTable: readonly number[] },
): FrameRanges {
  const tableItem = itemAt(source, pixelData.valueOffset);
  if (tableItem === null) throw damaged('no offset table before the fragments');
  const table = readExactly(source, tableItem.valueOffset, tableItem.length);
  const basicOffsetTable = Array.from({ length: Math.floor(table.length / 4) }, (_, index) =>
    table.readUInt32LE(index * 4),
  );
  const fragments = walk(source, tableItem.valueOffset + tableItem.length);
  const { frameCount, extendedOffsetTable } = clues;
  const frames =
    byCount(fragments, frameCount) ??
    byOffsets(fragments, extendedOffsetTable, frameCount) ??
    byOffsets(fragments, basicOffsetTable, frameCount) ??
    byStreams(source, fragments, frameCount);
  if (frames === null) throw damaged(`${fragments.length} fragments for ${frameCount} frames`);
  return frames.map((each) => each.flatMap(({ offset, length }) => [offset, length]));
}

function walk(source: SourceBytes, start: number): readonly Fragment[] {
  const fragments: Fragment[] = [];
  let at = start;
  for (;;) {
    const item = itemAt(source, at);
    if (item === null) return fragments;
    if (fragments.length === maximumFragments) throw new DatasetError('too many elements', at);
    const end = item.valueOffset + item.length;
    if (end > source.size) throw new DatasetError('cut short', item.valueOffset);
    fragments.push({ offset: item.valueOffset, length: item.length, tableOffset: at - start });
    at = end;
  }
}

/** `null`: the delimiter stands there. */
function itemAt(source: SourceBytes, at: number): ElementHeader | null {
  const header = headerAt(source, at, order);
  if (header.tag === sequenceDelimiterTag) return null;
  if (header.tag !== itemTag) throw new DatasetError('not an element', at);
  return header;
}

type Groups = readonly (readonly Fragment[])[] | null;

function byCount(fragments: readonly Fragment[], frameCount: number): Groups {
  if (fragments.length === 0) return null;
  if (frameCount === 1) return [fragments];
  return fragments.length === frameCount ? fragments.map((each) => [each]) : null;
}

function byOffsets(fragments: readonly Fragment[], table: readonly number[], frameCount: number): Groups {
  if (table.length !== frameCount || table[0] !== 0) return null;
  const indexOf = new Map(fragments.map(({ tableOffset }, index) => [tableOffset, index]));
  const starts = table.map((offset) => indexOf.get(offset) ?? -1);
  const ascending = starts.every((start, index) => index === 0 || start > (starts[index - 1] ?? 0));
  return ascending ? groupsFrom(fragments, starts) : null;
}

function byStreams(source: SourceBytes, fragments: readonly Fragment[], frameCount: number): Groups {
  const starts = fragments.flatMap(({ offset }, index) =>
    beginsStream(source.read(offset, 8)) ? [index] : [],
  );
  return starts[0] === 0 && starts.length === frameCount ? groupsFrom(fragments, starts) : null;
}

function groupsFrom(fragments: readonly Fragment[], starts: readonly number[]): Groups {
  return starts.map((start, index) => fragments.slice(start, starts[index + 1]));
}

/** SOI of JPEG and JPEG-LS, SOC of JPEG 2000, the first box of JP2, or an RLE header. */
function beginsStream(bytes: Buffer): boolean {
  const first = bytes.toString('hex');
  return /^(ffd8|ff4fff51|0000000c6a50|0[1-9a-f]00000040000000)/.test(first);
}
