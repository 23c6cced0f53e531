/**
 * Graphic characters that are designated together to one half of the code table (ISO/IEC 2022): G0 has the
 * bytes from 20H to 7FH, G1 those from A0H to FFH.
 */
export interface GraphicSet {
  readonly half: 'g0' | 'g1';
  readonly bytesPerCharacter: 1 | 2;
  /** Designates it, after the ESC (PS3.3 Tables C.12-3 and C.12-4). */
  readonly escape: string;
  /** Bytes of its half only. Never throws: what is no character of it becomes U+FFFD. */
  decode(bytes: Buffer): string;
  /** The code of a character, of one or two bytes; `null`: it isn't in the set. */
  codeOf(character: string): number | null;
}

/** Codes, both ends included, that a decoder knows and the set of the standard doesn't have. */
export type CodeRange = readonly [first: number, last: number];

export function isWithin(ranges: readonly CodeRange[], code: number): boolean {
  return ranges.some(([first, last]) => code >= first && code <= last);
}

/** What stands for bytes that mean nothing. */
export const unreadable = '\uFFFD';
