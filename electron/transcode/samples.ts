import type { ImageShape } from './image-facts.ts';

/** Samples of a pixel side by side instead of plane after plane (PS3.3 §C.7.6.3.1.3). */
export function interleaved(
  planes: Uint8Array,
  { samplesPerPixel, bytesPerSample }: { readonly samplesPerPixel: number; readonly bytesPerSample: number },
): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(planes.length);
  const planeBytes = planes.length / samplesPerPixel;
  const pixelBytes = samplesPerPixel * bytesPerSample;
  for (let sample = 0; sample < samplesPerPixel; sample += 1) {
    for (let byte = 0; byte < bytesPerSample; byte += 1) {
      let to = sample * bytesPerSample + byte;
      const end = (sample + 1) * planeBytes;
      for (let from = sample * planeBytes + byte; from < end; from += bytesPerSample) {
        pixels[to] = planes[from] ?? 0;
        to += pixelBytes;
      }
    }
  }
  return pixels;
}

/** Each byte becomes a sample of 16 bits, little endian. */
export function widened(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const wide = new Uint8Array(bytes.length * 2);
  for (let index = 0; index < bytes.length; index += 1) wide[index * 2] = bytes[index] ?? 0;
  return wide;
}

/** Repeats the sign, bit `bits` - 1, in all bits above it, as a signed number must. */
export function signExtended(
  bytes: Uint8Array<ArrayBuffer>,
  bits: number,
  bitsAllocated: number,
): Uint8Array<ArrayBuffer> {
  const samples = bitsAllocated === 8 ? new Int8Array(bytes.buffer) : new Int16Array(bytes.buffer);
  const shift = 32 - bits;
  for (let index = 0; index < samples.length; index += 1) {
    samples[index] = ((samples[index] ?? 0) << shift) >> shift;
  }
  return bytes;
}

/** Whether every sample is a number of `bitsStored` bits, with nothing else above them. */
export function fitsStoredBits(
  bytes: Uint8Array<ArrayBuffer>,
  { bitsAllocated, bitsStored }: ImageShape,
  signed: boolean,
): boolean {
  const samples = typedSamples(bytes, bitsAllocated, signed);
  const lowest = signed ? -(2 ** (bitsStored - 1)) : 0;
  const highest = signed ? 2 ** (bitsStored - 1) - 1 : 2 ** bitsStored - 1;
  return samples.every((sample) => sample >= lowest && sample <= highest);
}

/** From the lowest to the highest sample. */
export function rangeOf(
  bytes: Uint8Array<ArrayBuffer>,
  { bitsAllocated, pixelRepresentation }: ImageShape,
): number {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const sample of typedSamples(bytes, bitsAllocated, pixelRepresentation === 1)) {
    lowest = Math.min(lowest, sample);
    highest = Math.max(highest, sample);
  }
  return highest - lowest;
}

function typedSamples(
  { buffer, byteOffset, length }: Uint8Array<ArrayBuffer>,
  bitsAllocated: number,
  signed: boolean,
): Int8Array | Int16Array | Uint8Array | Uint16Array {
  if (bitsAllocated === 8) {
    return signed ? new Int8Array(buffer, byteOffset, length) : new Uint8Array(buffer, byteOffset, length);
  }
  const count = Math.floor(length / 2);
  return signed ? new Int16Array(buffer, byteOffset, count) : new Uint16Array(buffer, byteOffset, count);
}
