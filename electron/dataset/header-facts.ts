import { type Attributes, DatasetError } from './attributes.ts';
import { hasVr, readTag } from './element-header.ts';
import { encodingOf, explicitBigEndian, explicitLittleEndian, implicitLittleEndian } from './encoding.ts';
import { inflateBeginning } from './inflate.ts';
import { type Scan, scanDataset } from './parse-dataset.ts';
import { textOf } from './text.ts';

/** What the first bytes of a file tell. */
export interface HeaderFacts {
  readonly kind: 'instance' | 'dicomdir' | 'not-dicom';
  /** '' where neither the data set nor group 0002 has it. */
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  readonly datasetOffset: number;
  readonly attributes: Attributes;
  /** What was looked for isn't in these bytes to its end: more of the file may tell more. */
  readonly cutShort: boolean;
}

const prefixOffset = 128;
const mediaStorageDirectory = '1.2.840.10008.1.3.10';
const untilSeries = '00200010';

interface Meta {
  readonly attributes: Attributes;
  readonly datasetOffset: number;
  /** Group 0002 goes on beyond these bytes. */
  readonly cutShort: boolean;
}

/** Pure: the file's first bytes in, what they mean out; never throws. */
export function readHeaderFacts(bytes: Uint8Array): HeaderFacts {
  const prefixed = Buffer.from(bytes.subarray(prefixOffset, prefixOffset + 4)).toString('latin1') === 'DICM';
  const meta = readMeta(bytes, prefixed ? prefixOffset + 4 : 0);
  const dataset = bytes.subarray(meta.datasetOffset);
  const transferSyntaxUid = textOf(meta.attributes, '00020010') || guessTransferSyntax(dataset);
  const scan = scanBeginning(dataset, transferSyntaxUid);
  const uids = {
    sopClassUid: textOf(scan.attributes, '00080016') || textOf(meta.attributes, '00020002'),
    sopInstanceUid: textOf(scan.attributes, '00080018') || textOf(meta.attributes, '00020003'),
  };
  const isDicom = prefixed || meta.attributes.size > 0 || Object.values(uids).every(isUid);
  const isDirectory = [textOf(meta.attributes, '00020002'), uids.sopClassUid].includes(mediaStorageDirectory);
  return {
    kind: kindOf(isDicom, isDirectory),
    ...uids,
    transferSyntaxUid,
    datasetOffset: meta.datasetOffset,
    attributes: scan.attributes,
    cutShort: meta.cutShort || scan.problem?.reason === 'cut short',
  };
}

function kindOf(isDicom: boolean, isDirectory: boolean): HeaderFacts['kind'] {
  if (isDirectory) return 'dicomdir';
  return isDicom ? 'instance' : 'not-dicom';
}

/**
 * Group 0002 is explicit little endian, whatever follows (PS3.10 §7.1); some write it implicit, which
 * the reader of headers takes. It ends where another group begins: its length field is often wrong.
 */
function readMeta(bytes: Uint8Array, start: number): Meta {
  const rest = bytes.subarray(start);
  const { attributes, next, problem } = scanDataset(rest, explicitLittleEndian, { until: '00030000' });
  if ([...attributes.keys()].some((tag) => !tag.startsWith('0002'))) {
    return { attributes: new Map(), datasetOffset: start, cutShort: false };
  }
  const elements = [...attributes.values()];
  const end = elements.reduce((furthest, { offset, length }) => Math.max(furthest, offset + length), 0);
  return {
    attributes,
    datasetOffset: start + end,
    cutShort: next === null && problem?.reason === 'cut short',
  };
}

function scanBeginning(dataset: Uint8Array, transferSyntaxUid: string): Scan {
  const options = { until: untilSeries, sequences: new Set<string>() };
  if (!encodingOf(transferSyntaxUid).deflated) return scanDataset(dataset, transferSyntaxUid, options);
  try {
    return scanDataset(inflateBeginning(dataset), transferSyntaxUid, options);
  } catch (thrown) {
    if (!(thrown instanceof DatasetError)) throw thrown;
    return { attributes: new Map(), next: null, problem: thrown };
  }
}

/** By the first element: its group is a small number, and letters follow it where the VR is explicit. */
function guessTransferSyntax(dataset: Uint8Array): string {
  const little = readTag(dataset, 0, false) >>> 16;
  const big = readTag(dataset, 0, true) >>> 16;
  if (!hasVr(dataset, 4)) return implicitLittleEndian;
  return big < little ? explicitBigEndian : explicitLittleEndian;
}

function isUid(text: string): boolean {
  return /^[0-9.]{1,64}$/.test(text);
}
