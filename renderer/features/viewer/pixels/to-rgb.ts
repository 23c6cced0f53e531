import { FrameError, type PixelLayout, type Samples } from './samples.ts';

/** Colours a frame's samples as 8-bit RGB, by its Photometric Interpretation (PS3.3 §C.7.6.3.1.2). */
export function toRgb(samples: Samples, layout: PixelLayout): Uint8Array<ArrayBuffer> {
  const bytes = toBytes(samples, layout.bitsStored);
  switch (layout.photometricInterpretation) {
    case 'RGB':
    // The decoders of JPEG 2000 undo these two transforms themselves.
    case 'YBR_RCT':
    case 'YBR_ICT':
      return bytes;
    case 'YBR_FULL':
    case 'YBR_FULL_422':
      return fromYbr(bytes, { luma: 1, black: 0, chroma: 1 });
    case 'YBR_PARTIAL_422':
    case 'YBR_PARTIAL_420':
      return fromYbr(bytes, { luma: 255 / 219, black: 16, chroma: 255 / 224 });
    default:
      throw new FrameError(`Colours as ${layout.photometricInterpretation || 'nothing'} are not supported.`);
  }
}

function toBytes(samples: Samples, bitsStored: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(samples.length);
  const scale = bitsStored > 8 ? 2 ** (bitsStored - 8) : 1;
  for (let index = 0; index < samples.length; index++) bytes[index] = (samples[index] ?? 0) / scale;
  return bytes;
}

/** The inverse of PS3.3 §C.7.6.3.1.2's equations, in place. */
function fromYbr(
  bytes: Uint8Array<ArrayBuffer>,
  { luma, black, chroma }: { readonly luma: number; readonly black: number; readonly chroma: number },
): Uint8Array<ArrayBuffer> {
  const clamped = new Uint8ClampedArray(bytes.buffer);
  for (let at = 0; at + 2 < bytes.length; at += 3) {
    const y = ((bytes[at] ?? 0) - black) * luma;
    const cb = ((bytes[at + 1] ?? 0) - 128) * chroma;
    const cr = ((bytes[at + 2] ?? 0) - 128) * chroma;
    clamped[at] = y + 1.402 * cr;
    clamped[at + 1] = y - 0.344136 * cb - 0.714136 * cr;
    clamped[at + 2] = y + 1.772 * cb;
  }
  return bytes;
}
