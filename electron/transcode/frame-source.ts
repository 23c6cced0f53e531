import { type ElementHeader, undefinedLength } from '../dataset/index.ts';
import { findFrames } from './fragments.ts';
import { bytesPerFrame, type ImageFacts } from './image-facts.ts';
import { interleaved } from './samples.ts';
import { readExactly, type SourceBytes } from './source-bytes.ts';
import { damaged, notTranscodable } from './transcode-failure.ts';
import { swapped } from './value-order.ts';

/** The frames of an image, read one by one. */
export interface FrameSource {
  readonly count: number;
  /** Compressed as stored; or native, little endian, the samples of a pixel side by side. */
  read(index: number): Buffer;
}

export interface FramePlace {
  readonly source: SourceBytes;
  readonly facts: ImageFacts;
  readonly pixelData: ElementHeader;
  readonly encapsulated: boolean;
  readonly bigEndian: boolean;
}

/** @throws FailureError, DatasetError where frames are missing */
export function openFrames(place: FramePlace): FrameSource {
  return place.encapsulated ? encapsulatedFrames(place) : nativeFrames(place);
}

function encapsulatedFrames({ source, facts, pixelData }: FramePlace): FrameSource {
  if (pixelData.length !== undefinedLength) throw damaged('it is named compressed, but is not');
  const { frameCount } = facts.shape;
  const { extendedOffsetTable } = facts;
  const frames = findFrames(source, pixelData, { frameCount, extendedOffsetTable });
  return {
    count: frames.length,
    read: (index) => {
      const ranges = frames[index] ?? [];
      const pieces = Array.from({ length: ranges.length / 2 }, (_, at) =>
        readExactly(source, ranges[at * 2] ?? 0, ranges[at * 2 + 1] ?? 0),
      );
      return Buffer.concat(pieces);
    },
  };
}

function nativeFrames(place: FramePlace): FrameSource {
  const { source, facts, pixelData, bigEndian } = place;
  const { shape } = facts;
  const frameBytes = bytesPerFrame(shape);
  const wanted = frameBytes * shape.frameCount;
  if (pixelData.length < wanted) throw damaged(`${pixelData.length} bytes of pixel data, not ${wanted}`);
  // Words of 16 bits change their bytes, even where a word holds two pixels (PS3.5 §8.1.2).
  const inWords = bigEndian && (pixelData.vr === 'OW' || shape.bitsAllocated === 16);
  if (bigEndian && shape.bitsAllocated === 32) throw notTranscodable('32 bits allocated in big endian');
  const bytesPerSample = shape.bitsAllocated / 8;
  const isByPlane = shape.samplesPerPixel > 1 && shape.planarConfiguration === 1;
  return {
    count: shape.frameCount,
    read: (index) => {
      const from = index * frameBytes;
      const bytes = inWords
        ? readWords(source, pixelData, from, frameBytes)
        : readExactly(source, pixelData.valueOffset + from, frameBytes);
      if (!isByPlane) return bytes;
      return Buffer.from(
        interleaved(bytes, { samplesPerPixel: shape.samplesPerPixel, bytesPerSample }).buffer,
      );
    },
  };
}

/** Whole words, where a frame of bytes begins or ends in the middle of one. */
function readWords(source: SourceBytes, pixelData: ElementHeader, from: number, length: number): Buffer {
  const first = from - (from % 2);
  const end = Math.min(pixelData.length, from + length + ((from + length) % 2));
  const words = swapped(readExactly(source, pixelData.valueOffset + first, end - first), 2);
  return words.subarray(from - first, from - first + length);
}
