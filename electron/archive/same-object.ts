import { closeSync, openSync } from 'node:fs';
import {
  type Attributes,
  DatasetError,
  type Element,
  encodingOf,
  inflate,
  scanDataset,
  textOf,
} from '../dataset/index.ts';
import { type ByteRanges, fileRanges, memoryRanges } from './read-range.ts';
import { sameBytes, sameDataset } from './same-dataset.ts';
import { readStoredHeader } from './stored-header.ts';

/** A file that came under a UID that is taken. */
export interface ArrivedFile {
  readonly path: string;
  readonly datasetOffset: number;
  readonly transferSyntaxUid: string;
}

const firstPixelTag = '7FE00008';
const firstReadBytes = 256 * 1024;
const furthestReadBytes = 64 * 1024 * 1024;

/**
 * Whether two files hold one object: the same data set, or the same in another transfer syntax. A server asked
 * for another compression sends what is here already; its UID says so (PS3.5 §9), and all its attributes must.
 */
export function sameObject(stored: string, arrived: ArrivedFile): boolean {
  return sameDataset(stored, arrived) || sameInAnotherSyntax(stored, arrived);
}

function sameInAnotherSyntax(stored: string, arrived: ArrivedFile): boolean {
  const { datasetOffset, transferSyntaxUid } = readStoredHeader(stored);
  if (transferSyntaxUid === arrived.transferSyntaxUid) return false;
  const one = openSync(stored, 'r');
  const other = openSync(arrived.path, 'r');
  try {
    const kept = readObject(fileRanges(one), datasetOffset, transferSyntaxUid);
    const come = readObject(fileRanges(other), arrived.datasetOffset, arrived.transferSyntaxUid);
    if (kept === null || come === null || !sameAttributes(kept.attributes, come.attributes)) return false;
    const losesAlike = mayLose.has(transferSyntaxUid) === mayLose.has(arrived.transferSyntaxUid);
    return (losesAlike || isMarkedLossy(kept.attributes)) && samePixels(kept, come);
  } catch (thrown) {
    if (thrown instanceof DatasetError) return false;
    throw thrown;
  } finally {
    closeSync(one);
    closeSync(other);
  }
}

/** JPEG baseline and extended, JPEG-LS near-lossless, JPEG 2000 and HTJ2K where either is allowed. */
const mayLose: ReadonlySet<string> = new Set([
  '1.2.840.10008.1.2.4.50',
  '1.2.840.10008.1.2.4.51',
  '1.2.840.10008.1.2.4.81',
  '1.2.840.10008.1.2.4.91',
  '1.2.840.10008.1.2.4.203',
]);

/** Lossy Image Compression (0028,2110): the loss is older than the encoding. */
function isMarkedLossy(attributes: Attributes): boolean {
  return textOf(attributes, '00282110') === '01';
}

interface ReadObject {
  /** All before the pixels. */
  readonly attributes: Attributes;
  readonly pixels: Element | null;
  /** What the offsets of `pixels` count in. */
  readonly bytes: ByteRanges;
}

/** `null`: in big endian, where values are written in another way, or not to be read. */
function readObject(file: ByteRanges, datasetOffset: number, transferSyntaxUid: string): ReadObject | null {
  const { deflated, bigEndian } = encodingOf(transferSyntaxUid);
  if (bigEndian) return null;
  const size = file.size - datasetOffset;
  const bytes = deflated
    ? memoryRanges(inflate(file.read(datasetOffset, size)))
    : { size, read: (offset: number, length: number) => file.read(datasetOffset + offset, length) };
  for (let wanted = firstReadBytes; ; wanted *= 8) {
    const scan = scanDataset(bytes.read(0, wanted), transferSyntaxUid, { until: firstPixelTag });
    if (scan.next !== null) return { attributes: scan.attributes, pixels: scan.next, bytes };
    if (wanted >= bytes.size) {
      return scan.problem === null ? { attributes: scan.attributes, pixels: null, bytes } : null;
    }
    if (wanted >= furthestReadBytes) return null;
  }
}

/** Photometric Interpretation and Planar Configuration: as the encoding has it (PS3.5 §8.2). */
const ofTheEncoding: ReadonlySet<string> = new Set(['00280004', '00280006']);

function sameAttributes(one: Attributes, other: Attributes): boolean {
  const tags = new Set([...one.keys(), ...other.keys()]);
  for (const tag of tags) {
    if (ofTheEncoding.has(tag) || tag.endsWith('0000')) continue;
    const [kept, come] = [one.get(tag), other.get(tag)];
    if (kept === undefined || come === undefined || !sameElement(kept, come)) return false;
  }
  return true;
}

function sameElement(one: Element, other: Element): boolean {
  if (one.items === null || other.items === null) {
    return one.value !== null && other.value !== null && Buffer.compare(one.value, other.value) === 0;
  }
  const { items } = other;
  return (
    one.items.length === items.length &&
    one.items.every((item, index) => sameAttributes(item, items[index] ?? item))
  );
}

/** Compressed ones are not decoded here: that they are the same is what their UID says. */
function samePixels(one: ReadObject, other: ReadObject): boolean {
  if (one.pixels === null || other.pixels === null) return one.pixels === other.pixels;
  if (one.pixels.undefinedLength || other.pixels.undefinedLength) return true;
  return one.pixels.length === other.pixels.length && sameBytes(pixelsOf(one), pixelsOf(other));
}

function pixelsOf({ pixels, bytes }: ReadObject): ByteRanges {
  const { offset = 0, length = 0 } = pixels ?? {};
  return { size: length, read: (at, wanted) => bytes.read(offset + at, Math.min(wanted, length - at)) };
}
