import iconv from 'iconv-lite';

/** An ISO registration number of PS3.3 Table C.12-2, C.12-3 or C.12-4, such as 100 or 87. */
export type Repertoire = number;

/** What is designated to the lower half (G0) or to the upper half (G1) of the code table. */
interface Half {
  readonly bytesPerCharacter: 1 | 2;
  /** `null`: nothing is designated, so its bytes mean nothing. */
  readonly decode: ((bytes: Buffer) => string) | null;
}

interface Designation {
  readonly half: 'g0' | 'g1';
  readonly set: Half;
}

const ascii: Half = { bytesPerCharacter: 1, decode: (bytes) => bytes.toString('latin1') };
const nothing: Half = { bytesPerCharacter: 1, decode: null };

/** The escape sequences of PS3.3 Tables C.12-3 and C.12-4, after the ESC itself. */
const designations: ReadonlyMap<string, Designation> = new Map<string, Designation>([
  ['(B', { half: 'g0', set: ascii }],
  ['(J', { half: 'g0', set: ascii }],
  [')I', upper('shift_jis')],
  ['-A', upper('iso-8859-1')],
  ['-B', upper('iso-8859-2')],
  ['-C', upper('iso-8859-3')],
  ['-D', upper('iso-8859-4')],
  ['-L', upper('iso-8859-5')],
  ['-G', upper('iso-8859-6')],
  ['-F', upper('iso-8859-7')],
  ['-H', upper('iso-8859-8')],
  ['-M', upper('iso-8859-9')],
  ['-T', upper('tis620')],
  ['-b', upper('iso-8859-15')],
  ['$B', { half: 'g0', set: { bytesPerCharacter: 2, decode: jisX0208 } }],
  // The edition of 1978, which some systems still designate.
  ['$@', { half: 'g0', set: { bytesPerCharacter: 2, decode: jisX0208 } }],
  ['$(D', { half: 'g0', set: { bytesPerCharacter: 2, decode: jisX0212 } }],
  ['$)C', { half: 'g1', set: { bytesPerCharacter: 2, decode: (bytes) => iconv.decode(bytes, 'euc-kr') } }],
  ['$)A', { half: 'g1', set: { bytesPerCharacter: 2, decode: (bytes) => iconv.decode(bytes, 'gb2312') } }],
]);

/** The escape sequence that designates a single-byte repertoire to G1, for text that begins in it. */
const beginnings: Readonly<Record<Repertoire, string>> = {
  13: ')I',
  100: '-A',
  101: '-B',
  109: '-C',
  110: '-D',
  126: '-F',
  127: '-G',
  138: '-H',
  144: '-L',
  148: '-M',
  166: '-T',
  203: '-b',
};

/** Begins every escape sequence. */
export const escape = 0x1b;

/**
 * Decodes text with code extensions (PS3.5 §6.1.2.5): escape sequences switch either half, and every
 * delimiter switches back to what the text began in.
 */
export function decodeIso2022(bytes: Uint8Array, first: Repertoire, isPersonName: boolean): string {
  const initial = { g0: ascii, g1: designations.get(beginnings[first] ?? '')?.set ?? nothing };
  let halves = initial;
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    if (bytes[at] === escape) {
      const { designation, length } = readEscape(bytes, at);
      if (designation !== null) halves = { ...halves, [designation.half]: designation.set };
      at += length;
      continue;
    }
    const run = runFrom(bytes, at, halves.g0, isPersonName);
    if (run.kind === 'delimiter') halves = initial;
    text += decodeRun(bytes.subarray(at, run.end), run.kind === 'upper' ? halves.g1 : halves.g0);
    at = run.end;
  }
  return text;
}

interface Run {
  readonly kind: 'delimiter' | 'lower' | 'upper';
  readonly end: number;
}

/** The longest stretch from `start` that one of the two halves decodes. */
function runFrom(bytes: Uint8Array, start: number, g0: Half, isPersonName: boolean): Run {
  const first = bytes[start] ?? 0;
  if (endsExtension(first, g0, isPersonName)) return { kind: 'delimiter', end: start + 1 };
  const upperHalf = first >= 0x80;
  const step = upperHalf ? 1 : g0.bytesPerCharacter;
  let end = start + step;
  while (end < bytes.length) {
    const next = bytes[end] ?? 0;
    if (next === escape || next >= 0x80 !== upperHalf || endsExtension(next, g0, isPersonName)) break;
    end += step;
  }
  return { kind: upperHalf ? 'upper' : 'lower', end: Math.min(end, bytes.length) };
}

/** In a two-byte G0 the codes of the delimiters are halves of letters; only control characters end it. */
function endsExtension(byte: number, g0: Half, isPersonName: boolean): boolean {
  if (byte === 0x0a || byte === 0x0c || byte === 0x0d || byte === 0x09) return true;
  if (g0.bytesPerCharacter === 2) return false;
  return byte === 0x5c || (isPersonName && (byte === 0x5e || byte === 0x3d));
}

function decodeRun(run: Uint8Array, half: Half): string {
  const bytes = Buffer.from(run.buffer, run.byteOffset, run.byteLength);
  if (half.decode === null) return '\uFFFD'.repeat(bytes.length);
  return half.decode(bytes);
}

/** An escape sequence that isn't in the tables is passed over: its end is its first byte from 30H on. */
function readEscape(
  bytes: Uint8Array,
  at: number,
): { readonly designation: Designation | null; readonly length: number } {
  let end = at + 1;
  while (end < bytes.length && (bytes[end] ?? 0) >= 0x20 && (bytes[end] ?? 0) < 0x30) end += 1;
  const name = String.fromCharCode(...bytes.subarray(at + 1, Math.min(end + 1, at + 5)));
  return { designation: designations.get(name) ?? null, length: end + 1 - at };
}

function upper(encoding: string): Designation {
  return { half: 'g1', set: { bytesPerCharacter: 1, decode: (bytes) => iconv.decode(bytes, encoding) } };
}

/** JIS X 0208 is the two-byte part of EUC-JP, there with the high bits set. */
function jisX0208(bytes: Buffer): string {
  return iconv.decode(withHighBits(bytes), 'euc-jp');
}

/** JIS X 0212 is EUC-JP's three-byte part, behind 8FH. */
function jisX0212(bytes: Buffer): string {
  const marked: number[] = [];
  for (let at = 0; at < bytes.length; at += 2) {
    marked.push(0x8f, (bytes[at] ?? 0) | 0x80, (bytes[at + 1] ?? 0) | 0x80);
  }
  return iconv.decode(Buffer.from(marked), 'euc-jp');
}

function withHighBits(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte) => (byte > 0x20 ? byte | 0x80 : byte)));
}
