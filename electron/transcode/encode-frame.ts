import type { CodecImage, CodecOperation, CodecParameters, Codecs } from './codecs-module.ts';
import type { ImageShape } from './image-facts.ts';
import { encodeRle } from './rle.ts';
import { fitsStoredBits, rangeOf } from './samples.ts';
import type { Codec } from './syntaxes.ts';
import { notTranscodable } from './transcode-failure.ts';

/** How the frames of a copy are to be encoded. */
export interface Encoder {
  readonly codec: Codec;
  readonly resolutionFirst: boolean;
  /** From 1 to 100; `null`: without loss. */
  readonly quality: number | null;
}

/**
 * Compresses one frame: little endian, the samples of a pixel side by side. Bits that are set where
 * none are stored (overlays of old, signs) are kept, by giving the codec all that are allocated.
 *
 * @throws CodecError, FailureError
 */
export function encodeFrame(
  codecs: Codecs,
  encoder: Encoder,
  frame: Uint8Array<ArrayBuffer>,
  shape: ImageShape,
): Uint8Array<ArrayBuffer> {
  const { codec, quality } = encoder;
  if (codec === 'rle') return encodeRle(frame, shape);
  const image: CodecImage = {
    rows: shape.rows,
    columns: shape.columns,
    samplesPerPixel: shape.samplesPerPixel,
    signed: shape.pixelRepresentation === 1,
    rgb: shape.photometricInterpretation === 'RGB',
    ...bitsFor(codec, frame, shape),
  };
  const measure =
    quality === null ? losslessParameters(encoder) : lossyParameters(codec, quality, { frame, shape });
  const parameters = { Lossy: quality === null ? 0 : 1, ...measure };
  return codecs.run(operations[codec], image, { input: frame, parameters });
}

/** What a codec can't take of such an image; `null`: it can. */
export function encodingProblem({ codec, quality }: Encoder, shape: ImageShape): string | null {
  const { bitsAllocated, photometricInterpretation } = shape;
  if (quality !== null && photometricInterpretation === 'PALETTE COLOR') {
    return 'palette colours would become other colours';
  }
  if (codec !== 'rle' && bitsAllocated > 16) return `${bitsAllocated} bits allocated`;
  switch (codec) {
    case 'jpeg':
      return baselineProblem(shape);
    case 'rle':
    case 'jpeg-lossless':
    case 'jpeg-ls':
      return null;
    case 'j2k':
      return jpeg2000Problem(shape);
    case 'htj2k':
      // OpenJPH transforms every three components as if they were red, green and blue.
      if (shape.samplesPerPixel > 1 && photometricInterpretation !== 'RGB') {
        return `HTJ2K of ${photometricInterpretation}`;
      }
      return jpeg2000Problem(shape);
  }
}

function baselineProblem(shape: ImageShape): string | null {
  const { samplesPerPixel, bitsAllocated, bitsStored, photometricInterpretation } = shape;
  if (bitsAllocated !== 8 || bitsStored !== 8)
    return `JPEG Baseline of ${bitsStored} of ${bitsAllocated} bits`;
  if (shape.pixelRepresentation === 1) return 'JPEG Baseline of signed pixels';
  if (samplesPerPixel === 1 || photometricInterpretation === 'RGB') return null;
  return `JPEG Baseline of ${photometricInterpretation}`;
}

/** What OpenJPEG and OpenJPH, as the codecs' module calls them, would change. */
function jpeg2000Problem({
  samplesPerPixel,
  bitsAllocated,
  bitsStored,
  pixelRepresentation,
}: ImageShape): string | null {
  if (pixelRepresentation === 1 && bitsAllocated === 8) return 'JPEG 2000 of signed bytes';
  return samplesPerPixel > 1 && bitsAllocated > 8 ? `JPEG 2000 in colour of ${bitsStored} bits` : null;
}

