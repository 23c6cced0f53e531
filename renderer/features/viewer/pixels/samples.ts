/** Decoded samples of one frame, in pixel order, the components of a pixel side by side. */
export type Samples =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array;

/** The Image Pixel attributes that say how a frame's samples lie (PS3.3 §C.7.6.3). */
export interface PixelLayout {
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

/** The frame can't be shown; the message says why, for people. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

export function sampleCount({ rows, columns, samplesPerPixel }: PixelLayout): number {
  return rows * columns * samplesPerPixel;
}

/** RRR…GGG…BBB… → RGBRGB… (PS3.3 §C.7.6.3.1.3). */
export function interleave<Kind extends Samples>(planes: Kind, samplesPerPixel: number): Kind {
  const pixels = Math.floor(planes.length / samplesPerPixel);
  const mixed = planes.slice() as Kind; // the same class as `planes`
  for (let sample = 0; sample < samplesPerPixel; sample++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      mixed[pixel * samplesPerPixel + sample] = planes[sample * pixels + pixel] ?? 0;
    }
  }
  return mixed;
}
