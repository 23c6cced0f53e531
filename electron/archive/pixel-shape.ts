import { type Attributes, numberOf, textOf } from '../dataset/index.ts';

/** The Image Pixel module (PS3.3 §C.7.6.3), with the defaults that a reader must assume. */
export interface PixelShape {
  readonly frameCount: number;
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  readonly photometricInterpretation: string;
  readonly planarConfiguration: number;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly pixelRepresentation: number;
}

const maximumFrames = 100_000;
const maximumFrameBits = 8 * 1024 * 1024 * 1024;

export function pixelShapeOf(attributes: Attributes): PixelShape {
  const bitsAllocated = numberOf(attributes, '00280100') ?? 0;
  const bitsStored = withDefault(numberOf(attributes, '00280101'), bitsAllocated);
  const samplesPerPixel = withDefault(numberOf(attributes, '00280002'), 1);
  return {
    frameCount: Math.max(1, Math.trunc(numberOf(attributes, '00280008') ?? 1)),
    rows: numberOf(attributes, '00280010') ?? 0,
    columns: numberOf(attributes, '00280011') ?? 0,
    samplesPerPixel,
    photometricInterpretation:
      textOf(attributes, '00280004').toUpperCase() || (samplesPerPixel === 3 ? 'RGB' : 'MONOCHROME2'),
    planarConfiguration: numberOf(attributes, '00280006') ?? 0,
    bitsAllocated,
    bitsStored: Math.min(bitsStored, bitsAllocated),
    highBit: numberOf(attributes, '00280102') ?? bitsStored - 1,
    pixelRepresentation: numberOf(attributes, '00280103') ?? 0,
  };
}

/** Why nothing can be shown of such pixels; `null`: something can. */
export function problemOf(shape: PixelShape): { cause: 'damaged' | 'unsupported'; detail: string } | null {
  const { rows, columns, samplesPerPixel, bitsAllocated, frameCount } = shape;
  if (rows < 1 || columns < 1) return { cause: 'damaged', detail: `${rows} rows, ${columns} columns` };
  if (![1, 3, 4].includes(samplesPerPixel)) {
    return { cause: 'unsupported', detail: `${samplesPerPixel} samples per pixel` };
  }
  if (![1, 8, 16, 32].includes(bitsAllocated)) {
    return { cause: 'unsupported', detail: `${bitsAllocated} bits allocated` };
  }
  if (frameCount > maximumFrames) return { cause: 'unsupported', detail: `${frameCount} frames` };
  // Rows and columns are at most 32 bits each, so this product stays exact enough to compare.
  if (rows * columns * samplesPerPixel * bitsAllocated > maximumFrameBits) {
    return { cause: 'unsupported', detail: `${columns} x ${rows} pixels` };
  }
  return null;
}

/** Of a native frame, by its chroma subsampling (PS3.3 §C.7.6.3.1.2). */
export function bitsPerFrame(shape: PixelShape): number {
  const pixels = shape.rows * shape.columns;
  switch (shape.photometricInterpretation) {
    case 'YBR_FULL_422':
    case 'YBR_PARTIAL_422':
      return pixels * 2 * shape.bitsAllocated;
    case 'YBR_PARTIAL_420':
      return pixels * 1.5 * shape.bitsAllocated;
    default:
      return pixels * shape.samplesPerPixel * shape.bitsAllocated;
  }
}

function withDefault(number: number | null, fallback: number): number {
  return number === null || number <= 0 ? fallback : number;
}
