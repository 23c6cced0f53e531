import { type ByteOrder, DatasetError, type ElementHeader } from '../dataset/index.ts';
import { pixelDataTag } from './element-vr.ts';
import { readExactly, type SourceBytes } from './source-bytes.ts';
import { topLevelHeaders } from './walk-elements.ts';

/** The Image Pixel module (PS3.3 §C.7.6.3). */
export interface ImageShape {
  readonly frameCount: number;
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  readonly photometricInterpretation: string;
  readonly planarConfiguration: number;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly pixelRepresentation: number;
}

/** What must be known of a data set before its copy is begun. */
export interface ImageFacts {
  readonly shape: ImageShape;
  /** The header of Pixel Data (7FE0,0010). */
  readonly pixelData: ElementHeader | null;
  /** (7FE0,0001); empty: not given. */
  readonly extendedOffsetTable: readonly number[];
  /** Raw values of what a lossy step adds to, by tag; absent ones are missing. */
  readonly texts: ReadonlyMap<number, Buffer>;
  /** (0008,2112) is there. */
  readonly hasSourceImages: boolean;
}

export const Tag = {
  imageType: 0x00080008,
  sopInstanceUid: 0x00080018,
  derivationDescription: 0x00082111,
  sourceImages: 0x00082112,
  samplesPerPixel: 0x00280002,
  photometricInterpretation: 0x00280004,
  planarConfiguration: 0x00280006,
  numberOfFrames: 0x00280008,
  rows: 0x00280010,
  columns: 0x00280011,
  bitsAllocated: 0x00280100,
  bitsStored: 0x00280101,
  pixelRepresentation: 0x00280103,
  lossyImageCompression: 0x00282110,
  lossyRatio: 0x00282112,
  lossyMethod: 0x00282114,
  extendedOffsetTable: 0x7fe00001,
  extendedOffsetTableLengths: 0x7fe00002,
  encapsulatedTotalLength: 0x7fe00003,
} as const;

const wanted: ReadonlySet<number> = new Set(Object.values(Tag));
const longestText = 64 * 1024;
const maximumFrames = 2_000_000;

/** @throws DatasetError */
export function readImageFacts(source: SourceBytes, order: ByteOrder): ImageFacts {
  const texts = new Map<number, Buffer>();
  let pixelData: ElementHeader | null = null;
  let hasSourceImages = false;
  for (const header of topLevelHeaders(source, order)) {
    if (header.tag === Tag.sourceImages) hasSourceImages = true;
    else if (header.tag === pixelDataTag) pixelData = header;
    else if (wanted.has(header.tag)) texts.set(header.tag, valueOf(source, header));
  }
  return {
    shape: shapeOf(texts, order),
    pixelData,
    extendedOffsetTable: wideNumbers(texts.get(Tag.extendedOffsetTable), order),
    texts,
    hasSourceImages,
  };
}

/** The bytes that the pixels of one frame have when nothing compresses them. */
export function bytesPerFrame({ rows, columns, samplesPerPixel, bitsAllocated }: ImageShape): number {
  return rows * columns * samplesPerPixel * (bitsAllocated / 8);
}

function valueOf(source: SourceBytes, { tag, valueOffset, length }: ElementHeader): Buffer {
  const limit = tag === Tag.extendedOffsetTable ? maximumFrames * 8 : longestText;
  if (length > limit) throw new DatasetError('not an element', valueOffset);
  // The window that it's read by moves on.
  return Buffer.from(readExactly(source, valueOffset, length));
}

function shapeOf(texts: ReadonlyMap<number, Buffer>, order: ByteOrder): ImageShape {
  const number = (tag: number, fallback: number): number => {
    const bytes = texts.get(tag);
    if (bytes === undefined || bytes.length < 2) return fallback;
    return order.bigEndian ? bytes.readUInt16BE() : bytes.readUInt16LE();
  };
  const text = (tag: number): string => textOf(texts.get(tag));
  const samplesPerPixel = number(Tag.samplesPerPixel, 1);
  const bitsAllocated = number(Tag.bitsAllocated, 0);
  const frames = text(Tag.numberOfFrames);
  return {
    frameCount: frames === '' ? 1 : Number(frames),
    rows: number(Tag.rows, 0),
    columns: number(Tag.columns, 0),
    samplesPerPixel,
    photometricInterpretation:
      text(Tag.photometricInterpretation) || (samplesPerPixel === 3 ? 'RGB' : 'MONOCHROME2'),
    planarConfiguration: number(Tag.planarConfiguration, 0),
    bitsAllocated,
    bitsStored: number(Tag.bitsStored, bitsAllocated),
    pixelRepresentation: number(Tag.pixelRepresentation, 0),
  };
}

/** Without the padding of PS3.5 §6.2. */
export function textOf(bytes: Buffer | undefined): string {
  return bytes === undefined ? '' : bytes.toString('latin1').replaceAll(/^[ \0]+|[ \0]+$/g, '');
}

function wideNumbers(bytes: Buffer | undefined, { bigEndian }: ByteOrder): readonly number[] {
  if (bytes === undefined) return [];
  return Array.from({ length: Math.floor(bytes.length / 8) }, (_, index) =>
    Number(bigEndian ? bytes.readBigUInt64BE(index * 8) : bytes.readBigUInt64LE(index * 8)),
  );
}
