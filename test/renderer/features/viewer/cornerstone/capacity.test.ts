import { describe, expect, it } from 'vitest';
import { cacheBytes, decoderCount } from '../../../../../renderer/features/viewer/cornerstone/capacity.ts';

const gib = 1024 ** 3;

describe('the room for pictures', () => {
  it('is a quarter of the memory, within bounds', () => {
    expect(cacheBytes(8)).toBe(2 * gib);
    expect(cacheBytes(0.5)).toBe(0.5 * gib);
    expect(cacheBytes(64)).toBe(4 * gib);
  });

  it('is modest where the memory is unknown', () => {
    expect(cacheBytes(null)).toBe(gib);
  });

  it('leaves a core to draw', () => {
    expect([1, 2, 4, 64].map(decoderCount)).toEqual([1, 1, 3, 6]);
  });
});
