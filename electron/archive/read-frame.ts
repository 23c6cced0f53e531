import { closeSync, openSync } from 'node:fs';
import { explicitLittleEndian, inflate } from '../dataset/index.ts';
import type { EncapsulatedPixels, NativePixels, PixelSource } from './instance-record.ts';
import { fileRanges } from './read-range.ts';
import { decodeRle } from './rle.ts';
import { storage } from './storage-failure.ts';

/** How to come by the bytes of one frame: read them as they lie in the file, or take them as made. */
export type FrameAnswer =
  | {
      readonly kind: 'ranges';
      /** Offset and length, one after another. */
      readonly ranges: readonly number[];
      readonly transferSyntaxUid: string;
    }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer>; readonly transferSyntaxUid: string };

export interface StoredPixels {
  readonly path: string;
  readonly datasetOffset: number;
  readonly pixels: PixelSource;
}

/**
 * The frame by its number, from 1. What can be read as it is is only pointed at; what must be swapped,
 * inflated or unpacked is made here, off the main thread.
 *
 * @throws FailureError storage/unreadable where there is no such whole frame
 */
export function answerFrame(stored: StoredPixels, frameNumber: number): FrameAnswer {
  switch (stored.pixels.kind) {
    case 'native':
      return answerNative(stored.path, stored.datasetOffset, stored.pixels, frameNumber);
    case 'encapsulated':
      return answerEncapsulated(stored.path, stored.pixels, frameNumber);
  }
}

function answerNative(
  path: string,
  datasetOffset: number,
  pixels: NativePixels,
  frameNumber: number,
): FrameAnswer {
  if (frameNumber < 1 || frameNumber > pixels.wholeFrames) throw noSuchFrame(frameNumber);
  const { bitsPerFrame: bits, bitsAllocated, swapBytes, deflated } = pixels;
  const firstBit = (frameNumber - 1) * bits;
  const transferSyntaxUid = explicitLittleEndian;
  if (bitsAllocated !== 1 && swapBytes === 1 && !deflated) {
    return { kind: 'ranges', ranges: [pixels.offset + firstBit / 8, bits / 8], transferSyntaxUid };
  }
  // Words must be swapped whole, even where a frame of bytes or bits begins in the middle of one.
  const first = alignDown(Math.floor(firstBit / 8), swapBytes);
  const end = alignDown(Math.ceil((firstBit + bits) / 8) + swapBytes - 1, swapBytes);
  const bytes = readBytes(path, {
    offset: pixels.offset + first,
    length: end - first,
    deflated,
    datasetOffset,
  });
  const swapped = swap(bytes, swapBytes);
  const bitOffset = firstBit - first * 8;
  const frame =
    bitsAllocated === 1
      ? unpackBits(swapped, bitOffset, bits)
      : exactly(bits / 8, swapped.subarray(bitOffset / 8));
  return { kind: 'bytes', bytes: frame, transferSyntaxUid };
}

function answerEncapsulated(path: string, pixels: EncapsulatedPixels, frameNumber: number): FrameAnswer {
  const ranges = pixels.frames[frameNumber - 1];
  if (ranges === undefined || ranges.length === 0) throw noSuchFrame(frameNumber);
  const { transferSyntaxUid, bytesPerFrame, decode } = pixels;
  if (decode === 'as-stored') return { kind: 'ranges', ranges, transferSyntaxUid };
  const bytes = decodeFrame(joined(path, ranges), decode, bytesPerFrame);
  return { kind: 'bytes', bytes, transferSyntaxUid };
}

function decodeFrame(
  stored: Buffer,
  decode: Exclude<EncapsulatedPixels['decode'], 'as-stored'>,
  bytesPerFrame: number,
): Uint8Array<ArrayBuffer> {
  switch (decode) {
    case 'uncompressed':
      return exactly(bytesPerFrame, stored);
    case 'inflate':
      return exactly(bytesPerFrame, inflate(stored));
    case 'inflate-bits':
      return unpackBits(inflate(stored), 0, bytesPerFrame);
    case 'rle-bits':
      return unpackBits(decodeRle(stored), 0, bytesPerFrame);
  }
}

/** Without the byte that may pad it; never fewer. */
function exactly(length: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  if (bytes.length < length) throw storage('unreadable', 'frame is cut short');
  return Uint8Array.from(bytes.subarray(0, length));
}

function joined(path: string, ranges: readonly number[]): Buffer {
  const descriptor = openSync(path, 'r');
  try {
    const file = fileRanges(descriptor);
    return Buffer.concat(
      Array.from({ length: ranges.length / 2 }, (_, index) =>
        file.read(ranges[index * 2] ?? 0, ranges[index * 2 + 1] ?? 0),
      ),
    );
  } finally {
    closeSync(descriptor);
  }
}

function readBytes(
  path: string,
  place: { offset: number; length: number; deflated: boolean; datasetOffset: number },
): Buffer {
  const descriptor = openSync(path, 'r');
  try {
    const file = fileRanges(descriptor);
    if (!place.deflated) return file.read(place.offset, place.length);
    const dataset = inflate(file.read(place.datasetOffset, file.size));
    return dataset.subarray(place.offset, place.offset + place.length);
  } finally {
    closeSync(descriptor);
  }
}

function swap(bytes: Buffer, size: NativePixels['swapBytes']): Buffer {
  if (size === 1) return bytes;
  const whole = Buffer.from(bytes.subarray(0, alignDown(bytes.length, size)));
  if (size === 2) return whole.swap16();
  return size === 4 ? whole.swap32() : whole.swap64();
}

/** The first pixel is in the lowest bit of the first byte (PS3.5 §8.1.1). */
function unpackBits(bytes: Uint8Array, firstBit: number, count: number): Uint8Array<ArrayBuffer> {
  if (bytes.length * 8 < firstBit + count) throw storage('unreadable', 'frame is cut short');
  const pixels = new Uint8Array(count);
  for (let index = 0; index < count; index += 1) {
    const bit = firstBit + index;
    pixels[index] = ((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1;
  }
  return pixels;
}

function alignDown(number: number, size: number): number {
  return number - (number % size);
}

function noSuchFrame(frameNumber: number): Error {
  return storage('unreadable', `frame ${frameNumber} is not there, or not whole`);
}
