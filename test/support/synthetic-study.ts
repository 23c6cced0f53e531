import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import codecs from 'dcmjs-codecs';
import {
  buildDataset,
  buildEncapsulated,
  buildFile,
  buildItems,
  uidFor,
  writeP10,
  type BuiltElement,
} from './build-dataset.ts';
import { mustRun } from './peers/run-dcmtk.ts';

export interface SyntheticFile {
  readonly path: string;
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly transferSyntaxUid: string;
}

export type Encoding = 'explicit' | 'implicit' | 'rle' | 'jpeg-lossless' | 'jpeg-ls' | 'j2k';

export interface SyntheticSeries {
  readonly modality: 'CT' | 'MR' | 'US';
  readonly instances: number;
  readonly encoding?: Encoding;
  /** More than one makes it Ultrasound Multi-frame. */
  readonly frames?: number;
  readonly description?: string;
}

export interface SyntheticStudy {
  readonly patientName: string;
  readonly patientId: string;
  readonly studyDate: string;
  readonly description?: string;
  readonly accessionNumber?: string;
  readonly characterSet?: string;
  readonly series: readonly SyntheticSeries[];
  /** Rows and columns; default 64. */
  readonly size?: number;
}

const sopClasses = {
  CT: '1.2.840.10008.5.1.4.1.1.2',
  MR: '1.2.840.10008.5.1.4.1.1.4',
  US: '1.2.840.10008.5.1.4.1.1.6.1',
  multiFrame: '1.2.840.10008.5.1.4.1.1.3.1',
} as const;

const syntaxes: Readonly<Record<Encoding, string>> = {
  explicit: '1.2.840.10008.1.2.1',
  implicit: '1.2.840.10008.1.2',
  rle: '1.2.840.10008.1.2.5',
  'jpeg-lossless': '1.2.840.10008.1.2.4.70',
  'jpeg-ls': '1.2.840.10008.1.2.4.80',
  j2k: '1.2.840.10008.1.2.4.90',
};

const archiveEncodings = { CT: 'explicit', MR: 'jpeg-ls', US: 'rle' } as const;

/** The Study Instance UID that `writeSyntheticStudy` gives a study. */
export function studyUidOf(study: SyntheticStudy): string {
  return uidFor('study', study.patientId, study.studyDate);
}

/**
 * Writes a small made-up study as P10 files into an existing folder. The same options give the same
 * UIDs and bytes. Compressed encodings are made by DCMTK's tools, JPEG 2000 by dcmjs-codecs.
 */
export async function writeSyntheticStudy(
  folder: string,
  study: SyntheticStudy,
): Promise<readonly SyntheticFile[]> {
  const files: SyntheticFile[] = [];
  for (const [seriesIndex, series] of study.series.entries()) {
    for (let number = 1; number <= series.instances; number += 1) {
      files.push(await writeInstance(folder, study, { series, seriesIndex, number }));
    }
  }
  return files;
}

/** Four patients, three scripts, CT and MR and colour multi-frame, six transfer syntaxes: 17 files. */
export const mixedStudies: readonly SyntheticStudy[] = [
  {
    patientName: 'DOE^JANE',
    patientId: 'A1',
    studyDate: '20260110',
    description: 'CHEST',
    accessionNumber: 'ACC1',
    series: [
      { modality: 'CT', instances: 4, description: 'AXIAL' },
      { modality: 'MR', instances: 2, encoding: 'rle' },
      { modality: 'MR', instances: 2, encoding: 'jpeg-ls' },
    ],
  },
  {
    patientName: 'DOE^JOHN',
    patientId: 'A2',
    studyDate: '20260210',
    accessionNumber: 'ACC2',
    series: [
      { modality: 'CT', instances: 2, encoding: 'jpeg-lossless' },
      { modality: 'US', instances: 1, frames: 5 },
    ],
  },
  {
    patientName: 'Παπαδόπουλος^Γιώργος',
    patientId: 'G1',
    studyDate: '20260131',
    characterSet: 'ISO_IR 126',
    series: [
      { modality: 'MR', instances: 2 },
      { modality: 'CT', instances: 1, encoding: 'j2k' },
    ],
  },
  {
    patientName: 'Yamada^Tarou=山田^太郎=やまだ^たろう',
    patientId: 'J1',
    studyDate: '20260301',
    characterSet: '\\ISO 2022 IR 87',
    series: [{ modality: 'MR', instances: 3 }],
  },
];

