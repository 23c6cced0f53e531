import { fstatSync, readSync } from 'node:fs';
import { constants, inflateRawSync, inflateSync } from 'node:zlib';
import { DatasetError } from '../dataset/index.ts';
import { memoryExceeded } from './codecs-module.ts';

/** The bytes of a data set, which need not be in memory. */
export interface SourceBytes {
  readonly size: number;
  /** As many of them as there are. */
  read(offset: number, length: number): Buffer;
}

const windowBytes = 64 * 1024;

/** The file from `start` on. Headers are read by way of a window, so that each isn't a call of the system. */
export function fileBytes(descriptor: number, start: number): SourceBytes {
  const size = Math.max(0, fstatSync(descriptor).size - start);
  let windowStart = 0;
  let window: Buffer = Buffer.alloc(0);

  function readDirectly(offset: number, length: number): Buffer {
    const wanted = Math.max(0, Math.min(length, size - offset));
    const buffer = Buffer.allocUnsafeSlow(wanted);
    let got = 0;
    while (got < wanted) {
      const count = readSync(descriptor, buffer, got, wanted - got, start + offset + got);
      if (count === 0) break;
      got += count;
    }
    return buffer.subarray(0, got);
  }

  return {
    size,
    read: (offset, length) => {
      if (length > windowBytes / 4) return readDirectly(offset, length);
      if (offset < windowStart || offset + length > windowStart + window.length) {
        windowStart = offset;
        window = readDirectly(offset, windowBytes);
      }
      return window.subarray(offset - windowStart, offset - windowStart + length);
    },
  };
}

/**
 * What a deflated data set (PS3.5 §A.5) inflates to. Some writers add the header of zlib.
 *
 * @throws DatasetError on what isn't deflated
 * @throws FailureError beyond the limit
 */
export function inflatedBytes(deflated: Uint8Array, limitBytes: number): SourceBytes {
  const options = { maxOutputLength: limitBytes, finishFlush: constants.Z_FINISH };
  for (const inflate of [inflateRawSync, inflateSync]) {
    try {
      const bytes: Buffer = inflate(deflated, options);
      return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
    } catch (thrown) {
      if (thrown instanceof RangeError) throw memoryExceeded(limitBytes);
    }
  }
  throw new DatasetError('not deflated', 0);
}

/** @throws DatasetError where there are fewer */
export function readExactly(source: SourceBytes, offset: number, length: number): Buffer {
  const bytes = source.read(offset, length);
  if (bytes.length < length) throw new DatasetError('cut short', offset + bytes.length);
  return bytes;
}
