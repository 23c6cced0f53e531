import type { Fragment, Fragments } from './fragments.ts';

/** Which fragments make each frame, or why that can't be told. */
export type Assignment =
  | { readonly kind: 'frames'; readonly frames: readonly (readonly Fragment[])[] }
  | { readonly kind: 'unclear'; readonly detail: string };

export interface FrameClues {
  readonly frameCount: number;
  /** Extended Offset Table (7FE0,0001); empty: not given. */
  readonly extendedOffsetTable: readonly number[];
  /** The first bytes of a fragment. */
  readonly peek: (fragment: Fragment) => Uint8Array;
}

/**
 * Groups fragments into frames (PS3.5 §A.4): by their count where that leaves no choice, else by an
 * offset table that fits, else by where the compressed streams begin.
 */
export function assignFrames(found: Fragments, clues: FrameClues): Assignment {
  const { fragments, basicOffsetTable } = found;
  const { frameCount, extendedOffsetTable, peek } = clues;
  if (fragments.length === 0) return { kind: 'unclear', detail: 'no fragments' };
  if (frameCount === 1) return { kind: 'frames', frames: [fragments] };
  if (fragments.length === frameCount) return { kind: 'frames', frames: fragments.map((each) => [each]) };
  const byTable =
    byOffsets(fragments, extendedOffsetTable, frameCount) ??
    byOffsets(fragments, basicOffsetTable, frameCount);
  if (byTable !== null) return { kind: 'frames', frames: byTable };
  const starts = fragments.flatMap((fragment, index) => (beginsStream(peek(fragment)) ? [index] : []));
  if (starts[0] === 0 && starts.length <= frameCount) {
    // Fewer than announced: the rest was cut off, and those frames are missing.
    return { kind: 'frames', frames: groupsFrom(fragments, starts) };
  }
  return {
    kind: 'unclear',
    detail: `${fragments.length} fragments for ${frameCount} frames, and no offset table that fits`,
  };
}

function byOffsets(
  fragments: readonly Fragment[],
  table: readonly number[],
  frameCount: number,
): readonly (readonly Fragment[])[] | null {
  if (table.length !== frameCount || table[0] !== 0) return null;
  const indexOf = new Map(fragments.map(({ tableOffset }, index) => [tableOffset, index]));
  const starts = table.map((offset) => indexOf.get(offset) ?? -1);
  const ascending = starts.every((start, index) => index === 0 || start > (starts[index - 1] ?? 0));
  return ascending ? groupsFrom(fragments, starts) : null;
}

function groupsFrom(fragments: readonly Fragment[], starts: readonly number[]): readonly Fragment[][] {
  return starts.map((start, index) => fragments.slice(start, starts[index + 1]));
}

/** The first bytes of JPEG and JPEG-LS (SOI), JPEG 2000 (SOC or a JP2 box), JPEG XL and RLE. */
function beginsStream(bytes: Uint8Array): boolean {
  const [first, second, third] = bytes;
  if (first === 0xff) return second === 0xd8 || (second === 0x4f && third === 0xff) || second === 0x0a;
  if (first === 0 && second === 0 && third === 0 && bytes[3] === 0x0c) return true;
  return isRleHeader(bytes);
}

/** PS3.5 §G.5: 1 to 15 segments, the first right behind the header of 64 bytes. */
function isRleHeader(bytes: Uint8Array): boolean {
  const [count = 0, ...zeros] = bytes.subarray(0, 4);
  const [offset, ...moreZeros] = bytes.subarray(4, 8);
  const startsAt64 = offset === 64 && moreZeros.length === 3 && moreZeros.every((byte) => byte === 0);
  return count >= 1 && count <= 15 && zeros.every((byte) => byte === 0) && startsAt64;
}
