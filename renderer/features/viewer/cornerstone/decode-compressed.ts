import { Enums, getWebWorkerManager } from '@cornerstonejs/core';
import { isChromaHalved } from '../pixels/read-native.ts';
import { clampToStored, declaredBits } from '../pixels/decoded-bits.ts';
import { markRgb } from '../pixels/jpeg-colours.ts';
import { precisionOf } from '../pixels/jpeg-markers.ts';
import { FrameError, interleave, sampleCount, type PixelLayout, type Samples } from '../pixels/samples.ts';

export interface Decoded {
  readonly samples: Samples;
  /** How the decoder left the colours: it may have undone a transform of the stream. */
  readonly photometricInterpretation: string;
}

/** Decodes one compressed frame in a worker, with the codecs of cornerstone's image loader. */
export async function decodeCompressed(
  { bytes, transferSyntaxUid }: { readonly bytes: Uint8Array; readonly transferSyntaxUid: string },
  layout: PixelLayout,
  urgent: boolean,
): Promise<Decoded> {
  const isJpeg = transferSyntaxUid === jpegBaseline;
  const frame = await decodeInWorker({
    // The worker would cut values by the stored bits, whatever they are.
    imageFrame: { ...layout, planarConfiguration: 0, bitsStored: layout.bitsAllocated },
    transferSyntax: transferSyntaxUid,
    pixelData: isJpeg ? markRgb(bytes, layout.photometricInterpretation) : bytes,
    requestType: urgent ? Enums.RequestType.Interaction : Enums.RequestType.Prefetch,
  });
  if (frame.pixelData.length !== sampleCount(layout)) throw new FrameError(otherSize(frame, layout));
  const keep = lossySyntaxes.has(transferSyntaxUid) ? clampToStored : declaredBits;
  const isPlanar = frame.interleaveMode === 0 && layout.samplesPerPixel > 1;
  const pixels = isPlanar ? interleave(frame.pixelData, layout.samplesPerPixel) : frame.pixelData;
  return {
    samples: keep(withoutBias(pixels, bytes, transferSyntaxUid), layout),
    photometricInterpretation: coloursAfter(layout, isJpeg),
  };
}

const jpegBaseline = '1.2.840.10008.1.2.4.50';
const jpegExtended = '1.2.840.10008.1.2.4.51';

/** JPEG baseline and extended, JPEG-LS near-lossless, JPEG 2000, HTJ2K, JPEG XL. */
const lossySyntaxes: ReadonlySet<string> = new Set(
  ['50', '51', '81', '91', '203', '111', '112'].map((last) => `1.2.840.10008.1.2.4.${last}`),
);

interface WorkerFrame {
  readonly pixelData: Samples;
  readonly rows: number;
  readonly columns: number;
  /** JPEG-LS: 0 where each colour was coded on its own, and comes on its own. */
  readonly interleaveMode?: number;
}

async function decodeInWorker({
  requestType,
  ...task
}: {
  readonly imageFrame: PixelLayout;
  readonly transferSyntax: string;
  readonly pixelData: Uint8Array;
  readonly requestType: Enums.RequestType;
}): Promise<WorkerFrame> {
  try {
    const answer: unknown = await getWebWorkerManager().executeTask(
      'dicomImageLoader',
      'decodeTask',
      // Scaling and colours are ours: the worker only undoes the compression.
      { ...task, options: { preScale: { enabled: false } } },
      { requestType },
    );
    return answer as WorkerFrame; // what `decodeTask` answers
  } catch (cause) {
    throw new FrameError(`The decoder said: ${wordsOf(cause)}`, { cause });
  }
}

// The codecs throw errors, strings, and numbers of C++ exceptions.
function wordsOf(cause: unknown): string {
  if (cause instanceof Error) return cause.message;
  return typeof cause === 'string' ? cause : 'the stream is damaged';
}

function otherSize({ rows, columns, pixelData }: WorkerFrame, layout: PixelLayout): string {
  const announced = `${layout.columns} × ${layout.rows} × ${layout.samplesPerPixel}`;
  return `The compressed picture has ${pixelData.length} samples (${columns} × ${rows}), the data set announces ${announced}.`;
}

/**
 * The worker's decoder of 12-bit JPEG lifts samples to their middle by 2056 · 4095 / 255 sixteenths,
 * which is 2063, where the middle is 2048: every pixel comes out 15 too bright.
 */
function withoutBias(samples: Samples, stream: Uint8Array, transferSyntaxUid: string): Samples {
  if (transferSyntaxUid !== jpegExtended || precisionOf(stream) !== 12) return samples;
  return Int16Array.from(samples, (value) => value - 15);
}

function coloursAfter(layout: PixelLayout, isJpeg: boolean): string {
  if (layout.samplesPerPixel !== 3) return layout.photometricInterpretation;
  if (isJpeg) return 'RGB';
  return isChromaHalved(layout) ? 'YBR_FULL' : layout.photometricInterpretation;
}
