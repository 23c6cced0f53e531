import { type ElementHeader, undefinedLength } from '../dataset/index.ts';
import { memoryExceeded } from './codecs-module.ts';
import { decodedPhotometricInterpretation } from './decode-frame.ts';
import { encodedPhotometricInterpretation, type Encoder, encodingProblem } from './encode-frame.ts';
import { type FrameSource, openFrames } from './frame-source.ts';
import { bytesPerFrame, type ImageFacts, type ImageShape } from './image-facts.ts';
import type { SourceBytes } from './source-bytes.ts';
import type { Codec, Syntax } from './syntaxes.ts';
import { damaged, notTranscodable } from './transcode-failure.ts';

/** How the pixels get from the one form to the other. */
export interface RecodePlan {
  readonly frames: FrameSource;
  readonly decode: Codec | null;
  readonly encode: Encoder | null;
  /** As the source has them. */
  readonly stored: ImageShape;
  /** Between the two codecs. */
  readonly decoded: ImageShape;
  /** As the copy has them. */
  readonly written: ImageShape;
}

export interface RecodeRequest {
  readonly source: SourceBytes;
  readonly facts: ImageFacts;
  readonly from: Syntax & { readonly bigEndian: boolean };
  readonly to: Syntax;
  /** `null`: nothing may be lost. */
  readonly quality: number | null;
  readonly memoryLimitBytes: number;
}

/** A frame is held a few times over: stored, decoded, encoded, and decoded again to be compared. */
const copiesOfFrame = 4;
const plainColours: ReadonlySet<string> = new Set(['RGB', 'YBR_FULL']);
const greyOrPalette: ReadonlySet<string> = new Set(['MONOCHROME1', 'MONOCHROME2', 'PALETTE COLOR']);

/**
 * Decides before a byte is written. `null`: the pixels stay as they are, but for their byte order.
 *
 * @throws FailureError, DatasetError
 */
export function planRecoding(request: RecodeRequest): RecodePlan | null {
  const { facts, from, to } = request;
  const { pixelData } = facts;
  if (from.codec === null && pixelData?.length === undefinedLength) {
    throw damaged('fragments in an uncompressed transfer syntax');
  }
  if (pixelData === null && to.codec !== null) throw notTranscodable('it has no pixel data to compress');
  if (pixelData === null || (from.codec === null && to.codec === null)) return null;
  return planFrames(request, pixelData);
}

function planFrames(
  { source, facts, from, to, quality, memoryLimitBytes }: RecodeRequest,
  pixelData: ElementHeader,
): RecodePlan {
  const { shape: stored } = facts;
  checkShape(stored);
  if (bytesPerFrame(stored) * copiesOfFrame > memoryLimitBytes) throw memoryExceeded(memoryLimitBytes);
  const { bigEndian } = from;
  const frames = openFrames({ source, facts, pixelData, encapsulated: from.codec !== null, bigEndian });
  const decoded = decodedShape(from, frames, stored);
  const encode = encoderFor(to, quality, decoded);
  const photometricInterpretation =
    encode === null ? decoded.photometricInterpretation : encodedPhotometricInterpretation(encode, decoded);
  const written = { ...decoded, photometricInterpretation };
  return { frames, decode: from.codec, encode, stored, decoded, written };
}

function encoderFor(to: Syntax, quality: number | null, decoded: ImageShape): Encoder | null {
  const { codec, resolutionFirst, loss } = to;
  if (codec === null) return null;
  const encoder = { codec, resolutionFirst, quality: loss === 'never' ? null : quality };
  const problem = encodingProblem(encoder, decoded);
  if (problem !== null) throw notTranscodable(problem);
  return encoder;
}

function checkShape(shape: ImageShape): void {
  const { rows, columns, samplesPerPixel, bitsAllocated, bitsStored, frameCount } = shape;
  if (rows < 1 || columns < 1) throw damaged(`${rows} rows, ${columns} columns`);
  if (!Number.isInteger(frameCount) || frameCount < 1) throw damaged('its number of frames');
  if (![1, 3].includes(samplesPerPixel)) throw notTranscodable(`${samplesPerPixel} samples per pixel`);
  if (![8, 16, 32].includes(bitsAllocated)) throw notTranscodable(`${bitsAllocated} bits allocated`);
  if (bitsStored < 1 || bitsStored > bitsAllocated) {
    throw damaged(`${bitsStored} of ${bitsAllocated} bits stored`);
  }
}

function decodedShape(from: Syntax, frames: FrameSource, stored: ImageShape): ImageShape {
  const photometricInterpretation =
    from.codec === null
      ? stored.photometricInterpretation
      : decodedPhotometricInterpretation(from.codec, frames.read(0), stored);
  const known = stored.samplesPerPixel === 1 ? greyOrPalette : plainColours;
  if (!known.has(photometricInterpretation)) {
    throw notTranscodable(`${stored.samplesPerPixel} samples of ${photometricInterpretation}`);
  }
  return { ...stored, photometricInterpretation, planarConfiguration: 0 };
}
