import { fstatSync, readSync } from 'node:fs';

/** Bytes that can be read from anywhere: a file, or memory that holds what a file inflates to. */
export interface ByteRanges {
  readonly size: number;
  /** As many of the bytes as there are. */
  read(offset: number, length: number): Buffer;
}

export function fileRanges(descriptor: number): ByteRanges {
  const { size } = fstatSync(descriptor);
  return {
    size,
    read: (offset, length) => {
      const wanted = Math.max(0, Math.min(length, size - offset));
      const buffer = Buffer.allocUnsafeSlow(wanted);
      let got = 0;
      while (got < wanted) {
        const count = readSync(descriptor, buffer, got, wanted - got, offset + got);
        if (count === 0) break;
        got += count;
      }
      return buffer.subarray(0, got);
    },
  };
}

export function memoryRanges(bytes: Buffer): ByteRanges {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}
