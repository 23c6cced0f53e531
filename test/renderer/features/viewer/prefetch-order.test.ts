import { describe, expect, it } from 'vitest';
import { outwards } from '../../../../renderer/features/viewer/prefetch-order.ts';

describe('the order to fetch a stack in', () => {
  it('spreads from the picture in sight, the next before the previous', () => {
    expect([...outwards(2, 6)]).toEqual([2, 3, 1, 4, 0, 5]);
  });

  it('goes one way from an end', () => {
    expect([...outwards(0, 3)]).toEqual([0, 1, 2]);
    expect([...outwards(2, 3)]).toEqual([2, 1, 0]);
  });

  it('names every picture once, wherever it begins', () => {
    for (let start = 0; start < 7; start++) {
      expect([...outwards(start, 7)].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    }
  });

  it('is empty for an empty stack', () => {
    expect([...outwards(0, 0)]).toEqual([]);
  });
});
