import type { Attributes, Element } from './attributes.ts';
import {
  asBuffer,
  type CharacterSet,
  characterSetOf,
  decodeText,
  isPlainAscii,
} from './character-set/character-set.ts';
import { tagOf, vrOf } from './dictionary.ts';
import { binaryNumbers } from './numbers.ts';

/** Affected by (0008,0005) (PS3.5 §6.1.2.3); UN may be. */
const inCharacterSet: ReadonlySet<string> = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT', 'UN']);

/** One value each, so a backslash is a character of theirs (PS3.5 §6.2). */
const singleValued: ReadonlySet<string> = new Set(['LT', 'ST', 'UT', 'UR']);

/** (0008,0005) as written; '' when absent: plain ASCII. */
export function specificCharacterSetOf(attributes: Attributes): string {
  const value = attributes.get('00080005')?.value;
  return value === undefined || value === null ? '' : asBuffer(value).toString('latin1').trimEnd();
}

/**
 * A value as text, decoded by (0008,0005), trimmed; '' when absent. Several values are joined by a
 * backslash. `characterSet`: that of the data set around an item, which the item's own overrules.
 */
export function textOf(attributes: Attributes, keywordOrTag: string, characterSet = ''): string {
  return textsOf(attributes, keywordOrTag, characterSet).join('\\');
}

/** As `textOf`, each value by itself; none when absent or empty. */
export function textsOf(attributes: Attributes, keywordOrTag: string, characterSet = ''): readonly string[] {
  const element = elementOf(attributes, keywordOrTag);
  if (element === null) return [];
  return elementTexts(element, () => specificCharacterSetOf(attributes) || characterSet);
}

export function numberOf(attributes: Attributes, keywordOrTag: string): number | null {
  return numbersOf(attributes, keywordOrTag)[0] ?? null;
}

/** Of IS and DS as well as of the binary ones; what isn't a number is left out. */
export function numbersOf(attributes: Attributes, keywordOrTag: string): readonly number[] {
  const element = elementOf(attributes, keywordOrTag);
  if (element === null) return [];
  const binary = binaryNumbers(element);
  if (binary !== null) return binary;
  return elementTexts(element, () => '')
    .map((text) => Number.parseFloat(text))
    .filter(Number.isFinite);
}

/** Numbers of another representation than the one written: tables are often OW, OB or OV. */
export function numbersAs(attributes: Attributes, tag: string, vr: 'US' | 'UV'): readonly number[] {
  const element = attributes.get(tag);
  return element === undefined ? [] : (binaryNumbers({ ...element, vr }) ?? []);
}

/** `characterSet` is asked for only by text that isn't ASCII: most is. */
export function elementTexts(element: Element, characterSet: () => string): readonly string[] {
  const { value } = element;
  if (value === null || value.length === 0) return [];
  const binary = binaryNumbers(element);
  if (binary !== null) return binary.map(String);
  const vr = knownVr(element);
  const text = isPlainAscii(value)
    ? asBuffer(value).toString('latin1')
    : decodeText(value, inCharacterSet.has(vr) ? characterSetOf(characterSet()) : latin1, vr === 'PN');
  const keepsStart = vr === 'PN' || singleValued.has(vr);
  if (singleValued.has(vr) || !text.includes('\\')) return [trimmed(text, keepsStart)];
  return text.split('\\').map((value) => trimmed(value, keepsStart));
}

export function elementOf(attributes: Attributes, keywordOrTag: string): Element | null {
  return attributes.get(tagOf(keywordOrTag) ?? keywordOrTag) ?? null;
}

/** What the dictionary knows of a tag whose writer wrote UN. */
export function knownVr(element: Element): string {
  return element.vr === 'UN' ? (vrOf(element.tag) ?? 'UN') : element.vr;
}

const latin1: CharacterSet = characterSetOf('ISO_IR 100');

/** NUL pads UIDs, and by mistake other text. A regular expression would take long over many spaces. */
function trimmed(text: string, keepsStart: boolean): string {
  let end = text.length;
  while (end > 0 && (text.charCodeAt(end - 1) === 0x20 || text.charCodeAt(end - 1) === 0)) end -= 1;
  return keepsStart ? text.slice(0, end) : text.slice(0, end).trimStart();
}
