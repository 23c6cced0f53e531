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
    return sameFrom(fileRanges(one), header.datasetOffset, fileRanges(other), arrived.datasetOffset);
  } finally {
    closeSync(one);
    closeSync(other);
  }
}

function sameFrom(one: ByteRanges, oneOffset: number, other: ByteRanges, otherOffset: number): boolean {
  const length = one.size - oneOffset;
  if (length !== other.size - otherOffset) return false;
  for (let at = 0; at < length; at += stepBytes) {
    if (!one.read(oneOffset + at, stepBytes).equals(other.read(otherOffset + at, stepBytes))) return false;
  }
  return true;
}
