import type { PixelLayout } from '../../../../../renderer/features/viewer/pixels/samples.ts';

/** Two rows of two grey pixels of 8 bits, unless said otherwise. */
export function buildLayout(said: Partial<PixelLayout> = {}): PixelLayout {
  const bitsAllocated = said.bitsAllocated ?? 8;
  return {
    rows: 2,
    columns: 2,
    samplesPerPixel: 1,
    photometricInterpretation: 'MONOCHROME2',
    planarConfiguration: 0,
    bitsAllocated,
    bitsStored: bitsAllocated,
    highBit: (said.bitsStored ?? bitsAllocated) - 1,
    pixelRepresentation: 0,
    ...said,
  };
}
