import { assert, property, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRle } from '../../../../../renderer/features/viewer/pixels/decode-rle.ts';
import { buildLayout } from './layout.ts';

describe('an RLE frame', () => {
  it('copies, repeats, and skips what does nothing', () => {
    const segment = [1, 5, 6, 0x80, 0xff, 9]; // copy two, nothing, repeat 9 twice

    expect(decodeRle(rle([segment]), buildLayout())).toEqual(Uint8Array.of(5, 6, 9, 9));
  });

  it('has the high byte of a word first', () => {
    const high = [3, 1, 0, 0xff, 0];
    const low = [3, 2, 3, 0xfe, 0];

    const samples = decodeRle(rle([high, low]), buildLayout({ bitsAllocated: 16, pixelRepresentation: 1 }));

    expect(samples).toEqual(Int16Array.of(0x102, 3, -2, 0));
  });

  it('has a segment for each colour', () => {
    const layout = buildLayout({ rows: 1, columns: 2, samplesPerPixel: 3 });

    const samples = decodeRle(
      rle([
        [1, 1, 2],
        [1, 11, 12],
        [0xff, 99],
      ]),
      layout,
    );

    expect(samples).toEqual(Uint8Array.of(1, 11, 99, 2, 12, 99));
  });

  it('has a segment for each byte of each colour', () => {
    const layout = buildLayout({ rows: 1, columns: 1, samplesPerPixel: 3, bitsAllocated: 16 });

    const samples = decodeRle(
      rle([
        [0, 1],
        [0, 2],
        [0, 3],
        [0, 4],
        [0, 5],
        [0, 6],
      ]),
      layout,
    );

    expect(samples).toEqual(Uint16Array.of(0x102, 0x304, 0x506));
  });

  it('leaves zeros where a segment ends early', () => {
    expect(decodeRle(rle([[0, 7]]), buildLayout())).toEqual(Uint8Array.of(7, 0, 0, 0));
  });

  it('is refused with too few segments', () => {
    expect(() => decodeRle(rle([[0, 7]]), buildLayout({ bitsAllocated: 16 }))).toThrow(
      '1 segments, 2 are needed',
    );
  });

  it('is refused without its header, or with one that can’t be', () => {
    expect(() => decodeRle(new Uint8Array(10), buildLayout())).toThrow('shorter than its header');
    expect(() => decodeRle(new Uint8Array(64).fill(0xff), buildLayout())).toThrow('15 are possible');
  });

  it('gives a whole frame or a reason for any bytes at all', () => {
    assert(
      property(uint8Array({ maxLength: 200 }), (bytes) => {
        const end = decoded(bytes);
        return end === 'FrameError' || end === 4;
      }),
    );
  });
});

function decoded(bytes: Uint8Array): string | number {
  try {
    return decodeRle(bytes, buildLayout()).length;
  } catch (reason) {
    return reason instanceof Error ? reason.name : 'nothing';
  }
}

function rle(segments: readonly (readonly number[])[]): Uint8Array {
  const header = new DataView(new ArrayBuffer(64));
  header.setUint32(0, segments.length, true);
  segments.reduce((offset, segment, index) => {
    header.setUint32(4 + index * 4, offset, true);
    return offset + segment.length;
  }, 64);
  return Uint8Array.of(...new Uint8Array(header.buffer), ...segments.flat());
}
