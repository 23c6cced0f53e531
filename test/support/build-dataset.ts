import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import iconv from 'iconv-lite';

/** A tag in eight hex digits, its VR, and its value: text, bytes, or numbers for US/UL/SS/FD. */
export type BuiltElement = readonly [tag: string, vr: string, value: string | Uint8Array | readonly number[]];

const longHeaders = new Set(['OB', 'OD', 'OF', 'OL', 'OW', 'SQ', 'UC', 'UN', 'UR', 'UT']);

/** A data set in Explicit VR Little Endian (PS3.5 §7.1.2), sorted by tag, text in `characterSet`. */
export function buildDataset(elements: readonly BuiltElement[], characterSet = ''): Buffer {
  const set: BuiltElement[] = characterSet === '' ? [] : [['00080005', 'CS', characterSet]];
  const sorted = [...elements, ...set].sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat(sorted.map((element) => encodeElement(element, characterSet)));
}

/** One sequence (PS3.5 §7.5) with explicit lengths, to stand as the value of an `SQ`. */
export function buildItems(items: readonly Buffer[]): Buffer {
  return Buffer.concat(items.flatMap((item) => [itemHeader(item.length), item]));
}

/** Encapsulated Pixel Data (PS3.5 §A.4) with an empty offset table and one fragment a frame. */
export function buildEncapsulated(frames: readonly Uint8Array[]): Buffer {
  const header = Buffer.from([0xe0, 0x7f, 0x10, 0x00, 0x4f, 0x42, 0, 0, 0xff, 0xff, 0xff, 0xff]);
  const end = Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]);
  const fragments = frames.flatMap((frame) => {
    const padded = evenly(Buffer.from(frame), 0);
    return [itemHeader(padded.length), padded];
  });
  return Buffer.concat([header, itemHeader(0), ...fragments, end]);
}

/** A whole P10 file (PS3.10 §7): preamble, file meta information, data set. */
export function buildFile(
  meta: { sopClassUid: string; sopInstanceUid: string; transferSyntaxUid: string },
  dataset: Uint8Array,
): Buffer {
  const group = buildDataset([
    ['00020001', 'OB', Buffer.from([0, 1])],
    ['00020002', 'UI', meta.sopClassUid],
    ['00020003', 'UI', meta.sopInstanceUid],
    ['00020010', 'UI', meta.transferSyntaxUid],
    ['00020012', 'UI', '2.25.1'],
  ]);
  const length = buildDataset([['00020000', 'UL', [group.length]]]);
  const preamble = Buffer.alloc(132);
  preamble.write('DICM', 128, 'latin1');
  return Buffer.concat([preamble, length, group, dataset]);
}

export async function writeP10(path: string, ...file: Parameters<typeof buildFile>): Promise<void> {
  await writeFile(path, buildFile(...file));
}

/** A UID under 2.25 (PS3.5 §B.2) that is the same each time for the same words. */
export function uidFor(...words: readonly (string | number)[]): string {
  const digest = createHash('sha256').update(words.join('/')).digest('hex').slice(0, 31);
  return `2.25.${BigInt(`0x1${digest}`)}`;
}

function encodeElement([tag, vr, value]: BuiltElement, characterSet: string): Buffer {
  const bytes = encodeValue(vr, value, characterSet);
  const header = Buffer.alloc(longHeaders.has(vr) ? 12 : 8);
  header.writeUInt16LE(Number.parseInt(tag.slice(0, 4), 16), 0);
  header.writeUInt16LE(Number.parseInt(tag.slice(4), 16), 2);
  header.write(vr, 4, 'latin1');
  if (longHeaders.has(vr)) header.writeUInt32LE(bytes.length, 8);
  else header.writeUInt16LE(bytes.length, 6);
  return Buffer.concat([header, bytes]);
}

function encodeValue(vr: string, value: BuiltElement[2], characterSet: string): Buffer {
  if (typeof value === 'string') return evenly(encodeText(value, vr, characterSet), vr === 'UI' ? 0 : 0x20);
  if (value instanceof Uint8Array) return evenly(Buffer.from(value), 0);
  return Buffer.concat(value.map((number) => encodeNumber(vr, number)));
}

function encodeNumber(vr: string, value: number): Buffer {
  const bytes = Buffer.alloc(vr === 'FD' ? 8 : vr === 'UL' ? 4 : 2);
  if (vr === 'FD') bytes.writeDoubleLE(value);
  else if (vr === 'UL') bytes.writeUInt32LE(value);
  else if (vr === 'SS') bytes.writeInt16LE(value);
  else bytes.writeUInt16LE(value);
  return bytes;
}

const encodings: Readonly<Record<string, string>> = {
  'ISO_IR 100': 'iso-8859-1',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 192': 'utf8',
  GB18030: 'gb18030',
};

function encodeText(text: string, vr: string, characterSet: string): Buffer {
  if (!['PN', 'LO', 'SH', 'ST', 'LT', 'UT', 'UC'].includes(vr)) return Buffer.from(text, 'latin1');
  if (characterSet === '\\ISO 2022 IR 87') return encodeJapanese(text);
  return iconv.encode(text, encodings[characterSet] ?? 'latin1');
}

/** ISO 2022 IR 87 (JIS X 0208) with escapes in and out around each run (PS3.5 §6.1.2.5). */
function encodeJapanese(text: string): Buffer {
  const runs = text.match(/[\0-\x7f]+|[^\0-\x7f]+/g) ?? [];
  return Buffer.concat(
    runs.map((run) => {
      if (/^[\0-\x7f]/.test(run)) return Buffer.from(run, 'latin1');
      const codes = iconv.encode(run, 'euc-jp').map((byte) => byte & 0x7f);
      return Buffer.concat([Buffer.from('\x1b$B', 'latin1'), codes, Buffer.from('\x1b(B', 'latin1')]);
    }),
  );
}

function itemHeader(length: number): Buffer {
  const header = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
  header.writeUInt32LE(length, 4);
  return header;
}

function evenly(bytes: Buffer, padding: number): Buffer {
  return bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from([padding])]);
}
