import { describe, expect, it } from 'vitest';
import { firstWindow, rangeOf, windowOf } from '../../../../renderer/features/viewer/window.ts';

describe('a window', () => {
  it('counts both its ends when it is LINEAR', () => {
    expect(rangeOf({ center: 40, width: 400 }, 'LINEAR')).toEqual({ lower: -160, upper: 239 });
  });

  it('is as wide as it says when it is LINEAR_EXACT', () => {
    expect(rangeOf({ center: 40, width: 400 }, 'LINEAR_EXACT')).toEqual({ lower: -160, upper: 240 });
  });

  it('is exact when it is narrower than 1, as those of fractions are', () => {
    expect(rangeOf({ center: 0.5, width: 0.5 }, '')).toEqual({ lower: 0.25, upper: 0.75 });
  });

  it('comes back from its range as it was', () => {
    for (const [window, voiLutFunction] of [
      [{ center: 40, width: 400 }, 'LINEAR'],
      [{ center: -600, width: 1500 }, ''],
      [{ center: 40.5, width: 401 }, 'LINEAR_EXACT'],
    ] as const) {
      expect(windowOf(rangeOf(window, voiLutFunction), voiLutFunction)).toEqual(window);
    }
  });

  it('is the first of several', () => {
    expect(firstWindow([40, -600], [400, 1500])).toEqual({ center: 40, width: 400 });
  });

  it('is none where it is missing or senseless', () => {
    expect(firstWindow([], [])).toBeNull();
    expect(firstWindow([40], [])).toBeNull();
    expect(firstWindow([40], [0])).toBeNull();
    expect(firstWindow([Number.NaN], [400])).toBeNull();
  });
});
