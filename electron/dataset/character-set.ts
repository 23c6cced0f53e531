import iconv from 'iconv-lite';
import { decodeIso2022, escape, type Repertoire } from './iso-2022.ts';

/** How the text of a data set is written: Specific Character Set (0008,0005), PS3.3 §C.12.1.1.2. */
export type CharacterSet =
  | { readonly kind: 'whole'; readonly encoding: 'utf8' | 'gb18030' | 'gbk' }
  /** The first repertoire is the one that text begins in; the others come by escape sequences. */
  | { readonly kind: 'iso-2022'; readonly first: Repertoire };

/** ISO registration numbers of PS3.3 Tables C.12-2 to C.12-4 that have one byte a character. */
const singleByte: ReadonlySet<number> = new Set([
  6, 13, 100, 101, 109, 110, 126, 127, 138, 144, 148, 166, 203,
]);

const wholes: Readonly<Record<string, 'utf8' | 'gb18030' | 'gbk'>> = {
  ISOIR192: 'utf8',
  UTF8: 'utf8',
  GB18030: 'gb18030',
  GBK: 'gbk',
};

/** Names that are not the standard's, but found in files. */
const misnomers: Readonly<Record<string, number>> = {
  ISO88591: 100,
  LATIN1: 100,
  ISO88592: 101,
  ISO88595: 144,
  ISO88597: 126,
  ASCII: 6,
  USASCII: 6,
};

/**
 * Reads the value of (0008,0005). Spelling is taken lightly (`ISO-IR 100`, `ISO_IR100`); what isn't
 * known is read as plain ASCII, so that its other bytes show as unreadable instead of as wrong letters.
 */
export function characterSetOf(specificCharacterSet: string): CharacterSet {
  const name = nameOf(specificCharacterSet.split('\\')[0] ?? '');
  const encoding = wholes[name];
  if (encoding !== undefined) return { kind: 'whole', encoding };
  const number = misnomers[name] ?? Number(/^ISO(?:2022)?IR(\d+)$/.exec(name)?.[1] ?? 6);
  return { kind: 'iso-2022', first: singleByte.has(number) ? number : 6 };
}

/** Never throws: bytes that mean nothing become U+FFFD. `isPersonName`: ^ and = are delimiters too. */
export function decodeText(bytes: Uint8Array, characterSet: CharacterSet, isPersonName: boolean): string {
  if (isPlainAscii(bytes)) return asBuffer(bytes).toString('latin1');
  switch (characterSet.kind) {
    case 'whole':
      return characterSet.encoding === 'utf8'
        ? asBuffer(bytes).toString('utf8')
        : iconv.decode(asBuffer(bytes), characterSet.encoding);
    case 'iso-2022':
      return decodeIso2022(bytes, characterSet.first, isPersonName);
  }
}

/** The bytes of a text; `null`: this character set can't carry it. Writes no escape sequences. */
export function encodeText(text: string, specificCharacterSet: string): Buffer | null {
  // oxlint-disable-next-line no-control-regex -- what is not a control character or ASCII is looked for
  if (/^[\x00-\x7F]*$/.test(text)) return Buffer.from(text, 'latin1');
  const characterSet = characterSetOf(specificCharacterSet);
  const bytes =
    characterSet.kind === 'whole'
      ? iconv.encode(text, characterSet.encoding)
      : iconv.encode(text, encodingName(characterSet.first));
  return decodeText(bytes, characterSet, false) === text ? bytes : null;
}

/** iconv's name for a single-byte repertoire of ISO 2022. */
function encodingName(repertoire: Repertoire): string {
  const names: Readonly<Record<number, string>> = {
    13: 'shift_jis',
    100: 'iso-8859-1',
    101: 'iso-8859-2',
    109: 'iso-8859-3',
    110: 'iso-8859-4',
    126: 'iso-8859-7',
    127: 'iso-8859-6',
    138: 'iso-8859-8',
    144: 'iso-8859-5',
    148: 'iso-8859-9',
    166: 'tis620',
    203: 'iso-8859-15',
  };
  return names[repertoire] ?? 'ascii';
}

function nameOf(value: string): string {
  return value.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

/** ASCII and no escape sequence: the same in every character set. */
export function isPlainAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte >= 0x80 || byte === escape) return false;
  return true;
}

export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
