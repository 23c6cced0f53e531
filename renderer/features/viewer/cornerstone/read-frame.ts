import type { ImageDescription } from '../../../../electron/contract/archive.ts';
import { decodeRle } from '../pixels/decode-rle.ts';
import { paletteToRgb } from '../pixels/palette-to-rgb.ts';
import { readNative } from '../pixels/read-native.ts';
import { FrameError, type Samples } from '../pixels/samples.ts';
import { keepStoredBits } from '../pixels/stored-bits.ts';
import { toRgb } from '../pixels/to-rgb.ts';
import { decodeCompressed, type Decoded } from './decode-compressed.ts';

/** A frame's bytes as the archive gave them. */
export interface FrameBytes {
  readonly bytes: Uint8Array;
  readonly transferSyntaxUid: string;
}

export type Pixels =
  | { readonly kind: 'greys'; readonly samples: Samples }
  | { readonly kind: 'rgb'; readonly rgb: Uint8Array<ArrayBuffer> };

/** From a frame's bytes to its stored values, or to its colours. @throws FrameError */
export async function readFrame(
  frame: FrameBytes,
  image: ImageDescription,
  urgent: boolean,
): Promise<Pixels> {
  if (frame.bytes.length === 0) throw new FrameError('The frame has no pixel data.');
  const { photometricInterpretation, samples } = await uncompress(frame, image, urgent);
  if (photometricInterpretation === 'PALETTE COLOR') {
    return { kind: 'rgb', rgb: paletteToRgb(samples, image.palette) };
  }
  if (image.samplesPerPixel === 1) return { kind: 'greys', samples };
  return { kind: 'rgb', rgb: toRgb(samples, { ...image, photometricInterpretation }) };
}

async function uncompress(
  { bytes, transferSyntaxUid }: FrameBytes,
  image: ImageDescription,
  urgent: boolean,
): Promise<Decoded> {
  const { photometricInterpretation } = image;
  switch (transferSyntaxUid) {
    case explicitLittleEndian: // all that is native, and bits of any syntax
      return { samples: keepStoredBits(readNative(bytes, image), image), photometricInterpretation };
    case rleLossless:
      return { samples: keepStoredBits(decodeRle(bytes, image), image), photometricInterpretation };
    default:
      return decodeCompressed({ bytes, transferSyntaxUid }, image, urgent);
  }
}

const explicitLittleEndian = '1.2.840.10008.1.2.1';
const rleLossless = '1.2.840.10008.1.2.5';
