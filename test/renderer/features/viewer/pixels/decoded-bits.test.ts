import { describe, expect, it } from 'vitest';
import { clampToStored, declaredBits } from '../../../../../renderer/features/viewer/pixels/decoded-bits.ts';
import { buildLayout } from './layout.ts';

const unsigned10 = buildLayout({ bitsAllocated: 16, bitsStored: 10 });
const signed12 = buildLayout({ bitsAllocated: 16, bitsStored: 12, pixelRepresentation: 1 });

describe('what a lossy decoder gave', () => {
  it('is cut back to the ends of the stored values, never turned over', () => {
    expect(clampToStored(Int16Array.of(-3, 0, 1023, 1030), unsigned10)).toEqual(
      Uint16Array.of(0, 0, 1023, 1023),
    );
    expect(clampToStored(Int16Array.of(-2060, -2048, 2047, 2050), signed12)).toEqual(
      Int16Array.of(-2048, -2048, 2047, 2047),
    );
  });

  it('gets its sign back from a decoder that knew none', () => {
    expect(clampToStored(Uint16Array.of(0, 2047, 2048, 4095), signed12)).toEqual(
      Int16Array.of(0, 2047, -2048, -1),
    );
  });

  it('is of the declared class, whichever it came in', () => {
    expect(clampToStored(Uint8Array.of(7), unsigned10)).toEqual(Uint16Array.of(7));
    expect(clampToStored(Uint8Array.of(7), buildLayout({ bitsAllocated: 32 }))).toEqual(Uint32Array.of(7));
  });
});

describe('what a lossless decoder gave', () => {
  it('is of the declared class, with its stored bits alone', () => {
    expect(declaredBits(Uint16Array.of(0x0fff, 0x1001), signed12)).toEqual(Int16Array.of(-1, 1));
    expect(declaredBits(Int8Array.of(1, 2), unsigned10)).toEqual(Uint16Array.of(1, 2));
  });
});