/** How a frame is labelled once it's encoded (PS3.5 §8.2). */
export function encodedPhotometricInterpretation({ codec, quality }: Encoder, shape: ImageShape): string {
  const { photometricInterpretation } = shape;
  if (photometricInterpretation !== 'RGB') return photometricInterpretation;
  switch (codec) {
    case 'jpeg':
      return 'YBR_FULL_422';
    case 'j2k':
    case 'htj2k':
      return quality === null ? 'YBR_RCT' : 'YBR_ICT';
    case 'rle':
    case 'jpeg-lossless':
    case 'jpeg-ls':
      return photometricInterpretation;
  }
}

const operations: Readonly<Record<Exclude<Codec, 'rle'>, CodecOperation>> = {
  jpeg: 'EncodeJpeg',
  'jpeg-lossless': 'EncodeJpeg',
  'jpeg-ls': 'EncodeJpegLs',
  j2k: 'EncodeJpeg2000',
  htj2k: 'EncodeHtJpeg2000',
};

/** What each encoder takes for the precision of the stream, and for the bytes of a sample. */
function bitsFor(
  codec: Exclude<Codec, 'rle'>,
  frame: Uint8Array<ArrayBuffer>,
  shape: ImageShape,
): Pick<CodecImage, 'bitsAllocated' | 'bitsStored'> {
  const { bitsAllocated } = shape;
  // Only JPEG 2000 knows signs; eight bits or fewer would be one byte to the codecs.
  const signed = codec === 'j2k' && shape.pixelRepresentation === 1;
  const isOwnSize = shape.bitsStored > 8 || bitsAllocated === 8;
  const bits = isOwnSize && fitsStoredBits(frame, shape, signed) ? shape.bitsStored : bitsAllocated;
  switch (codec) {
    case 'jpeg':
    case 'jpeg-lossless':
      return { bitsAllocated, bitsStored: Math.max(8, bits) };
    case 'jpeg-ls':
      return { bitsAllocated: Math.max(2, bits), bitsStored: bits };
    case 'j2k':
      return { bitsAllocated, bitsStored: Math.max(2, bits) };
    case 'htj2k':
      return { bitsAllocated, bitsStored: bitsAllocated };
  }
}

function losslessParameters({ codec, resolutionFirst }: Encoder): CodecParameters {
  switch (codec) {
    case 'jpeg-lossless':
      return { Predictor: 1, PointTransform: 0 };
    case 'j2k':
      return { Rate: 0, AllowMct: 1 };
    case 'htj2k':
      return { ProgressionOrder: resolutionFirst ? 2 : 0 };
    case 'rle':
    case 'jpeg':
    case 'jpeg-ls':
      return {};
  }
}

/** Below, IJG's tables need more than the eight bits that Baseline has for them. */
const lowestBaselineQuality = 25;

/**
 * Quality in each codec's own measure: JPEG's as it is, from 25; JPEG-LS's largest error, up to 1/100 of the
 * frame's own range; JPEG 2000's ratio, down to 50:1.
 */
function lossyParameters(
  codec: Codec,
  quality: number,
  { frame, shape }: { readonly frame: Uint8Array<ArrayBuffer>; readonly shape: ImageShape },
): CodecParameters {
  const loss = 100 - quality;
  switch (codec) {
    case 'jpeg':
      return { Quality: Math.max(quality, lowestBaselineQuality), SampleFactor: 1 };
    case 'jpeg-ls': {
      const error = Math.round((rangeOf(frame, shape) * loss) / 10_000);
      return { AllowedLossyError: Math.min(255, Math.max(1, error)) };
    }
    case 'j2k':
      return { Rate: Math.max(1, Math.round(loss / 2)), AllowMct: 1 };
    case 'rle':
    case 'jpeg-lossless':
    case 'htj2k':
      return {};
  }
}

/** @throws FailureError unless it's a whole number from 1 to 100 */
export function checkQuality(quality: number): void {
  if (!Number.isInteger(quality) || quality < 1 || quality > 100) {
    throw notTranscodable(`a quality of ${quality}, not from 1 to 100`);
  }
}
