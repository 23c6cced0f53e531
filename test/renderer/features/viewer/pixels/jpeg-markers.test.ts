import { describe, expect, it } from 'vitest';
import { precisionOf } from '../../../../../renderer/features/viewer/pixels/jpeg-markers.ts';

const table = [0xff, 0xdb, 0, 4, 0xff, 0xc1]; // what looks like a frame header inside is none
const frame = [0xff, 0xff, 0xc1, 0, 11, 12, 0, 1, 0, 1, 1, 1, 0x11, 0]; // a fill byte goes before

describe('the precision of a JPEG stream', () => {
  it('is said by its frame header', () => {
    expect(precisionOf(Uint8Array.of(0xff, 0xd8, ...table, ...frame, 0xff, 0xda, 0, 2))).toBe(12);
  });

  it('is unknown without one, or of bytes that are no stream', () => {
    expect(precisionOf(Uint8Array.of(0xff, 0xd8, ...table, 0xff, 0xda, 0, 2))).toBeNull();
    expect(precisionOf(new Uint8Array(20))).toBeNull();
    expect(precisionOf(Uint8Array.of(0xff, 0xd8, 0xff, 0xdb, 0, 0, 1, 2))).toBeNull();
  });
});
