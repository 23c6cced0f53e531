import iconv from 'iconv-lite';
import { codePages } from '../../contract/character-sets.ts';
import { decodeIso2022, escape } from './decode-iso-2022.ts';
import { encodeIso2022, type Repertoires } from './encode-iso-2022.ts';
import { encodeWhole } from './encode-whole.ts';
import type { Encoded } from './encoded.ts';
import { isRepertoire, repertoire } from './repertoires.ts';
import { ascii } from './single-byte-set.ts';

/** How the text of a data set is written: Specific Character Set (0008,0005), PS3.3 §C.12.1.1.2. */
export type CharacterSet =
  | { readonly kind: 'whole'; readonly encoding: string }
  | ({ readonly kind: 'iso-2022' } & Repertoires);

const wholes: ReadonlyMap<string, string> = new Map([
  ['ISOIR192', 'utf8'],
  ['UTF8', 'utf8'],
  ['GB18030', 'gb18030'],
  ['GBK', 'gbk'],
  ...codePages.map(({ term }) => [nameOf(term), term] as const),
]);

/** Names that are not the standard's, but found in files. */
const misnomers: ReadonlyMap<string, number> = new Map([
  ['ISO88591', 100],
  ['LATIN1', 100],
  ['ISO88592', 101],
  ['ISO88595', 144],
  ['ISO88597', 126],
  ['ASCII', 6],
  ['USASCII', 6],
]);

/** Answers come by the thousand in the same few. */
const kept = new Map<string, CharacterSet>();
const keptMost = 64;

/**
 * Reads the value of (0008,0005). Spelling is taken lightly (`ISO-IR 100`, `ISO_IR100`); what isn't
 * known is read as plain ASCII, so that its other bytes show as unreadable instead of as wrong letters.
 */
export function characterSetOf(specificCharacterSet: string): CharacterSet {
  const known = kept.get(specificCharacterSet);
  if (known !== undefined) return known;
  if (kept.size === keptMost) kept.clear();
  const characterSet = readCharacterSet(specificCharacterSet);
  kept.set(specificCharacterSet, characterSet);
  return characterSet;
}

/** Never throws: bytes that mean nothing become U+FFFD. `isPersonName`: ^ and = are delimiters too. */
export function decodeText(bytes: Uint8Array, characterSet: CharacterSet, isPersonName: boolean): string {
  const buffer = asBuffer(bytes);
  if (isPlainAscii(bytes)) return buffer.toString('latin1');
  switch (characterSet.kind) {
    case 'whole':
      return characterSet.encoding === 'utf8'
        ? buffer.toString('utf8')
        : iconv.decode(buffer, characterSet.encoding, { stripBOM: false });
    case 'iso-2022':
      return decodeIso2022(buffer, characterSet.initial, isPersonName);
  }
}

/**
 * The bytes of a text. Of control characters it may hold only tab, line feed, form feed and carriage return
 * (PS3.5 §6.1.3): an escape sequence in it would be ours only by its looks.
 */
export function encodeText(text: string, characterSet: CharacterSet, isPersonName: boolean): Encoded {
  const control = /[^\P{Cc}\t\n\f\r]/u.exec(text);
  if (control !== null) return { kind: 'refused', character: control[0] };
  switch (characterSet.kind) {
    case 'whole':
      return encodeWhole(text, characterSet.encoding);
    case 'iso-2022':
      return encodeIso2022(text, characterSet, isPersonName);
  }
}

/** ASCII and no escape sequence: the same in every character set. */
export function isPlainAscii(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x80 || byte === escape) return false;
  }
  return true;
}

export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function readCharacterSet(specificCharacterSet: string): CharacterSet {
  const [first = '', ...more] = specificCharacterSet.split('\\').map(nameOf);
  const encoding = wholes.get(first);
  if (encoding !== undefined) return { kind: 'whole', encoding };
  const sets = repertoire(registrationOf(first));
  const initial = {
    g0: sets.find(({ half, bytesPerCharacter }) => half === 'g0' && bytesPerCharacter === 1) ?? ascii,
    // A two-byte set can't come first by the standard; those who write it there mean it from the start.
    g1: sets.find(({ half }) => half === 'g1') ?? null,
  };
  return { kind: 'iso-2022', initial, others: more.flatMap((name) => repertoire(registrationOf(name))) };
}

/** 6, which is ASCII, for what isn't known. */
function registrationOf(name: string): number {
  const registration = misnomers.get(name) ?? Number(/^ISO(?:2022)?IR(\d+)$/.exec(name)?.[1]);
  return isRepertoire(registration) ? registration : 6;
}

function nameOf(value: string): string {
  return value.toUpperCase().replace(/[^A-Z0-9]/g, '');
}
