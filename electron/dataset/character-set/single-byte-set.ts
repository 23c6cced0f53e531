import iconv from 'iconv-lite';
import { type CodeRange, type GraphicSet, isWithin, unreadable } from './graphic-set.ts';

/** ISO-IR 6, in G0 of every set but the Japanese. */
export const ascii = lowerHalf('(B');

/**
 * ISO-IR 14, in G0 beside half-width katakana. Its yen sign (5CH) is DICOM's delimiter all the same, and
 * its overline (7EH) is a tilde to most systems, so both are read and written as in ASCII.
 */
export const romaji = lowerHalf('(J');

/** The upper half of a code page, made when it is first needed. `beyond`: later additions to it. */
export function upperHalf(escape: string, encoding: string, beyond: readonly CodeRange[] = []): GraphicSet {
  let characters: readonly string[] | null = null;
  let codes: ReadonlyMap<string, number> | null = null;
  const known = (): readonly string[] => (characters ??= readUpperHalf(encoding));
  return {
    half: 'g1',
    bytesPerCharacter: 1,
    escape,
    decode(bytes) {
      let text = '';
      for (const byte of bytes) text += known()[byte - 0x80] ?? unreadable;
      return text;
    },
    codeOf(character) {
      codes ??= codesOf(known(), beyond);
      return codes.get(character) ?? null;
    },
  };
}

function lowerHalf(escape: string): GraphicSet {
  return {
    half: 'g0',
    bytesPerCharacter: 1,
    escape,
    decode: (bytes) => bytes.toString('latin1'),
    codeOf: (character) => (character >= ' ' && character <= '~' ? character.charCodeAt(0) : null),
  };
}

/** By byte, from 80H. The control characters up to 9FH aren't used in DICOM (PS3.5 §6.1.3). */
function readUpperHalf(encoding: string): readonly string[] {
  return Array.from({ length: 0x80 }, (_, index) =>
    index < 0x20 ? unreadable : iconv.decode(Buffer.from([index + 0x80]), encoding),
  );
}

function codesOf(characters: readonly string[], beyond: readonly CodeRange[]): ReadonlyMap<string, number> {
  const codes = new Map<string, number>();
  for (const [index, character] of characters.entries()) {
    if (character !== unreadable && !isWithin(beyond, index + 0x80)) codes.set(character, index + 0x80);
  }
  return codes;
}
