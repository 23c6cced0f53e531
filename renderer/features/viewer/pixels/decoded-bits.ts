import { keepStoredBits } from './stored-bits.ts';
import type { PixelLayout, Samples } from './samples.ts';

/** What a lossless decoder gave, in the class the data set declares and with its stored bits alone. */
export function declaredBits(samples: Samples, layout: PixelLayout): Samples {
  const declared = declaredSamples(samples.length, layout);
  declared.set(samples);
  return keepStoredBits(declared, layout);
}

/**
 * What a lossy decoder gave, in the class the data set declares, cut back to the ends of the stored
 * values: it may lie beyond them, and masked, the brightest pixels would turn black.
 *
 * A decoder that knew of no sign has put the negative values above the positive ones: they go back.
 */
export function clampToStored(samples: Samples, layout: PixelLayout): Samples {
  const { bitsAllocated, bitsStored, pixelRepresentation } = layout;
  const bits = bitsStored >= 1 && bitsStored <= bitsAllocated ? bitsStored : bitsAllocated;
  const count = 2 ** bits;
  const isSigned = pixelRepresentation === 1;
  const least = isSigned ? -count / 2 : 0;
  const most = least + count - 1;
  const turns = isSigned && samples.every((value) => value >= 0);
  const clamped = declaredSamples(samples.length, layout);
  for (let index = 0; index < samples.length; index++) {
    const value = samples[index] ?? 0;
    clamped[index] = Math.min(most, Math.max(least, turns && value > most ? value - count : value));
  }
  return clamped;
}

function declaredSamples(length: number, { bitsAllocated, pixelRepresentation }: PixelLayout): Samples {
  const isSigned = pixelRepresentation === 1;
  if (bitsAllocated <= 8) return isSigned ? new Int8Array(length) : new Uint8Array(length);
  if (bitsAllocated <= 16) return isSigned ? new Int16Array(length) : new Uint16Array(length);
  return isSigned ? new Int32Array(length) : new Uint32Array(length);
}