/** The same, each SOP class in one syntax only: all that DCMTK's archive can send on. */
export const oneSyntaxPerClass: readonly SyntheticStudy[] = mixedStudies.map((study) => ({
  ...study,
  series: study.series.map((series) => ({ ...series, encoding: archiveEncodings[series.modality] })),
}));

/** Writes several studies; `mixedStudies` where none are named. */
export async function writeMixedSet(
  folder: string,
  studies: readonly SyntheticStudy[] = mixedStudies,
): Promise<readonly SyntheticFile[]> {
  const files: SyntheticFile[] = [];
  for (const study of studies) files.push(...(await writeSyntheticStudy(folder, study)));
  return files;
}

interface Place {
  readonly series: SyntheticSeries;
  readonly seriesIndex: number;
  readonly number: number;
}

async function writeInstance(folder: string, study: SyntheticStudy, place: Place): Promise<SyntheticFile> {
  const { series, seriesIndex, number } = place;
  const studyInstanceUid = studyUidOf(study);
  const seriesInstanceUid = uidFor(studyInstanceUid, seriesIndex);
  const sopInstanceUid = uidFor(seriesInstanceUid, number);
  const sopClassUid = (series.frames ?? 1) > 1 ? sopClasses.multiFrame : sopClasses[series.modality];
  const path = join(folder, `${study.patientId}-${seriesIndex + 1}-${number}.dcm`);
  const encoding = series.encoding ?? 'explicit';
  const elements = [
    ...studyElements(study, studyInstanceUid),
    ...seriesElements(series, seriesIndex, seriesInstanceUid),
    ...instanceElements({ sopClassUid, sopInstanceUid, number, size: study.size ?? 64 }),
  ];
  const pixels = pixelElements(series, study.size ?? 64, number);
  const meta = { sopClassUid, sopInstanceUid, transferSyntaxUid: syntaxes.explicit };
  if (encoding === 'j2k') {
    const dataset = Buffer.concat([
      buildDataset([...elements, ...pixels.slice(0, -1)], study.characterSet),
      buildEncapsulated([await jpeg2000Of(pixels)]),
    ]);
    await writeP10(path, { ...meta, transferSyntaxUid: syntaxes.j2k }, dataset);
  } else {
    await writeP10(path, meta, buildDataset([...elements, ...pixels], study.characterSet));
    await encode(path, encoding);
  }
  return { ...meta, path, studyInstanceUid, seriesInstanceUid, transferSyntaxUid: syntaxes[encoding] };
}

function studyElements(study: SyntheticStudy, studyInstanceUid: string): readonly BuiltElement[] {
  return [
    ['00080020', 'DA', study.studyDate],
    ['00080030', 'TM', '101500'],
    ['00080050', 'SH', study.accessionNumber ?? ''],
    ['00080090', 'PN', 'REFERRER^R'],
    ['00081030', 'LO', study.description ?? ''],
    ['00100010', 'PN', study.patientName],
    ['00100020', 'LO', study.patientId],
    ['00100030', 'DA', '19700101'],
    ['00100040', 'CS', 'O'],
    ['0020000D', 'UI', studyInstanceUid],
    ['00200010', 'SH', '1'],
  ];
}

function seriesElements(
  series: SyntheticSeries,
  seriesIndex: number,
  seriesInstanceUid: string,
): readonly BuiltElement[] {
  return [
    ['00080060', 'CS', series.modality],
    ['0008103E', 'LO', series.description ?? ''],
    ['0020000E', 'UI', seriesInstanceUid],
    ['00200011', 'IS', `${seriesIndex + 1}`],
    ['00200052', 'UI', uidFor('frame-of-reference', seriesInstanceUid)],
  ];
}

