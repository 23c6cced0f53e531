import { storage } from './storage-failure.ts';

/** Far more than an object of one segment can hold. */
const maximumBytes = 1024 * 1024 * 1024;

/**
 * Decodes the one segment of an RLE frame whose pixels are bits (PS3.5 §G.3.2).
 *
 * @throws FailureError storage/unreadable
 */
export function decodeRle(bytes: Buffer): Uint8Array {
  if (bytes.length < 64 || bytes.readUInt32LE(0) !== 1) throw storage('unreadable', 'not RLE of one segment');
  const segment = bytes.subarray(bytes.readUInt32LE(4));
  const runs: Uint8Array[] = [];
  let length = 0;
  let at = 0;
  while (at + 1 < segment.length && length < maximumBytes) {
    const control = segment.readInt8(at);
    const run = runAt(segment, at + 1, control);
    runs.push(run);
    length += run.length;
    at += control >= 0 ? control + 2 : control === -128 ? 1 : 2;
  }
  return Buffer.concat(runs);
}

function runAt(segment: Buffer, at: number, control: number): Uint8Array {
  if (control >= 0) return segment.subarray(at, at + control + 1);
  if (control === -128) return new Uint8Array(0);
  return new Uint8Array(1 - control).fill(segment[at] ?? 0);
}
