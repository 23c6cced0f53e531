import type { Attributes, Element } from './attributes.ts';
import { keywordOf } from './dictionary.ts';
import { binaryNumbers } from './numbers.ts';
import { elementTexts, knownVr, specificCharacterSetOf } from './text.ts';

/**
 * Attributes as plain JSON: keywords (the tag where there is none) to decoded text or numbers, arrays
 * where there are several values, '' where there is none; a sequence is an array of such objects.
 * IS and DS become numbers, PN keeps its `=` groups. Bytes are told only by their count.
 */
export function toJson(attributes: Attributes, characterSet = ''): Record<string, unknown> {
  const own = specificCharacterSetOf(attributes) || characterSet;
  return Object.fromEntries(
    [...attributes.values()].map((element) => [keywordOf(element.tag) ?? element.tag, valueOf(element, own)]),
  );
}

function valueOf(element: Element, characterSet: string): unknown {
  if (element.items !== null) return element.items.map((item) => toJson(item, characterSet));
  const vr = knownVr(element);
  if (element.value === null || /^(?:O[BDFLVW]|UN|SQ)$/.test(vr)) return { bytes: element.length };
  const binary = binaryNumbers(element);
  if (binary !== null) return oneOrMany(binary);
  if (vr === 'AT') return oneOrMany(tagsOf(element));
  const texts = elementTexts(element, () => characterSet);
  return oneOrMany(vr === 'IS' || vr === 'DS' ? texts.map(asNumber) : texts);
}

function oneOrMany(values: readonly (string | number)[]): unknown {
  return values.length > 1 ? values : (values[0] ?? '');
}

/** Text that should be a number and isn't stays as it is. */
function asNumber(text: string): string | number {
  const number = Number(text);
  return text === '' || !Number.isFinite(number) ? text : number;
}

function tagsOf({ value, bigEndian }: Element): readonly string[] {
  if (value === null) return [];
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  return Array.from({ length: Math.floor(value.length / 4) }, (_, index) =>
    [0, 2]
      .map((half) => view.getUint16(index * 4 + half, !bigEndian))
      .map((half) => half.toString(16).toUpperCase().padStart(4, '0'))
      .join(''),
  );
}
