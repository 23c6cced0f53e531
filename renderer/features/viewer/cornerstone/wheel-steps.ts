/** Less than a mouse's notch, and what a finger on a touch pad travels for one image, in pixels. */
const pixelsPerStep = 50;

/** Turns wheel events into whole steps: a notch is one, the small ones of a touch pad add up. */
export function wheelSteps(): (event: Pick<WheelEvent, 'deltaY' | 'deltaMode'>) => number {
  let pixels = 0;
  return ({ deltaY, deltaMode }) => {
    const isNotch = deltaMode !== WheelEventModes.pixel || Math.abs(deltaY) >= pixelsPerStep;
    if (isNotch) {
      pixels = 0;
      return Math.sign(deltaY);
    }
    pixels += deltaY;
    const steps = Math.trunc(pixels / pixelsPerStep);
    pixels -= steps * pixelsPerStep;
    return steps;
  };
}

const WheelEventModes = { pixel: 0 } as const;
