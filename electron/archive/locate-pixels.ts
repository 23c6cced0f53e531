import type { NotShown } from '../contract/archive.ts';
import {
  type Attributes,
  type Element,
  encodingOf,
  explicitLittleEndian,
  geImplicitBigEndianPixels,
  numbersAs,
} from '../dataset/index.ts';
import { assignFrames } from './assign-frames.ts';
import { type Fragment, walkFragments } from './fragments.ts';
import type { EncapsulatedPixels, NativePixels, PixelSource } from './instance-record.ts';
import { bitsPerFrame, type PixelShape } from './pixel-shape.ts';
import { type PixelSyntax, pixelSyntaxOf } from './pixel-syntax.ts';
import type { ByteRanges } from './read-range.ts';

export interface PixelDataPlace {
  readonly attributes: Attributes;
  /** The header of Pixel Data. */
  readonly element: Element;
  readonly shape: PixelShape;
  readonly transferSyntaxUid: string;
  readonly file: ByteRanges;
  /** Where the data set begins in `file`. */
  readonly datasetOffset: number;
}

export type Located =
  | {
      readonly kind: 'found';
      readonly pixels: PixelSource;
      readonly shape: PixelShape;
      readonly warnings: readonly string[];
    }
  | { readonly kind: 'not-found'; readonly notShown: NotShown };

/** Finds where each frame's bytes are; frames that aren't whole are never made up. */
export function locatePixels(place: PixelDataPlace): Located {
  const syntax = pixelSyntaxOf(place.transferSyntaxUid);
  if (syntax.kind === 'unsupported') {
    return { kind: 'not-found', notShown: { cause: 'unsupported', detail: syntax.detail } };
  }
  if (syntax.kind === 'native') {
    if (place.element.undefinedLength) return damaged('fragments in an uncompressed transfer syntax');
    return locateNative(place);
  }
  // Some writers name a compressed syntax for what they never compressed.
  if (!place.element.undefinedLength) return locateNative(place, ['Named compressed, but is not.']);
  return locateEncapsulated(place, syntax);
}

function locateNative(place: PixelDataPlace, warnings: readonly string[] = []): Located {
  const { element, file, datasetOffset, transferSyntaxUid } = place;
  const offset = datasetOffset + element.offset;
  const shape = trueColourSampling(place.shape, element.length);
  const bits = bitsPerFrame(shape);
  const thereBits = Math.max(0, Math.min(element.length, file.size - offset)) * 8;
  const wholeFrames = Math.min(shape.frameCount, Math.floor(thereBits / bits));
  if (wholeFrames === 0) {
    return damaged(`pixel data has ${thereBits / 8} bytes where one frame needs ${Math.ceil(bits / 8)}`);
  }
  const pixels: NativePixels = {
    kind: 'native',
    offset,
    bitsPerFrame: bits,
    wholeFrames,
    bitsAllocated: shape.bitsAllocated,
    swapBytes: swapOf(place, shape),
    deflated: encodingOf(transferSyntaxUid).deflated,
  };
  return {
    kind: 'found',
    pixels,
    shape: shown(shape),
    warnings: [...warnings, ...missing(shape, wholeFrames)],
  };
}

/** Says 4:2:2 and holds every sample: the length tells. */
function trueColourSampling(shape: PixelShape, length: number): PixelShape {
  const whole = { ...shape, photometricInterpretation: 'YBR_FULL' };
  const isSubsampled = shape.photometricInterpretation === 'YBR_FULL_422';
  return isSubsampled && length * 8 >= bitsPerFrame(whole) * shape.frameCount ? whole : shape;
}

function swapOf(
  { element, transferSyntaxUid }: PixelDataPlace,
  shape: PixelShape,
): NativePixels['swapBytes'] {
  const isBigEndian =
    encodingOf(transferSyntaxUid).bigEndian || transferSyntaxUid === geImplicitBigEndianPixels;
  if (!isBigEndian) return 1;
  if (shape.bitsAllocated === 16) return 2;
  if (shape.bitsAllocated === 32) return 4;
  // Bytes and bits stand in words of 16 bits under OW, by themselves under OB (PS3.5 §8.1.2).
  return element.vr === 'OW' ? 2 : 1;
}

function locateEncapsulated(place: PixelDataPlace, syntax: PixelSyntax): Located {
  const { shape, file, datasetOffset, element, attributes } = place;
  const found = walkFragments(file, datasetOffset + element.offset);
  const assignment = assignFrames(found, {
    frameCount: shape.frameCount,
    extendedOffsetTable: numbersAs(attributes, '7FE00001', 'UV'),
    peek: ({ offset, length }) => file.read(offset, Math.min(length, 8)),
  });
  if (assignment.kind === 'unclear') return damaged(assignment.detail);
  const frames = assignment.frames.map(rangesOf);
  const wholeFrames = frames.filter((ranges) => ranges.length > 0).length;
  if (wholeFrames === 0) return damaged('the compressed pixel data is cut short');
  const pixels: EncapsulatedPixels = {
    kind: 'encapsulated',
    frames,
    ...decodingOf(syntax, shape, place.transferSyntaxUid),
    bytesPerFrame: bitsPerFrame(shown(shape)) / 8,
  };
  const warnings = missing(shape, wholeFrames);
  // Without its delimiter even the last frame that seems whole may have lost its end.
  if (!found.whole && warnings.length === 0) warnings.push('The end of the pixel data is missing.');
  return { kind: 'found', pixels, shape: shown(shape), warnings };
}

/** None where a fragment is cut: a decoder would fill the rest with something. */
function rangesOf(fragments: readonly Fragment[]): readonly number[] {
  if (!fragments.every(({ whole }) => whole)) return [];
  return fragments.flatMap(({ offset, length }) => [offset, length]);
}

function decodingOf(
  syntax: PixelSyntax,
  { bitsAllocated }: PixelShape,
  transferSyntaxUid: string,
): Pick<EncapsulatedPixels, 'decode' | 'transferSyntaxUid'> {
  switch (syntax.kind) {
    case 'rle':
      if (bitsAllocated === 1) return { decode: 'rle-bits', transferSyntaxUid: explicitLittleEndian };
      return { decode: 'as-stored', transferSyntaxUid };
    case 'deflated-frames':
      return {
        decode: bitsAllocated === 1 ? 'inflate-bits' : 'inflate',
        transferSyntaxUid: explicitLittleEndian,
      };
    case 'encapsulated-uncompressed':
      return { decode: 'uncompressed', transferSyntaxUid: explicitLittleEndian };
    case 'compressed':
    case 'native':
    case 'unsupported':
      return { decode: 'as-stored', transferSyntaxUid };
  }
}

/** Pixels of one bit are handed on as bytes. */
function shown(shape: PixelShape): PixelShape {
  return shape.bitsAllocated === 1 ? { ...shape, bitsAllocated: 8, bitsStored: 1, highBit: 0 } : shape;
}

function missing({ frameCount }: PixelShape, wholeFrames: number): string[] {
  if (wholeFrames >= frameCount) return [];
  return [`Only ${wholeFrames} of ${frameCount} frames are whole: the pixel data is cut short.`];
}

function damaged(detail: string): Located {
  return { kind: 'not-found', notShown: { cause: 'damaged', detail } };
}
