import { closeSync, openSync } from 'node:fs';
import { readStoredHeader } from './stored-header.ts';
import { type ByteRanges, fileRanges } from './read-range.ts';

const stepBytes = 1024 * 1024;

/** Whether two files hold the same data set, byte for byte and in the same transfer syntax. */
export function sameDataset(
  stored: string,
  arrived: { readonly path: string; readonly datasetOffset: number; readonly transferSyntaxUid: string },
): boolean {
  const header = readStoredHeader(stored);
  if (header.transferSyntaxUid !== arrived.transferSyntaxUid) return false;
  const one = openSync(stored, 'r');
  const other = openSync(arrived.path, 'r');
  try {
    return sameBytes(
      from(fileRanges(one), header.datasetOffset),
      from(fileRanges(other), arrived.datasetOffset),
    );
  } finally {
    closeSync(one);
    closeSync(other);
  }
}

export function sameBytes(one: ByteRanges, other: ByteRanges): boolean {
  if (one.size !== other.size) return false;
  for (let at = 0; at < one.size; at += stepBytes) {
    if (!one.read(at, stepBytes).equals(other.read(at, stepBytes))) return false;
  }
  return true;
}

function from(ranges: ByteRanges, start: number): ByteRanges {
  return { size: ranges.size - start, read: (offset, length) => ranges.read(start + offset, length) };
}
