import { readFile, writeFile } from 'node:fs/promises';
import { type Failure, FailureError } from '../../../electron/contract/failure.ts';
import { type Attributes, parseDataset, readFileHeader } from '../../../electron/dataset/index.ts';
import { type BuiltElement, buildDataset, buildFile, uidFor } from '../../support/build-dataset.ts';

const prefix = '1.2.840.10008.1.2';

export const Uid = {
  implicit: prefix,
  explicit: `${prefix}.1`,
  deflated: `${prefix}.1.99`,
  bigEndian: `${prefix}.2`,
  rle: `${prefix}.5`,
  baseline: `${prefix}.4.50`,
  jpegLossless: `${prefix}.4.70`,
  jpegLs: `${prefix}.4.80`,
  nearLossless: `${prefix}.4.81`,
  j2kLossless: `${prefix}.4.90`,
  j2k: `${prefix}.4.91`,
  htj2kLossless: `${prefix}.4.201`,
  htj2kRpcl: `${prefix}.4.202`,
  htj2k: `${prefix}.4.203`,
} as const;

export const sopClassUid = '1.2.840.10008.5.1.4.1.1.7';

export interface Picture {
  readonly rows: number;
  readonly columns: number;
  readonly frames: number;
  readonly samples: 1 | 3;
  readonly allocated: 8 | 16 | 32;
  readonly stored: number;
  readonly signed: boolean;
  readonly photometric: string;
  readonly planar: 0 | 1;
}

/** Odd in both directions, so that nothing comes out even by luck. */
export const grey8: Picture = {
  rows: 13,
  columns: 17,
  frames: 1,
  samples: 1,
  allocated: 8,
  stored: 8,
  signed: false,
  photometric: 'MONOCHROME2',
  planar: 0,
};
export const grey12: Picture = { ...grey8, allocated: 16, stored: 12 };
export const rgb8: Picture = { ...grey8, samples: 3, photometric: 'RGB' };

/** Numbers of `stored` bits, over their whole range, the same each time: a slope with a step and some noise. */
export function pixelsOf(picture: Picture): Buffer {
  const { rows, columns, frames, samples, allocated, stored, signed } = picture;
  const count = rows * columns * frames * samples;
  const bytes = Buffer.alloc((count * allocated) / 8);
  const range = 2 ** stored;
  for (let index = 0; index < count; index += 1) {
    const noise = (index * 7919) % 5;
    const step = index % 31 > 20 ? range / 2 : 0;
    const value = (Math.floor((index * range) / count) + step + noise) % range;
    const number = signed ? value - range / 2 : value;
    if (allocated === 8) bytes.writeUInt8(number & 0xff, index);
    else if (allocated === 16) bytes.writeUInt16LE(number & 0xffff, index * 2);
    else bytes.writeUInt32LE(number >>> 0, index * 4);
  }
  return bytes;
}

export function imageElements(picture: Picture, pixels: Uint8Array): readonly BuiltElement[] {
  const { rows, columns, frames, samples, allocated, stored, signed, photometric, planar } = picture;
  return [
    ['00080008', 'CS', 'ORIGINAL\\PRIMARY'],
    ['00080016', 'UI', sopClassUid],
    ['00080018', 'UI', uidFor('transcode')],
    ['00080060', 'CS', 'OT'],
    ['00100010', 'PN', 'DOE^JANE'],
    ['00280002', 'US', [samples]],
    ['00280004', 'CS', photometric],
    ...(samples > 1 ? [['00280006', 'US', [planar]] as const] : []),
    ...(frames > 1 ? [['00280008', 'IS', `${frames}`] as const] : []),
    ['00280010', 'US', [rows]],
    ['00280011', 'US', [columns]],
    ['00280100', 'US', [allocated]],
    ['00280101', 'US', [stored]],
    ['00280102', 'US', [stored - 1]],
    ['00280103', 'US', [signed ? 1 : 0]],
    ['7FE00010', allocated === 8 ? 'OB' : 'OW', pixels],
  ];
}

export async function writeImage(
  path: string,
  picture: Picture,
  { pixels = pixelsOf(picture), extra = [] }: { pixels?: Uint8Array; extra?: readonly BuiltElement[] } = {},
): Promise<string> {
  const replaced = new Set(extra.map(([tag]) => tag));
  const own = imageElements(picture, pixels).filter(([tag]) => !replaced.has(tag));
  return await writeDataset(path, buildDataset([...own, ...extra]));
}

/** An explicit little endian file. */
export async function writeDataset(path: string, dataset: Buffer): Promise<string> {
  const sopInstanceUid = uidFor('transcode');
  await writeFile(path, buildFile({ sopClassUid, sopInstanceUid, transferSyntaxUid: Uid.explicit }, dataset));
  return path;
}

/** The bytes of a file's data set. */
export async function datasetOf(path: string): Promise<Buffer> {
  const { datasetOffset } = await readFileHeader(path);
  return (await readFile(path)).subarray(datasetOffset);
}

export async function attributesOf(path: string): Promise<Attributes> {
  const { transferSyntaxUid } = await readFileHeader(path);
  return parseDataset(await datasetOf(path), transferSyntaxUid);
}

/** Without the byte that may make them even. */
export async function nativePixelsOf(path: string, length: number): Promise<Buffer> {
  const value = (await attributesOf(path)).get('7FE00010')?.value;
  if (value == null || value.length !== length + (length % 2)) throw new Error(`${value?.length} bytes`);
  return Buffer.from(value.subarray(0, length));
}

/** What a promise must fail with. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const thrown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(thrown instanceof FailureError)) throw new Error('no failure', { cause: thrown });
  return thrown.failure;
}
