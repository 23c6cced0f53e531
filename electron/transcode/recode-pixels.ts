import {
  type ByteOrder,
  explicitLittleEndian,
  encodingOf,
  itemTag,
  sequenceDelimiterTag,
  undefinedLength,
} from '../dataset/index.ts';
import { CodecError, type Codecs } from './codecs-module.ts';
import { decodeFrame } from './decode-frame.ts';
import { pixelDataTag } from './element-vr.ts';
import { encodeFrame } from './encode-frame.ts';
import { GrowingBytes } from './growing-bytes.ts';
import { bytesPerFrame, type ImageShape } from './image-facts.ts';
import type { PartFile } from './part-file.ts';
import type { RecodePlan } from './recode-plan.ts';
import { notTranscodable } from './transcode-failure.ts';
import { swapped } from './value-order.ts';

export interface Recoding {
  readonly plan: RecodePlan;
  readonly codecs: Codecs;
  /** Decode what was encoded without loss, and compare. */
  readonly verify: boolean;
  readonly onFrame: () => void;
}

const headerLimitBytes = 1024 * 1024;
const littleEndian: ByteOrder = encodingOf(explicitLittleEndian);

/**
 * Writes Pixel Data, its header and all, frame by frame.
 *
 * @returns how many bytes the compressed frames have together
 * @throws FailureError
 */
export function writePixels(recoding: Recoding, out: PartFile, to: ByteOrder): number {
  return recoding.plan.encode === null ? writeNative(recoding, out, to) : writeEncapsulated(recoding, out);
}

/** With a Basic Offset Table, which is filled in at the end (PS3.5 §A.4). */
function writeEncapsulated(recoding: Recoding, out: PartFile): number {
  const { count } = recoding.plan.frames;
  out.write(headerOf(pixelDataTag, 'OB', undefinedLength, littleEndian));
  out.write(headerOf(itemTag, '', count * 4, littleEndian));
  const tableAt = out.position;
  const table = Buffer.alloc(count * 4);
  out.write(table);
  const first = out.position;
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    const offset = out.position - first;
    if (offset >= undefinedLength)
      throw notTranscodable('more compressed pixel data than an offset table can tell');
    table.writeUInt32LE(offset, index * 4);
    const stream = encodedFrame(recoding, index);
    out.write(headerOf(itemTag, '', stream.length + (stream.length % 2), littleEndian));
    out.write(stream);
    if (stream.length % 2 === 1) out.write(Buffer.alloc(1));
    total += stream.length;
    recoding.onFrame();
  }
  out.writeAt(tableAt, table);
  out.write(headerOf(sequenceDelimiterTag, '', 0, littleEndian));
  return total;
}

function writeNative(recoding: Recoding, out: PartFile, to: ByteOrder): number {
  const { frames, decoded } = recoding.plan;
  const total = bytesPerFrame(decoded) * frames.count;
  if (total >= undefinedLength - 1) throw notTranscodable('more pixel data than a length can tell');
  const isBytes = decoded.bitsAllocated <= 8;
  out.write(headerOf(pixelDataTag, isBytes ? 'OB' : 'OW', total + (total % 2), to));
  for (let index = 0; index < frames.count; index += 1) {
    const frame = decodedFrame(recoding, index);
    out.write(to.bigEndian && !isBytes ? swapped(frame, 2) : frame);
    recoding.onFrame();
  }
  if (total % 2 === 1) out.write(Buffer.alloc(1));
  return total;
}

function decodedFrame({ plan, codecs }: Recoding, index: number): Uint8Array<ArrayBuffer> {
  const stored = plan.frames.read(index);
  const { decode } = plan;
  if (decode === null) return Uint8Array.from(stored);
  return telling(
    () => decodeFrame(codecs, decode, stored, plan.stored),
    () => notTranscodable(`frame ${index + 1} can't be decoded`),
  );
}

function encodedFrame(recoding: Recoding, index: number): Uint8Array {
  const { plan, codecs, verify } = recoding;
  const { encode: encoder, decoded: shape } = plan;
  if (encoder === null) throw new TypeError('nothing to encode');
  const frame = decodedFrame(recoding, index);
  const stream = telling(
    () => encodeFrame(codecs, encoder, frame, shape),
    () => notTranscodable(`frame ${index + 1} is beyond the codec`),
  );
  if (verify) {
    const again = telling(
      () => decodeFrame(codecs, encoder.codec, Buffer.from(stream), plan.written),
      () => notTranscodable(`frame ${index + 1} could not be read again`),
    );
    if (encoder.quality === null && !isSame(frame, again, shape)) {
      throw notTranscodable(`frame ${index + 1} did not come out the same again`);
    }
  }
  return stream;
}

function isSame(one: Uint8Array, other: Uint8Array, shape: ImageShape): boolean {
  return one.length === bytesPerFrame(shape) && Buffer.from(one.buffer).equals(other);
}

/** A codec's own words stay here: they're about its inside. */
function telling<Value>(work: () => Value, failure: () => Error): Value {
  try {
    return work();
  } catch (thrown) {
    throw thrown instanceof CodecError ? failure() : thrown;
  }
}

function headerOf(tag: number, vr: string, length: number, order: ByteOrder): Buffer {
  const bytes = new GrowingBytes(headerLimitBytes);
  bytes.appendHeader(tag, vr, length, order);
  return bytes.take();
}
