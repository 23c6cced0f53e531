import {
  closeSync,
  createReadStream,
  createWriteStream,
  openSync,
  fsyncSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createDeflateRaw } from 'node:zlib';

/** The second name that a job writes under: whoever stops it removes both. */
export function deflatedName(part: string): string {
  return `${part}.deflated`;
}

/**
 * Deflates a file from its data set on (PS3.5 §A.5), which begins at `datasetOffset`, in place.
 *
 * @returns the file's new length
 */
export async function deflateFile(part: string, datasetOffset: number): Promise<number> {
  const name = deflatedName(part);
  await pipeline(
    createReadStream(part, { start: 0, end: datasetOffset - 1 }),
    createWriteStream(name, { flags: 'wx', mode: 0o600 }),
  );
  await pipeline(
    createReadStream(part, { start: datasetOffset }),
    createDeflateRaw(),
    createWriteStream(name, { flags: 'a' }),
  );
  const descriptor = openSync(name, 'r+');
  try {
    const bytes = statSync(name).size;
    const isOdd = (bytes - datasetOffset) % 2 === 1;
    // What is behind the stream's own end is not read.
    if (isOdd) writeSync(descriptor, Buffer.alloc(1), 0, 1, bytes);
    fsyncSync(descriptor);
    renameSync(name, part);
    return isOdd ? bytes + 1 : bytes;
  } finally {
    closeSync(descriptor);
  }
}
