import { describe, expect, it } from 'vitest';
import { keepStoredBits } from '../../../../../renderer/features/viewer/pixels/stored-bits.ts';
import { buildLayout } from './layout.ts';

const twelveOfSixteen = { bitsAllocated: 16, bitsStored: 12, highBit: 11 };

describe('the stored bits', () => {
  it('lose what lies above them', () => {
    expect(keepStoredBits(Uint16Array.of(0xf123, 0x0fff), buildLayout(twelveOfSixteen))).toEqual(
      Uint16Array.of(0x123, 0xfff),
    );
  });

  it('carry their own sign', () => {
    const layout = buildLayout({ ...twelveOfSixteen, pixelRepresentation: 1 });

    expect(keepStoredBits(Int16Array.of(0x0fff, 0x0800, 0x07ff), layout)).toEqual(
      Int16Array.of(-1, -2048, 2047),
    );
  });

  it('are moved down where they lie high', () => {
    const layout = buildLayout({ bitsAllocated: 16, bitsStored: 12, highBit: 15 });

    expect(keepStoredBits(Uint16Array.of(0x123f), layout)).toEqual(Uint16Array.of(0x123));
  });

  it('are all where all are stored, or where the numbers can’t be', () => {
    const samples = Uint16Array.of(0xffff);
    expect(keepStoredBits(samples, buildLayout({ bitsAllocated: 16 }))).toEqual(Uint16Array.of(0xffff));
    expect(keepStoredBits(samples, buildLayout({ bitsAllocated: 16, bitsStored: 0 }))).toEqual(
      Uint16Array.of(0xffff),
    );
  });
});
