import type { ImageDescription, NotShown } from '../contract/archive.ts';
import {
  type Attributes,
  DatasetError,
  encodingOf,
  inflate,
  type Scan,
  scanDataset,
  textOf,
} from '../dataset/index.ts';
import { describeImage } from './describe-image.ts';
import { functionalGroupSequences } from './functional-groups.ts';
import type { InstanceRecord, PixelSource } from './instance-record.ts';
import { locatePixels } from './locate-pixels.ts';
import { pixelShapeOf, problemOf } from './pixel-shape.ts';
import { type ByteRanges, memoryRanges } from './read-range.ts';
import { storage } from './storage-failure.ts';

/** Float Pixel Data, Double Float Pixel Data and Pixel Data are the last of a data set. */
const firstPixelTag = '7FE00008';
const pixelTag = '7FE00010';
const floatPixelTags: ReadonlySet<string> = new Set(['7FE00008', '7FE00009']);

const firstReadBytes = 64 * 1024;
const furthestReadBytes = 256 * 1024 * 1024;

/** What must be known of a file to read it. */
export interface DatasetPlace {
  /** Where the data set begins in the file. */
  readonly datasetOffset: number;
  readonly transferSyntaxUid: string;
}

/**
 * Reads a header from the beginning of a file of which more is to come; `null` when it isn't all there.
 */
export function scanBeginning(
  beginning: Uint8Array,
  { datasetOffset, transferSyntaxUid }: DatasetPlace,
): Scan | null {
  if (encodingOf(transferSyntaxUid).deflated) return null;
  const scan = scanHeader(beginning.subarray(datasetOffset), transferSyntaxUid);
  return scan.next === null ? null : scan;
}

/**
 * Reads all that the index keeps of a file, its pixels excepted.
 *
 * @param known what `scanBeginning` has made of it
 * @throws FailureError storage/unreadable where it can't even be told which object it is
 */
export function readInstance(
  file: ByteRanges,
  { datasetOffset, transferSyntaxUid }: DatasetPlace,
  known: Scan | null = null,
): InstanceRecord {
  const isDeflated = encodingOf(transferSyntaxUid).deflated;
  const ranges = isDeflated ? inflated(file, datasetOffset) : file;
  const source = { ranges, datasetOffset: isDeflated ? 0 : datasetOffset, transferSyntaxUid };
  const scan = known ?? scanGrowing(source);
  return { ...identityOf(scan, transferSyntaxUid), bytes: file.size, ...imageOf(scan, source) };
}

function scanHeader(dataset: Uint8Array, transferSyntaxUid: string): Scan {
  return scanDataset(dataset, transferSyntaxUid, {
    until: firstPixelTag,
    sequences: functionalGroupSequences,
  });
}

interface Source {
  readonly ranges: ByteRanges;
  readonly datasetOffset: number;
  readonly transferSyntaxUid: string;
}

function inflated(file: ByteRanges, datasetOffset: number): ByteRanges {
  try {
    return memoryRanges(inflate(file.read(datasetOffset, file.size - datasetOffset)));
  } catch (thrown) {
    if (!(thrown instanceof DatasetError)) throw thrown;
    throw storage('unreadable', thrown.reason);
  }
}

/** Reads ever more of the file until the pixels come in sight: nearly always the first read does. */
function scanGrowing({ ranges, datasetOffset, transferSyntaxUid }: Source): Scan {
  let wanted = firstReadBytes;
  for (;;) {
    const scan = scanHeader(ranges.read(datasetOffset, wanted), transferSyntaxUid);
    const sawAll = datasetOffset + wanted >= ranges.size || wanted >= furthestReadBytes;
    // Bytes that end between two elements look whole, so only `next` says that nothing is missing.
    if (scan.next !== null || sawAll || (scan.problem !== null && scan.problem.reason !== 'cut short')) {
      return scan;
    }
    wanted *= 8;
  }
}

function identityOf(
  { attributes, problem }: Scan,
  transferSyntaxUid: string,
): Omit<InstanceRecord, 'bytes' | 'image' | 'notShown' | 'pixels'> {
  const record = {
    study: {
      studyInstanceUid: textOf(attributes, '0020000D'),
      patientName: textOf(attributes, '00100010'),
      patientId: textOf(attributes, '00100020'),
      patientBirthDate: textOf(attributes, '00100030'),
      patientSex: textOf(attributes, '00100040'),
      studyDate: textOf(attributes, '00080020'),
      studyTime: textOf(attributes, '00080030'),
      studyDescription: textOf(attributes, '00081030'),
      accessionNumber: textOf(attributes, '00080050'),
    },
    series: {
      seriesInstanceUid: textOf(attributes, '0020000E'),
      modality: textOf(attributes, '00080060'),
      seriesNumber: textOf(attributes, '00200011'),
      seriesDescription: textOf(attributes, '0008103E'),
    },
    sopInstanceUid: textOf(attributes, '00080018'),
    sopClassUid: textOf(attributes, '00080016'),
    transferSyntaxUid,
    instanceNumber: textOf(attributes, '00200013'),
  };
  const missing = missingUid(attributes);
  if (missing !== null) throw storage('unreadable', problem === null ? `no ${missing}` : problem.message);
  return record;
}

function missingUid(attributes: Attributes): string | null {
  const needed = { '00080018': 'SOP Instance UID', '00080016': 'SOP Class UID' };
  const places = { '0020000D': 'Study Instance UID', '0020000E': 'Series Instance UID' };
  const absent = Object.entries({ ...needed, ...places }).find(([tag]) => textOf(attributes, tag) === '');
  return absent?.[1] ?? null;
}

interface Shown {
  readonly image: ImageDescription | null;
  readonly notShown: NotShown | null;
  readonly pixels: PixelSource | null;
}

function imageOf({ attributes, next, problem }: Scan, source: Source): Shown {
  if (problem !== null) return notShown({ cause: 'damaged', detail: `header ${problem.message}` });
  if (next !== null && floatPixelTags.has(next.tag)) {
    return notShown({ cause: 'unsupported', detail: 'floating-point pixels' });
  }
  if (next?.tag !== pixelTag) return notShown({ cause: 'no-pixel-data' });
  const shape = pixelShapeOf(attributes);
  const wrong = problemOf(shape);
  if (wrong !== null) return notShown(wrong);
  const { ranges: file, datasetOffset, transferSyntaxUid } = source;
  const located = locatePixels({ attributes, element: next, shape, transferSyntaxUid, file, datasetOffset });
  if (located.kind === 'not-found') return notShown(located.notShown);
  const image = describeImage(attributes, located.shape, transferSyntaxUid, located.warnings);
  return { image, notShown: null, pixels: located.pixels };
}

function notShown(reason: NotShown): Shown {
  return { image: null, notShown: reason, pixels: null };
}
