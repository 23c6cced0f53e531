import { CodecError, type CodecImage, type CodecOperation, type Codecs } from './codecs-module.ts';
import { type CodestreamHeader, readJpeg2000Header, readJpegHeader } from './codestream.ts';
import { bytesPerFrame, type ImageShape } from './image-facts.ts';
import { decodeRle } from './rle.ts';
import { interleaved, signExtended, widened } from './samples.ts';
import type { Codec } from './syntaxes.ts';
import { damaged, notTranscodable } from './transcode-failure.ts';

/**
 * One frame as native pixels: little endian, the samples of a pixel side by side, of its length to the
 * byte. What the stream says of itself must be what the data set says.
 *
 * @throws CodecError, FailureError
 */
export function decodeFrame(
  codecs: Codecs,
  codec: Codec,
  stream: Buffer,
  shape: ImageShape,
): Uint8Array<ArrayBuffer> {
  const frame = codec === 'rle' ? decodeRle(stream, shape) : decodeStream(codecs, codec, stream, shape);
  const expected = bytesPerFrame(shape);
  if (frame.length !== expected) throw damaged(`a frame of ${frame.length} bytes, not ${expected}`);
  return frame;
}

/** Of what the frame is labelled as once it's decoded (PS3.3 §C.7.6.3.1.2). */
export function decodedPhotometricInterpretation(codec: Codec, stream: Buffer, shape: ImageShape): string {
  const { photometricInterpretation: stored, samplesPerPixel } = shape;
  if (samplesPerPixel === 1) return stored;
  switch (codec) {
    case 'jpeg':
      return /^YBR_FULL(_422)?$/.test(stored) ? 'RGB' : stored;
    case 'j2k':
    case 'htj2k':
      return readJpeg2000Header(stream).colourTransform || /^YBR_(RCT|ICT)$/.test(stored) ? 'RGB' : stored;
    case 'rle':
    case 'jpeg-lossless':
    case 'jpeg-ls':
      return stored;
  }
}

const operations: Readonly<Record<Exclude<Codec, 'rle'>, CodecOperation>> = {
  jpeg: 'DecodeJpeg',
  'jpeg-lossless': 'DecodeJpeg',
  'jpeg-ls': 'DecodeJpegLs',
  j2k: 'DecodeJpeg2000',
  htj2k: 'DecodeHtJpeg2000',
};

function decodeStream(
  codecs: Codecs,
  codec: Exclude<Codec, 'rle'>,
  stream: Buffer,
  shape: ImageShape,
): Uint8Array<ArrayBuffer> {
  const header = codec === 'j2k' || codec === 'htj2k' ? readJpeg2000Header(stream) : readJpegHeader(stream);
  checkHeader(header, shape);
  if (codec === 'j2k') checkJpeg2000(header);
  if (codec === 'htj2k') checkHtj2k(header, shape);
  const bytesPerSample = codec === 'htj2k' ? shape.bitsAllocated / 8 : bytesFor(header.precision);
  const image = imageOf(shape, header, bytesPerSample);
  const parameters = { ConvertColorspaceToRgb: becomesRgb(codec, shape) ? 1 : 0 };
  const run = (input: Buffer) => codecs.run(operations[codec], image, { input, parameters });
  const decoded = codec === 'jpeg-ls' ? toItsEnd(stream, run) : run(stream);
  const { samplesPerPixel } = shape;
  const isByPlane = header.byPlane && codec === 'jpeg-ls';
  const bySample = isByPlane ? interleaved(decoded, { samplesPerPixel, bytesPerSample }) : decoded;
  return withSigns(inAllocatedBits(bySample, bytesPerSample, shape), header, shape);
}

function imageOf(shape: ImageShape, header: CodestreamHeader, bytesPerSample: number): CodecImage {
  return {
    rows: shape.rows,
    columns: shape.columns,
    samplesPerPixel: shape.samplesPerPixel,
    bitsAllocated: bytesPerSample * 8,
    bitsStored: header.precision,
    signed: header.signed,
    rgb: false,
  };
}

/** Some encoders make the length even by a byte before the end marker, where CharLS takes none. */
function toItsEnd(stream: Buffer, run: (input: Buffer) => Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  // CharLS may look for the end for ever where there is none.
  const end = stream.lastIndexOf('ffd9', undefined, 'hex');
  if (end < 0 || end + 3 < stream.length) throw damaged('a frame is cut short');
  try {
    return run(stream);
  } catch (thrown) {
    if (!(thrown instanceof CodecError) || stream[end - 1] !== 0) throw thrown;
    return run(Buffer.concat([stream.subarray(0, end - 1), stream.subarray(end)]));
  }
}

function bytesFor(precision: number): number {
  return precision <= 8 ? 1 : 2;
}

function becomesRgb(codec: Codec, { samplesPerPixel, photometricInterpretation }: ImageShape): boolean {
  return codec === 'jpeg' && samplesPerPixel === 3 && photometricInterpretation !== 'RGB';
}

function inAllocatedBits(
  frame: Uint8Array<ArrayBuffer>,
  bytesPerSample: number,
  { bitsAllocated }: ImageShape,
): Uint8Array<ArrayBuffer> {
  return bytesPerSample * 8 < bitsAllocated ? widened(frame) : frame;
}

/** JPEG's and JPEG-LS's samples have no sign: the bits above the stored ones are empty then. */
function withSigns(
  frame: Uint8Array<ArrayBuffer>,
  { signed, precision }: CodestreamHeader,
  { pixelRepresentation, bitsStored, bitsAllocated }: ImageShape,
): Uint8Array<ArrayBuffer> {
  const isLacking = pixelRepresentation === 1 && !signed && precision < bitsAllocated;
  return isLacking ? signExtended(frame, bitsStored, bitsAllocated) : frame;
}

/** The decoders believe the caller, and write beyond their buffers or leave them empty where it's wrong. */
function checkHeader({ rows, columns, components, precision }: CodestreamHeader, shape: ImageShape): void {
  if (rows !== shape.rows || columns !== shape.columns || components !== shape.samplesPerPixel) {
    const said = `${shape.columns} x ${shape.rows} x ${shape.samplesPerPixel}`;
    throw damaged(`a frame of ${columns} x ${rows} x ${components} in an image of ${said}`);
  }
  if (precision < 2 || precision > shape.bitsAllocated) {
    throw damaged(`a frame of ${precision} bits in an image of ${shape.bitsAllocated}`);
  }
}

/** Of three components, the codecs' module takes one byte each. */
function checkJpeg2000({ components, precision }: CodestreamHeader): void {
  if (components > 1 && precision > 8) throw notTranscodable(`JPEG 2000 in colour of ${precision} bits`);
}

/** The codecs' module clamps to the range that the caller says. */
function checkHtj2k({ signed }: CodestreamHeader, { pixelRepresentation, bitsAllocated }: ImageShape): void {
  if (signed !== (pixelRepresentation === 1)) throw damaged('the signs of a frame and its image differ');
  if (signed && bitsAllocated === 8) throw notTranscodable('HTJ2K of signed bytes');
}
