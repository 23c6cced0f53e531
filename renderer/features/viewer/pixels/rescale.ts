import type { PixelLayout, Samples } from './samples.ts';

/** What a graphics card and the window tools take: these and no others. */
export type Greys = Uint8Array | Uint16Array | Int16Array | Float32Array;

/**
 * Applies the Modality LUT's slope and intercept (PS3.3 §C.11.1.1).
 *
 * Whole results stay whole, in the narrowest class that holds whatever the stored bits may hold, so
 * that the images of a series come out alike; fractions and wider values become floats.
 */
export function rescale(
  samples: Samples,
  { slope, intercept }: { readonly slope: number; readonly intercept: number },
  layout: Pick<PixelLayout, 'bitsStored' | 'pixelRepresentation'>,
): Greys {
  const whole = Number.isInteger(slope) && Number.isInteger(intercept);
  const isIdentity = slope === 1 && intercept === 0;
  if (isIdentity && isGreys(samples)) return samples;
  const scaled = newGreys(
    samples,
    whole,
    possible(layout, slope, intercept),
    (value) => value * slope + intercept,
  );
  for (let index = 0; index < samples.length; index++) {
    scaled[index] = (samples[index] ?? 0) * slope + intercept;
  }
  return scaled;
}

function newGreys(
  samples: Samples,
  whole: boolean,
  possibleEnds: readonly [number, number],
  scale: (value: number) => number,
): Greys {
  if (!whole || samples instanceof Float32Array) return new Float32Array(samples.length);
  const likely = classFor(possibleEnds);
  if (likely !== Float32Array) return new likely(samples.length);
  const [least, most] = extremesOf(samples);
  return new (classFor(ordered(scale(least), scale(most))))(samples.length);
}

function possible(
  { bitsStored, pixelRepresentation }: Pick<PixelLayout, 'bitsStored' | 'pixelRepresentation'>,
  slope: number,
  intercept: number,
): readonly [number, number] {
  const least = pixelRepresentation === 1 ? -(2 ** (bitsStored - 1)) : 0;
  const most = 2 ** (bitsStored - pixelRepresentation) - 1;
  return ordered(least * slope + intercept, most * slope + intercept);
}

function classFor([least, most]: readonly [number, number]):
  | typeof Uint8Array
  | typeof Uint16Array
  | typeof Int16Array
  | typeof Float32Array {
  if (least >= 0 && most <= 0xff) return Uint8Array;
  if (least >= -0x8000 && most <= 0x7fff) return Int16Array;
  if (least >= 0 && most <= 0xffff) return Uint16Array;
  return Float32Array;
}

/** The smallest and largest value; `[0, 0]` of nothing. */
export function extremesOf(samples: Samples): readonly [number, number] {
  let least = samples[0] ?? 0;
  let most = least;
  for (let index = 1; index < samples.length; index++) {
    const value = samples[index] ?? 0;
    if (value < least) least = value;
    else if (value > most) most = value;
  }
  return [least, most];
}

function isGreys(samples: Samples): samples is Greys {
  return (
    samples instanceof Uint8Array ||
    samples instanceof Uint16Array ||
    samples instanceof Int16Array ||
    samples instanceof Float32Array
  );
}

function ordered(a: number, b: number): readonly [number, number] {
  return a <= b ? [a, b] : [b, a];
}
