import { expandHalvedChroma } from './halved-chroma.ts';
import { FrameError, interleave, sampleCount, type PixelLayout, type Samples } from './samples.ts';

/** Reads one frame of native pixel data (PS3.5 §8.2), little endian and whole, as the archive gives it. */
export function readNative(bytes: Uint8Array, layout: PixelLayout): Samples {
  const halved = isChromaHalved(layout);
  const count = halved ? layout.rows * layout.columns * 2 : sampleCount(layout);
  const expected = (count * layout.bitsAllocated) / 8;
  if (bytes.length !== expected) {
    throw new FrameError(`The frame has ${bytes.length} bytes, ${expected} are needed.`);
  }
  const samples = readSamples(aligned(bytes), layout);
  if (halved) return expandHalvedChroma(samples, layout);
  const planar = layout.samplesPerPixel > 1 && layout.planarConfiguration === 1;
  return planar ? interleave(samples, layout.samplesPerPixel) : samples;
}

/** Whether two pixels share their chroma samples while they are not compressed. */
export function isChromaHalved({ photometricInterpretation, samplesPerPixel }: PixelLayout): boolean {
  const halves = ['YBR_FULL_422', 'YBR_PARTIAL_422'];
  return samplesPerPixel === 3 && halves.includes(photometricInterpretation);
}

function readSamples(buffer: ArrayBuffer, { bitsAllocated, pixelRepresentation }: PixelLayout): Samples {
  const signed = pixelRepresentation === 1;
  switch (bitsAllocated) {
    case 8:
      return signed ? new Int8Array(buffer) : new Uint8Array(buffer);
    case 16:
      return signed ? new Int16Array(buffer) : new Uint16Array(buffer);
    case 32:
      return signed ? new Int32Array(buffer) : new Uint32Array(buffer);
    default:
      throw new FrameError(`Pixels of ${bitsAllocated} bits are not supported.`);
  }
}

/** The bytes alone in a buffer: typed arrays must begin at a multiple of their width. */
function aligned({ buffer, byteLength, byteOffset }: Uint8Array): ArrayBuffer {
  if (buffer instanceof ArrayBuffer && byteOffset === 0 && buffer.byteLength === byteLength) return buffer;
  return new Uint8Array(buffer, byteOffset, byteLength).slice().buffer;
}
