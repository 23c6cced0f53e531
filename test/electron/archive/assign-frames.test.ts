import { describe, expect, it } from 'vitest';
import { assignFrames } from '../../../electron/archive/assign-frames.ts';
import { type Fragments, walkFragments } from '../../../electron/archive/fragments.ts';
import { memoryRanges } from '../../../electron/archive/read-range.ts';

function item(...bytes: number[]): Buffer {
  const header = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
  header.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([header, Buffer.from(bytes)]);
}

const end = Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]);

function table(...offsets: number[]): Buffer {
  return item(...offsets.flatMap((offset) => [offset, 0, 0, 0]));
}

/** The first byte of each fragment, by frame. */
function framesOf(bytes: Buffer, frameCount: number, extendedOffsetTable: readonly number[] = []): unknown {
  const file = memoryRanges(bytes);
  const found: Fragments = walkFragments(file, 0);
  const assignment = assignFrames(found, {
    frameCount,
    extendedOffsetTable,
    peek: ({ offset, length }) => file.read(offset, Math.min(length, 8)),
  });
  return assignment.kind === 'frames'
    ? assignment.frames.map((frame) => frame.map(({ offset }) => bytes[offset]))
    : assignment;
}

describe('fragments', () => {
  it('are all of the only frame', () => {
    expect(framesOf(Buffer.concat([table(), item(1, 1), item(2, 2), end]), 1)).toEqual([[1, 2]]);
  });

  it('are a frame each where there are as many', () => {
    expect(framesOf(Buffer.concat([table(), item(1, 1), item(2, 2), end]), 2)).toEqual([[1], [2]]);
  });

  it('are grouped by the basic offset table', () => {
    const bytes = Buffer.concat([table(0, 10), item(1, 1), item(2, 2), item(3, 3), end]);

    expect(framesOf(bytes, 2)).toEqual([[1], [2, 3]]);
  });

  it('are grouped by the extended offset table', () => {
    const bytes = Buffer.concat([table(), item(1, 1), item(2, 2), item(3, 3), end]);

    expect(framesOf(bytes, 2, [0, 20])).toEqual([[1, 2], [3]]);
  });

  it('are grouped by where JPEG begins when the table is wrong', () => {
    const bytes = Buffer.concat([table(0, 11), item(0xff, 0xd8), item(7, 7), item(0xff, 0xd8), end]);

    expect(framesOf(bytes, 2)).toEqual([[0xff, 7], [0xff]]);
  });

  it('are grouped by where JPEG 2000 and RLE begin', () => {
    const jpeg2000 = Buffer.concat([
      table(),
      item(0xff, 0x4f, 0xff, 0x51),
      item(7, 7),
      item(0xff, 0x4f, 0xff, 0x51),
      end,
    ]);
    const rle = Buffer.concat([
      table(),
      item(1, 0, 0, 0, 64, 0, 0, 0),
      item(7, 7),
      item(2, 0, 0, 0, 64, 0, 0, 0),
      end,
    ]);

    expect(framesOf(jpeg2000, 2)).toEqual([[0xff, 7], [0xff]]);
    expect(framesOf(rle, 2)).toEqual([[1, 7], [2]]);
  });

  it('of which too few came are the first frames', () => {
    const bytes = Buffer.concat([table(), item(0xff, 0xd8), item(0xff, 0xd8)]);

    expect(framesOf(bytes, 3)).toEqual([[0xff], [0xff]]);
  });

  it('that tell nothing are unclear', () => {
    expect(framesOf(Buffer.concat([table(), item(1, 1), item(2, 2), item(3, 3), end]), 2)).toMatchObject({
      kind: 'unclear',
    });
    expect(framesOf(Buffer.concat([table(), end]), 1)).toMatchObject({ kind: 'unclear' });
    expect(framesOf(Buffer.alloc(0), 1)).toMatchObject({ kind: 'unclear' });
  });
});
