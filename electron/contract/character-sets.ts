import { z } from 'zod';

/** A defined term of Specific Character Set (0008,0005), PS3.3 §C.12.1.1.2. */
export interface CharacterSetRow {
  readonly term: string;
  readonly name: string;
  /**
   * Where PS3.3 has it, which is what it may be used for. C.12-2 and C.12-5: alone. C.12-3: first or later
   * among several. C.12-4: later among several, behind a first that may be empty (ASCII).
   */
  readonly table: 'C.12-2' | 'C.12-3' | 'C.12-4' | 'C.12-5';
}

/** PS3.3 Tables C.12-2 to C.12-5. ISO_IR 6 isn't among them, but is what systems write for the default. */
export const characterSets = [
  { term: 'ISO_IR 6', name: 'Default repertoire (ASCII)', table: 'C.12-2' },
  { term: 'ISO_IR 100', name: 'Latin alphabet No. 1 (Western European)', table: 'C.12-2' },
  { term: 'ISO_IR 101', name: 'Latin alphabet No. 2 (Central European)', table: 'C.12-2' },
  { term: 'ISO_IR 109', name: 'Latin alphabet No. 3 (Southern European)', table: 'C.12-2' },
  { term: 'ISO_IR 110', name: 'Latin alphabet No. 4 (Northern European)', table: 'C.12-2' },
  { term: 'ISO_IR 144', name: 'Cyrillic', table: 'C.12-2' },
  { term: 'ISO_IR 127', name: 'Arabic', table: 'C.12-2' },
  { term: 'ISO_IR 126', name: 'Greek', table: 'C.12-2' },
  { term: 'ISO_IR 138', name: 'Hebrew', table: 'C.12-2' },
  { term: 'ISO_IR 148', name: 'Latin alphabet No. 5 (Turkish)', table: 'C.12-2' },
  { term: 'ISO_IR 203', name: 'Latin alphabet No. 9 (Western European, with €)', table: 'C.12-2' },
  { term: 'ISO_IR 13', name: 'Japanese, half-width katakana (JIS X 0201)', table: 'C.12-2' },
  { term: 'ISO_IR 166', name: 'Thai', table: 'C.12-2' },
  { term: 'ISO 2022 IR 6', name: 'Default repertoire (ASCII)', table: 'C.12-3' },
  { term: 'ISO 2022 IR 100', name: 'Latin alphabet No. 1 (Western European)', table: 'C.12-3' },
  { term: 'ISO 2022 IR 101', name: 'Latin alphabet No. 2 (Central European)', table: 'C.12-3' },
  { term: 'ISO 2022 IR 109', name: 'Latin alphabet No. 3 (Southern European)', table: 'C.12-3' },
  { term: 'ISO 2022 IR 110', name: 'Latin alphabet No. 4 (Northern European)', table: 'C.12-3' },
  { term: 'ISO 2022 IR 144', name: 'Cyrillic', table: 'C.12-3' },
  { term: 'ISO 2022 IR 127', name: 'Arabic', table: 'C.12-3' },
  { term: 'ISO 2022 IR 126', name: 'Greek', table: 'C.12-3' },
  { term: 'ISO 2022 IR 138', name: 'Hebrew', table: 'C.12-3' },
  { term: 'ISO 2022 IR 148', name: 'Latin alphabet No. 5 (Turkish)', table: 'C.12-3' },
  { term: 'ISO 2022 IR 203', name: 'Latin alphabet No. 9 (Western European, with €)', table: 'C.12-3' },
  { term: 'ISO 2022 IR 13', name: 'Japanese, half-width katakana (JIS X 0201)', table: 'C.12-3' },
  { term: 'ISO 2022 IR 166', name: 'Thai', table: 'C.12-3' },
  { term: 'ISO 2022 IR 87', name: 'Japanese, kanji and kana (JIS X 0208)', table: 'C.12-4' },
  { term: 'ISO 2022 IR 159', name: 'Japanese, supplementary kanji (JIS X 0212)', table: 'C.12-4' },
  { term: 'ISO 2022 IR 149', name: 'Korean, hangul and hanja (KS X 1001)', table: 'C.12-4' },
  { term: 'ISO 2022 IR 58', name: 'Simplified Chinese (GB 2312)', table: 'C.12-4' },
  { term: 'ISO_IR 192', name: 'Unicode in UTF-8', table: 'C.12-5' },
  { term: 'GB18030', name: 'Chinese (GB 18030)', table: 'C.12-5' },
  { term: 'GBK', name: 'Simplified Chinese (GBK)', table: 'C.12-5' },
] as const satisfies readonly CharacterSetRow[];