function instanceElements(instance: {
  sopClassUid: string;
  sopInstanceUid: string;
  number: number;
  size: number;
}): readonly BuiltElement[] {
  const code = buildDataset([
    ['00080100', 'SH', '113014'],
    ['00080102', 'SH', 'DCM'],
    ['00080104', 'LO', 'Study'],
  ]);
  return [
    ['00080008', 'CS', 'ORIGINAL\\PRIMARY\\AXIAL'],
    ['00080016', 'UI', instance.sopClassUid],
    ['00080018', 'UI', instance.sopInstanceUid],
    ['00081032', 'SQ', buildItems([code])],
    ['00090010', 'LO', 'GANTRY TEST'],
    ['00091001', 'UN', Buffer.from([1, 2, 3, 4])],
    ['00200013', 'IS', `${instance.number}`],
    ['00200032', 'DS', `0\\0\\${instance.number * 2.5}`],
    ['00200037', 'DS', '1\\0\\0\\0\\1\\0'],
    ['00280030', 'DS', '0.70\\0.70'],
  ];
}

function pixelElements(series: SyntheticSeries, size: number, number: number): readonly BuiltElement[] {
  const colour = series.modality === 'US';
  const frames = series.frames ?? 1;
  const common: readonly BuiltElement[] = [
    ['00280002', 'US', [colour ? 3 : 1]],
    ['00280004', 'CS', colour ? 'RGB' : 'MONOCHROME2'],
    ['00280010', 'US', [size]],
    ['00280011', 'US', [size]],
    ['00280100', 'US', [colour ? 8 : 16]],
    ['00280101', 'US', [colour ? 8 : 12]],
    ['00280102', 'US', [colour ? 7 : 11]],
    ['00280103', 'US', [0]],
  ];
  if (colour) {
    const bytes = Uint8Array.from({ length: size * size * 3 * frames }, (_, at) => (at * 7 + number) & 0xff);
    return [...common, ['00280006', 'US', [0]], ...framesOf(frames), ['7FE00010', 'OB', bytes]];
  }
  const samples = Uint16Array.from({ length: size * size }, (_, at) => sample(at, size, number));
  return [
    ...common,
    ['00281050', 'DS', '1000'],
    ['00281051', 'DS', '2000'],
    ['7FE00010', 'OW', Buffer.from(samples.buffer)],
  ];
}

function framesOf(frames: number): readonly BuiltElement[] {
  return frames === 1 ? [] : [['00280008', 'IS', `${frames}`]];
}

/** A disc on a slope: smooth enough to compress, different in each slice, 12 bits. */
function sample(at: number, size: number, number: number): number {
  const x = (at % size) - size / 2;
  const y = Math.floor(at / size) - size / 2;
  const inside = x * x + y * y < (size / 3) ** 2;
  return ((inside ? 1800 : 200) + at + number * 13) & 0xfff;
}

const encoders: Readonly<Record<Exclude<Encoding, 'explicit' | 'j2k'>, readonly [string, ...string[]]>> = {
  implicit: ['dcmconv', '+ti'],
  rle: ['dcmcrle'],
  'jpeg-lossless': ['dcmcjpeg', '+e1'],
  'jpeg-ls': ['dcmcjpls'],
};

async function encode(path: string, encoding: Exclude<Encoding, 'j2k'>): Promise<void> {
  if (encoding === 'explicit') return;
  const encoded = `${path}.encoded`;
  const [program, ...args] = encoders[encoding];
  await mustRun(program, [...args, path, encoded]);
  await rename(encoded, path);
}

/** The one frame as a JPEG 2000 codestream: SOC and SIZ (FF4F FF51) to EOC (FFD9). */
async function jpeg2000Of(pixels: readonly BuiltElement[]): Promise<Buffer> {
  const { NativeCodecs, Transcoder } = codecs;
  await NativeCodecs.initializeAsync();
  const meta = { sopClassUid: sopClasses.CT, sopInstanceUid: '2.25.1', transferSyntaxUid: syntaxes.explicit };
  const file = buildFile(meta, buildDataset(pixels));
  const transcoder = new Transcoder(new Uint8Array(file).buffer);
  transcoder.transcode(syntaxes.j2k);
  const encoded = Buffer.from(transcoder.getDicomPart10());
  const end = encoded.lastIndexOf(Buffer.from([0xff, 0xd9]));
  return encoded.subarray(encoded.indexOf(Buffer.from([0xff, 0x4f, 0xff, 0x51])), end + 2);
}
