import { describe, expect, it } from 'vitest';
import { wheelSteps } from '../../../../../renderer/features/viewer/cornerstone/wheel-steps.ts';

const byPixels = 0;
const byLines = 1;

describe('the wheel', () => {
  it('moves one picture for a notch, however far the notch is said to be', () => {
    const stepsOf = wheelSteps();

    expect(stepsOf({ deltaY: 120, deltaMode: byPixels })).toBe(1);
    expect(stepsOf({ deltaY: -240, deltaMode: byPixels })).toBe(-1);
    expect(stepsOf({ deltaY: 3, deltaMode: byLines })).toBe(1);
  });

  it('adds up the small moves of a touch pad', () => {
    const stepsOf = wheelSteps();

    const steps = [20, 20, 20, 20, 20].map((deltaY) => stepsOf({ deltaY, deltaMode: byPixels }));

    expect(steps).toEqual([0, 0, 1, 0, 1]);
  });
});