/** Code pages that are not DICOM's, but what the text of some systems is really in. For reading only. */
export const codePages = [
  { term: 'windows-1250', name: 'Windows, Central European' },
  { term: 'windows-1251', name: 'Windows, Cyrillic' },
  { term: 'windows-1252', name: 'Windows, Western European' },
  { term: 'windows-1253', name: 'Windows, Greek' },
  { term: 'windows-1254', name: 'Windows, Turkish' },
  { term: 'windows-1255', name: 'Windows, Hebrew' },
  { term: 'windows-1256', name: 'Windows, Arabic' },
  { term: 'windows-1257', name: 'Windows, Baltic' },
  { term: 'windows-1258', name: 'Windows, Vietnamese' },
  { term: 'windows-874', name: 'Windows, Thai' },
  { term: 'KOI8-R', name: 'Russian (KOI8-R)' },
  { term: 'KOI8-U', name: 'Ukrainian (KOI8-U)' },
  { term: 'IBM850', name: 'DOS, Western European' },
  { term: 'IBM866', name: 'DOS, Cyrillic' },
  { term: 'Shift_JIS', name: 'Japanese (Shift JIS)' },
  { term: 'EUC-JP', name: 'Japanese (EUC)' },
  { term: 'EUC-KR', name: 'Korean (EUC, with the additions of Windows)' },
  { term: 'Big5', name: 'Traditional Chinese (Big5)' },
] as const;

/** A value of (0008,0005) that text can be written in: one term, or several separated by a backslash. */
export const SpecificCharacterSet = schemaOf(characterSetProblem);

/** What an answer's text may be read as, whatever the answer says: the same, or a code page. */
export const DecodeAs = schemaOf((value) => (isCodePage(value) ? null : characterSetProblem(value)));

/** What is wrong with it in a sentence; `null`: it is a character set, or '', which is ASCII. */
export function characterSetProblem(value: string): string | null {
  const [first = '', ...more] = value.split('\\');
  const unknown = [first, ...more].find(
    (term, index) => tableOf(term) === null && (index > 0 || term !== ''),
  );
  if (unknown !== undefined) {
    return `“${unknown}” is no character set of DICOM. Enter a term such as ISO_IR 100 or ISO_IR 192.`;
  }
  if (more.length === 0) return null;
  if (tableOf(first) === 'C.12-4') return `${first} can’t come first. Begin with a backslash: \\${value}.`;
  const alone = [first, ...more].find((term) => ['C.12-2', 'C.12-5'].includes(tableOf(term) ?? ''));
  if (alone !== undefined) {
    const combining = alone.replace('ISO_IR', 'ISO 2022 IR');
    return tableOf(combining) === 'C.12-3'
      ? `${alone} stands alone. Write ${combining} where there are several.`
      : `${alone} stands alone. Remove the others.`;
  }
  const terms = [first, ...more];
  const twice = terms.find((term, index) => terms.indexOf(term) !== index);
  return twice === undefined ? null : `${twice} stands there twice. Remove one.`;
}

/**
 * A character set as it is written into (0008,0005): a term that was chosen by itself, but is for use
 * among several, is put into its place there.
 */
export function specificCharacterSet(value: string): string {
  const term = value.trim();
  switch (tableOf(term)) {
    case 'C.12-3':
      return term.replace('ISO 2022 IR', 'ISO_IR');
    case 'C.12-4':
      return `\\${term}`;
    case 'C.12-2':
    case 'C.12-5':
    case null:
      return term;
  }
}

function tableOf(term: string): CharacterSetRow['table'] | null {
  return characterSets.find((row) => row.term === term)?.table ?? null;
}

function isCodePage(value: string): boolean {
  return codePages.some(({ term }) => term === value);
}

function schemaOf(problemOf: (value: string) => string | null) {
  return z
    .string()
    .trim()
    .superRefine((value, context) => {
      const message = problemOf(value);
      if (message !== null) context.addIssue({ code: 'custom', message });
    });
}
