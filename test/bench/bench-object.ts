import { buildDataset } from '../support/build-dataset.ts';
import { encodeCommand, encodeData, encodePdu, PduType } from '../support/raw-pdu.ts';

const sopClasses = {
  slice: '1.2.840.10008.5.1.4.1.1.2',
  multiFrame: '1.2.840.10008.5.1.4.1.1.7.3',
} as const;

export type BenchObjectKind = keyof typeof sopClasses;

const sliceBytes = 512 * 512 * 2;

/** What is sent in the bench: a CT slice of 525 KB, or 400 MB of them as one object's frames. */
export interface BenchObject {
  readonly kind: BenchObjectKind;
  readonly frames: number;
}

export function sopClassOf({ kind }: BenchObject): string {
  return sopClasses[kind];
}

export function bytesOf({ frames }: BenchObject): number {
  return frames * sliceBytes;
}

/** For titles. */
export function megabytesOf(object: BenchObject): string {
  return (bytesOf(object) / 1e6).toFixed(0);
}

/**
 * The C-STORE of one object as ready-made PDUs of at most `maximumLength`: those at the front are its
 * own, and one buffer of pixels stands for all the others, so that building costs no time or memory.
 */
export function storePdus(
  object: BenchObject,
  sopInstanceUid: string,
  maximumLength: number,
): readonly Buffer[] {
  const front = frontOf(object, sopInstanceUid);
  const length = Math.min(maximumLength === 0 ? 131_072 : maximumLength, 131_072) - 6;
  const command = encodeCommand({
    0x2: sopClassOf(object),
    0x100: 1,
    0x110: 1,
    0x700: 0,
    0x800: 1,
    0x1000: sopInstanceUid,
  });
  const pixels = bytesOf(object);
  const withFront = Math.min(length - front.length, pixels);
  const first = Buffer.concat([front, pixelPattern(withFront)]);
  const pdus = [...encodeData(1, 'command', command, 0), pdu(first, pixels === withFront)];
  const middle = pdu(pixelPattern(length), false);
  let left = pixels - withFront;
  for (; left > length; left -= length) pdus.push(middle);
  if (left > 0) pdus.push(pdu(pixelPattern(left), true));
  return pdus;
}

/** Its data set up to the value of Pixel Data. */
export function frontOf(object: BenchObject, sopInstanceUid: string): Buffer {
  const all = buildDataset([
    ['00080016', 'UI', sopClassOf(object)],
    ['00080018', 'UI', sopInstanceUid],
    ['00080020', 'DA', '20260101'],
    ['00080060', 'CS', object.kind === 'slice' ? 'CT' : 'OT'],
    ['00100010', 'PN', 'BENCH^ONE'],
    ['00100020', 'LO', 'BENCH1'],
    ['0020000D', 'UI', '2.25.1000'],
    ['0020000E', 'UI', '2.25.1001'],
    ['00280002', 'US', [1]],
    ['00280004', 'CS', 'MONOCHROME2'],
    ['00280008', 'IS', `${object.frames}`],
    ['00280010', 'US', [512]],
    ['00280011', 'US', [512]],
    ['00280100', 'US', [16]],
    ['00280101', 'US', [12]],
    ['00280102', 'US', [11]],
    ['00280103', 'US', [0]],
    ['7FE00010', 'OW', Buffer.alloc(0)],
  ]);
  all.writeUInt32LE(bytesOf(object), all.length - 4);
  return all;
}

const pattern = Buffer.from(Uint16Array.from({ length: 65_536 }, (_, at) => (at * 7) & 0xfff).buffer);

export function pixelPattern(length: number): Buffer {
  return Buffer.alloc(length, pattern);
}

function pdu(body: Buffer, isLast: boolean): Buffer {
  const header = Buffer.alloc(6);
  header.writeUInt32BE(body.length + 2, 0);
  header[4] = 1;
  header[5] = isLast ? 2 : 0;
  return encodePdu(PduType.Data, header, body);
}
