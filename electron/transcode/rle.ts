import type { ImageShape } from './image-facts.ts';
import { damaged } from './transcode-failure.ts';

const headerBytes = 64;
const longestRun = 128;

/**
 * Decodes a frame of RLE (PS3.5 Annex G): a segment for each byte of each sample, the highest byte
 * first, into samples side by side, the lowest byte first.
 *
 * @throws FailureError unless each segment gives exactly its share of the frame
 */
export function decodeRle(stream: Buffer, shape: ImageShape): Uint8Array<ArrayBuffer> {
  const bytesPerSample = shape.bitsAllocated / 8;
  const segments = shape.samplesPerPixel * bytesPerSample;
  const pixels = shape.rows * shape.columns;
  if (stream.length < headerBytes || stream.readUInt32LE(0) !== segments) {
    throw damaged(`RLE without the ${segments} segments of its image`);
  }
  const frame = new Uint8Array(pixels * segments);
  for (let index = 0; index < segments; index += 1) {
    const start = stream.readUInt32LE(4 + index * 4);
    const end = index + 1 < segments ? stream.readUInt32LE(8 + index * 4) : stream.length;
    if (start < headerBytes || end < start || end > stream.length)
      throw damaged('an RLE segment is cut short');
    const bytes = unpack(stream.subarray(start, end), pixels);
    const first = placeOf(index, bytesPerSample);
    for (let pixel = 0; pixel < pixels; pixel += 1) frame[first + pixel * segments] = bytes[pixel] ?? 0;
  }
  return frame;
}

/** Encodes a frame; no run goes beyond the end of a row (PS3.5 §G.3.1). */
export function encodeRle(frame: Uint8Array, shape: ImageShape): Uint8Array<ArrayBuffer> {
  const bytesPerSample = shape.bitsAllocated / 8;
  const segments = shape.samplesPerPixel * bytesPerSample;
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(segments, 0);
  const parts: Uint8Array[] = [header];
  let length = headerBytes;
  for (let index = 0; index < segments; index += 1) {
    header.writeUInt32LE(length, 4 + index * 4);
    const first = placeOf(index, bytesPerSample);
    const bytes = new Uint8Array(shape.rows * shape.columns);
    for (let pixel = 0; pixel < bytes.length; pixel += 1) bytes[pixel] = frame[first + pixel * segments] ?? 0;
    const packed = pack(bytes, shape.columns);
    parts.push(packed);
    length += packed.length;
  }
  return Uint8Array.from(Buffer.concat(parts));
}

/** Where a segment's bytes are in a pixel: little endian against the segments' highest first. */
function placeOf(segment: number, bytesPerSample: number): number {
  const sample = Math.floor(segment / bytesPerSample);
  return sample * bytesPerSample + (bytesPerSample - 1 - (segment % bytesPerSample));
}

/** PS3.5 §G.3.2. */
function unpack(packed: Buffer, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  let filled = 0;
  while (filled < length && at < packed.length) {
    const run = runAt(packed, at);
    if (filled + run.count > length || at + run.bytes > packed.length)
      throw damaged('an RLE run goes too far');
    if (run.isLiteral) bytes.set(packed.subarray(at + 1, at + run.bytes), filled);
    else bytes.fill(packed[at + 1] ?? 0, filled, filled + run.count);
    at += run.bytes;
    filled += run.count;
  }
  if (filled < length) throw damaged('an RLE segment is cut short');
  return bytes;
}

/** How many bytes it makes, and how many it has, its control byte included. */
function runAt(packed: Buffer, at: number): { isLiteral: boolean; count: number; bytes: number } {
  const control = packed.readInt8(at);
  if (control >= 0) return { isLiteral: true, count: control + 1, bytes: control + 2 };
  // -128 says nothing.
  return control === -128
    ? { isLiteral: false, count: 0, bytes: 1 }
    : { isLiteral: false, count: 1 - control, bytes: 2 };
}

/** PS3.5 §G.3.1: three equal bytes or more make a run; the segment is of even length. */
function pack(bytes: Uint8Array, rowLength: number): Uint8Array {
  // A literal run costs one byte more than it holds, at worst one for each row and each 128.
  const packed = new Uint8Array(
    bytes.length + Math.ceil(bytes.length / rowLength) * (Math.ceil(rowLength / longestRun) + 1) + 1,
  );
  let length = 0;
  for (let row = 0; row < bytes.length; row += rowLength) {
    const end = row + rowLength;
    let literals = row;
    let at = row;
    while (at < end) {
      const run = runLength(bytes, at, end);
      if (run < 3) {
        at += run;
        continue;
      }
      length = putLiterals(packed, length, bytes.subarray(literals, at));
      packed[length] = 257 - run;
      packed[length + 1] = bytes[at] ?? 0;
      length += 2;
      at += run;
      literals = at;
    }
    length = putLiterals(packed, length, bytes.subarray(literals, end));
  }
  return packed.subarray(0, length + (length % 2));
}

function runLength(bytes: Uint8Array, at: number, end: number): number {
  const furthest = Math.min(end, at + longestRun);
  let next = at + 1;
  while (next < furthest && bytes[next] === bytes[at]) next += 1;
  return next - at;
}

function putLiterals(packed: Uint8Array, offset: number, literals: Uint8Array): number {
  let length = offset;
  for (let at = 0; at < literals.length; at += longestRun) {
    const piece = literals.subarray(at, at + longestRun);
    packed[length] = piece.length - 1;
    packed.set(piece, length + 1);
    length += 1 + piece.length;
  }
  return length;
}
