import type { PixelLayout, Samples } from './samples.ts';

/** Y1 Y2 Cb Cr → Y1 Cb Cr, Y2 Cb Cr (PS3.3 §C.7.6.3.1.2, YBR_FULL_422). */
export function expandHalvedChroma(samples: Samples, { rows, columns }: PixelLayout): Samples {
  const pixels = rows * columns;
  const full = new Uint8Array(pixels * 3);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const pair = (pixel >> 1) * 4;
    full[pixel * 3] = samples[pair + (pixel & 1)] ?? 0;
    full[pixel * 3 + 1] = samples[pair + 2] ?? 0;
    full[pixel * 3 + 2] = samples[pair + 3] ?? 0;
  }
  return full;
}
