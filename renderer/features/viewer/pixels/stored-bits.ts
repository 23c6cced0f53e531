import type { PixelLayout, Samples } from './samples.ts';

/**
 * Keeps only the stored bits (PS3.5 §8.1.1), in place, and extends their sign: what lies in the
 * others may be an overlay of old, or rubbish.
 */
export function keepStoredBits(samples: Samples, layout: PixelLayout): Samples {
  const { bitsAllocated, bitsStored, highBit, pixelRepresentation } = layout;
  const below = Math.max(0, highBit + 1 - bitsStored);
  if (bitsStored >= bitsAllocated || bitsStored < 1 || samples instanceof Float32Array) return samples;
  const up = 32 - bitsStored - below;
  const down = 32 - bitsStored;
  if (up < 0) return samples;
  const signed = pixelRepresentation === 1;
  for (let index = 0; index < samples.length; index++) {
    const lifted = (samples[index] ?? 0) << up;
    samples[index] = signed ? lifted >> down : lifted >>> down;
  }
  return samples;
}
