import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../electron/contract/failure.ts';
import type { ImageShape } from '../../../electron/transcode/image-facts.ts';
import { decodeRle, encodeRle } from '../../../electron/transcode/rle.ts';

const shape: ImageShape = {
  frameCount: 1,
  rows: 2,
  columns: 4,
  samplesPerPixel: 1,
  photometricInterpretation: 'MONOCHROME2',
  planarConfiguration: 0,
  bitsAllocated: 8,
  bitsStored: 8,
  pixelRepresentation: 0,
};

describe('a frame of RLE', () => {
  it('has its segments behind a header of 64 bytes, the highest byte first', () => {
    const frame = Uint8Array.from({ length: 16 }, (_, index) => index);
    const encoded = Buffer.from(encodeRle(frame, { ...shape, bitsAllocated: 16 }));

    expect([0, 4, 8, 12].map((at) => encoded.readUInt32LE(at))).toEqual([2, 64, 74, 0]);
    // A row of four literals, and the other; then the low bytes.
    expect(encoded.subarray(64).toString('hex')).toBe('030103050703090b0d0f030002040603080a0c0e');
  });

  it('has no run beyond the end of a row', () => {
    const encoded = Buffer.from(encodeRle(new Uint8Array(8), shape));

    expect(encoded.subarray(64).toString('hex')).toBe('fd00fd00');
  });

  it('has segments of even length, and runs of at most 128', () => {
    const wide = { ...shape, rows: 1, columns: 300 };
    const encoded = Buffer.from(encodeRle(new Uint8Array(300).fill(9), wide));
    expect(encoded.subarray(64).toString('hex')).toBe('81098109d509');

    const odd = Buffer.from(encodeRle(Uint8Array.from([1, 2]), { ...shape, rows: 1, columns: 2 }));
    expect(odd.subarray(64).toString('hex')).toBe('01010200');
  });

  it('comes back the same, whatever is in it', () => {
    const sizes = fc.record({
      rows: fc.integer({ min: 1, max: 5 }),
      columns: fc.integer({ min: 1, max: 400 }),
      samplesPerPixel: fc.constantFrom(1, 3),
      bitsAllocated: fc.constantFrom(8, 16, 32),
      seed: fc.integer({ min: 1, max: 200 }),
    });
    fc.assert(
      fc.property(sizes, ({ seed, ...size }) => {
        const own = { ...shape, ...size };
        const length = (size.rows * size.columns * size.samplesPerPixel * size.bitsAllocated) / 8;
        // Runs of all lengths, and none.
        const frame = Uint8Array.from({ length }, (_, index) => (Math.floor(index / seed) * 97) & 0xff);
        const encoded = Buffer.from(encodeRle(frame, own));
        expect(Buffer.from(decodeRle(encoded, own)).equals(frame)).toBe(true);
        expect(encoded.length % 2).toBe(0);
      }),
    );
  });

  it('may say nothing by -128, and may have a byte too many at the end', () => {
    const stream = Buffer.concat([header([64]), fromHex('80 fd07 80 0301020304 00')]);

    expect([...decodeRle(stream, shape)]).toEqual([7, 7, 7, 7, 1, 2, 3, 4]);
  });

  it.each([
    ['no whole header', Buffer.alloc(63)],
    ['another number of segments', Buffer.concat([header([64, 66]), Buffer.from('f9000000', 'hex')])],
    ['a segment inside the header', Buffer.concat([header([60]), Buffer.from('f900', 'hex')])],
    ['a segment behind the end', Buffer.concat([header([99]), Buffer.from('f900', 'hex')])],
    ['too few bytes', Buffer.concat([header([64]), Buffer.from('fd00', 'hex')])],
    ['a run that is too long', Buffer.concat([header([64]), Buffer.from('f800', 'hex')])],
    ['literals that are cut', Buffer.concat([header([64]), Buffer.from('070102', 'hex')])],
    ['a run without its byte', Buffer.concat([header([64]), Buffer.from('fd00fd', 'hex')])],
  ])('is refused with %s', (_what, stream) => {
    expect(() => decodeRle(stream, shape)).toThrow(FailureError);
  });
});

function header(offsets: readonly number[]): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.writeUInt32LE(offsets.length, 0);
  for (const [index, offset] of offsets.entries()) bytes.writeUInt32LE(offset, 4 + index * 4);
  return bytes;
}

function fromHex(text: string): Buffer {
  return Buffer.from(text.replaceAll(' ', ''), 'hex');
}
