import { closeSync, openSync } from 'node:fs';
import { type HeaderFacts, readHeaderFacts } from '../dataset/index.ts';
import { fileRanges } from './read-range.ts';

/** More than group 0002 and the UIDs of a file that we wrote. */
const headerBytes = 16 * 1024;

/** Reads the header of a file that we wrote, from its first bytes. */
export function readStoredHeader(path: string, bytes = headerBytes): HeaderFacts {
  const descriptor = openSync(path, 'r');
  try {
    return readHeaderFacts(fileRanges(descriptor).read(0, bytes));
  } finally {
    closeSync(descriptor);
  }
}
