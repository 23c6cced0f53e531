import { FrameError, sampleCount, type PixelLayout, type Samples } from './samples.ts';

/**
 * Decodes one RLE Lossless frame (PS3.5 Annex G): a segment per byte of a sample, most significant
 * byte first, sample by sample. A segment that ends early leaves zeros.
 */
export function decodeRle(bytes: Uint8Array, layout: PixelLayout): Samples {
  const width = Math.max(1, layout.bitsAllocated >> 3);
  const wanted = width * layout.samplesPerPixel;
  const pixels = layout.rows * layout.columns;
  const segments = segmentsOf(bytes);
  if (segments.length < wanted) {
    throw new FrameError(`The RLE frame has ${segments.length} segments, ${wanted} are needed.`);
  }
  const raw = new Uint8Array(sampleCount(layout) * width);
  segments.slice(0, wanted).forEach((segment, index) => {
    const sample = Math.floor(index / width);
    const byte = width - 1 - (index % width); // little endian in memory
    unpack(segment, raw, { first: sample * width + byte, step: wanted, count: pixels });
  });
  return typed(raw, layout);
}

/** PS3.5 §G.5: the number of segments, then the offset of each, 64 bytes in all. */
function segmentsOf(bytes: Uint8Array): readonly Uint8Array[] {
  if (bytes.length < 64) throw new FrameError('The RLE frame is shorter than its header.');
  const header = new DataView(bytes.buffer, bytes.byteOffset, 64);
  const count = header.getUint32(0, true);
  if (count > 15) throw new FrameError(`The RLE frame announces ${count} segments, 15 are possible.`);
  const offsets = Array.from({ length: count }, (_, index) => header.getUint32(4 + index * 4, true));
  return offsets.map((offset, index) => bytes.subarray(offset, offsets[index + 1] ?? bytes.length));
}

interface Places {
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

/** PS3.5 §G.3.2: a count from 0 to 127 copies, one from -1 to -127 repeats, -128 does nothing. */
function unpack(segment: Uint8Array, into: Uint8Array, { first, step, count }: Places): void {
  let left = count;
  for (let at = 0; at < segment.length && left > 0;) {
    const control = segment[at] ?? nothing;
    const copies = control < nothing;
    const run = control === nothing ? 0 : Math.min(left, copies ? control + 1 : 257 - control);
    const out = first + (count - left) * step;
    for (let index = 0; index < run; index++) {
      into[out + index * step] = segment[at + 1 + (copies ? index : 0)] ?? 0;
    }
    left -= run;
    at += 1 + (copies ? run : Math.min(run, 1));
  }
}

const nothing = 128;

function typed(raw: Uint8Array<ArrayBuffer>, { bitsAllocated, pixelRepresentation }: PixelLayout): Samples {
  const signed = pixelRepresentation === 1;
  switch (bitsAllocated) {
    case 8:
      return signed ? new Int8Array(raw.buffer) : raw;
    case 16:
      return signed ? new Int16Array(raw.buffer) : new Uint16Array(raw.buffer);
    case 32:
      return signed ? new Int32Array(raw.buffer) : new Uint32Array(raw.buffer);
    default:
      throw new FrameError(`RLE pixels of ${bitsAllocated} bits are not supported.`);
  }
}
