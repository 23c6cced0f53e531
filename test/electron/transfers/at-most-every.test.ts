import { describe, expect, it } from 'vitest';
import { atMostEvery } from '../../../electron/transfers/at-most-every.ts';

describe('at most every', () => {
  it('passes the first value at once, thins what follows, and never loses the last', async () => {
    const passed: number[] = [];
    const pass = atMostEvery<number>(30, (value) => passed.push(value));

    for (let value = 1; value <= 1_000; value++) pass(value);

    expect(passed).toEqual([1]);
    await expect.poll(() => passed).toEqual([1, 1_000]);
  });
});
