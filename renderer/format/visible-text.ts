/**
 * The text with every character that could deceive made visible: control characters as their
 * Unicode pictures, direction overrides and invisible spaces by their abbreviations.
 *
 * Zero-width joiners stay: Persian and the Indic scripts are spelled with them.
 */
export function visibleText(text: string): string {
  return suspicious.test(text) ? Array.from(text, visibleCharacter).join('') : text;
}

const suspicious =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u200B\u200E\u200F\u2028-\u202E\u2060\u2066-\u2069\uFEFF\uD800-\uDFFF]/;

const abbreviations: Readonly<Record<string, string>> = {
  '\u00AD': 'SHY',
  '\u061C': 'ALM',
  '\u200B': 'ZWSP',
  '\u200E': 'LRM',
  '\u200F': 'RLM',
  '\u2028': 'LS',
  '\u2029': 'PS',
  '\u202A': 'LRE',
  '\u202B': 'RLE',
  '\u202C': 'PDF',
  '\u202D': 'LRO',
  '\u202E': 'RLO',
  '\u2060': 'WJ',
  '\u2066': 'LRI',
  '\u2067': 'RLI',
  '\u2068': 'FSI',
  '\u2069': 'PDI',
  '\uFEFF': 'BOM',
};

function visibleCharacter(character: string): string {
  const abbreviation = abbreviations[character];
  if (abbreviation !== undefined) return `⟨${abbreviation}⟩`;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  if (code >= 0x80 && code <= 0x9f) return `⟨${code.toString(16).toUpperCase()}⟩`;
  // Half of a surrogate pair is no character at all.
  return code >= 0xd800 && code <= 0xdfff ? '\uFFFD' : character;
}
