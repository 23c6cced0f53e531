import { z } from 'zod';

/**
 * Application Entity title: 1-16 characters of the default repertoire, no backslash, no control
 * characters; leading and trailing spaces are not significant, case is kept (PS3.5 §6.2, VR AE).
 *
 * The first character that may not stand in it is named, because the usual ones (a no-break space
 * from a mail, a Cyrillic А) can't be seen.
 */
export const AeTitle = z
  .string('An AE title is text of 1 to 16 characters.')
  .transform((text) => text.replace(/^ +| +$/g, ''))
  .pipe(
    z
      .string()
      .min(1, 'The AE title is missing. Enter its 1 to 16 characters.')
      .superRefine((text, context) => {
        const message = problemOf(text);
        if (message !== null) context.addIssue({ code: 'custom', message });
      }),
  )
  .brand<'AeTitle'>();
export type AeTitle = z.infer<typeof AeTitle>;

const longestAeTitle = 16;

function problemOf(text: string): string | null {
  const characters = Array.from(text);
  const position = characters.findIndex((character) => !/^[\x20-\x5B\x5D-\x7E]$/.test(character));
  const character = characters[position];
  if (character !== undefined) {
    return `The AE title may not contain ${nameOf(character)} (character ${position + 1}). Use ASCII letters, digits, spaces and signs.`;
  }
  if (characters.length > longestAeTitle) {
    return `The AE title has ${characters.length} characters. Shorten it to ${longestAeTitle}.`;
  }
  return null;
}

function nameOf(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  const number = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
  if (character === '\\') return 'a backslash';
  if (codePoint === 0xa0) return `a no-break space (${number})`;
  if (/[\p{Cc}]/u.test(character)) return `a control character (${number})`;
  if (/[\p{C}\p{Z}\p{M}]/u.test(character)) return `an invisible character (${number})`;
  return `“${character}” (${number})`;
}
