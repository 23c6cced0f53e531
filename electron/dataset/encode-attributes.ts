import { characterSetProblem } from '../contract/character-sets.ts';
import { FailureError } from '../contract/failure.ts';
import {
  type CharacterSet,
  characterSetOf,
  encodeText,
  isPlainAscii,
} from './character-set/character-set.ts';
import { tagOf, vrOf } from './dictionary.ts';
import { encodeElement, padded } from './encode-element.ts';
import { type ByteOrder, hasLongLength, itemTag, tagText } from './element-header.ts';
import { encodingOf } from './encoding.ts';
import { encodeNumbers } from './numbers.ts';

/** An attribute to be written. */
export interface NewAttribute {
  /** A keyword (`PatientName`) or eight hexadecimal digits. */
  readonly keyword: string;
  /**
   * Text, several values separated by a backslash and numbers in digits; the items of a sequence; or
   * bytes, for the value representations that are bytes. '' is no value.
   */
  readonly value: string | readonly (readonly NewAttribute[])[] | Uint8Array;
}

/** Those whose text (0008,0005) governs (PS3.5 §6.1.2.3). */
const inCharacterSet: ReadonlySet<string> = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT']);

const ascii: CharacterSet = characterSetOf('ISO_IR 6');

/** Their values are given as bytes; in big endian they would have to be turned round. */
const byteVrs: ReadonlySet<string> = new Set(['OB', 'OW', 'UN']);

/**
 * A data set (PS3.5 §7) of these attributes: in ascending order, of defined lengths. Neither deflated nor
 * big endian bytes are written.
 *
 * Its text is in the character set that the attributes themselves name in (0008,0005), else in the one that
 * is given, which (0008,0005) then says; else it is ASCII or, and (0008,0005) says so, UTF-8.
 *
 * @throws FailureError at `input` for an unknown keyword or a value that can't be written
 */
export function encodeAttributes(
  attributes: readonly NewAttribute[],
  transferSyntaxUid: string,
  characterSet?: string,
): Buffer {
  const asked = attributes.find(({ keyword }) => tagOfKeyword(keyword) === '00080005')?.value ?? '';
  const given = typeof asked === 'string' && asked !== '' ? asked : characterSet;
  const used = given ?? 'ISO_IR 192';
  const writer = new Writer(encodingOf(transferSyntaxUid), used);
  const elements = writer.elements(attributes);
  const isDefault = ['', 'ISO_IR 6'].includes(used);
  if (writer.hasLetters || (given !== undefined && !isDefault)) {
    const value = padded(Buffer.from(used, 'latin1'), 'CS');
    elements.set('00080005', { vr: 'CS', value });
  }
  return writer.join(elements);
}

interface Encoded {
  readonly vr: string;
  readonly value: Buffer;
}

class Writer {
  readonly #order: ByteOrder;
  readonly #characterSet: string;
  #hasLetters = false;

  constructor(order: ByteOrder, characterSet: string) {
    this.#order = order;
    this.#characterSet = characterSet;
  }

  /** Some text was written that isn't ASCII, in an item perhaps. */
  get hasLetters(): boolean {
    return this.#hasLetters;
  }

  elements(attributes: readonly NewAttribute[]): Map<string, Encoded> {
    return new Map(attributes.map((attribute) => this.#element(attribute)));
  }

  join(elements: ReadonlyMap<string, Encoded>): Buffer {
    return Buffer.concat(
      [...elements]
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([tag, { vr, value }]) => encodeElement(tag, vr, value, this.#order)),
    );
  }

  #element(attribute: NewAttribute): [string, Encoded] {
    const tag = tagOfKeyword(attribute.keyword);
    const vr = vrOf(tag) ?? 'UN';
    const value = padded(this.#value(attribute, vr), vr);
    if (value.length > 0xfffe && !hasLongLength(vr)) throw refused(attribute.keyword, 'is too long');
    return [tag, { vr, value }];
  }

  #value({ keyword, value }: NewAttribute, vr: string): Buffer {
    if (typeof value !== 'string') {
      return value instanceof Uint8Array ? this.#bytes(keyword, value, vr) : this.#items(keyword, value, vr);
    }
    if (value === '') return Buffer.alloc(0);
    if (vr === 'SQ') throw refused(keyword, 'is a sequence: its value is made of items');
    if (encodeNumbers([], vr, false) !== null) return this.#numbers(keyword, value, vr);
    return this.#text(keyword, value, vr);
  }

  #items(keyword: string, items: readonly (readonly NewAttribute[])[], vr: string): Buffer {
    if (vr !== 'SQ') throw refused(keyword, 'is not a sequence');
    const encoded = items.map((item) => this.join(this.elements(item)));
    // An item's header is that of an implicit element, in every syntax (PS3.5 §7.5).
    const order = { explicitVr: false, bigEndian: this.#order.bigEndian };
    return Buffer.concat(encoded.map((item) => encodeElement(tagText(itemTag), '', item, order)));
  }

  #bytes(keyword: string, bytes: Uint8Array, vr: string): Buffer {
    if (!byteVrs.has(vr)) throw refused(keyword, 'is not made of bytes');
    if (this.#order.bigEndian && vr !== 'OB') throw refused(keyword, "can't be written in big endian");
    return Buffer.from(bytes);
  }

  #numbers(keyword: string, value: string, vr: string): Buffer {
    const numbers = value.split('\\').map(Number);
    const bytes = numbers.every(Number.isSafeInteger)
      ? encodeNumbers(numbers, vr, this.#order.bigEndian)
      : null;
    if (bytes === null) throw refused(keyword, 'is not a whole number');
    return bytes;
  }

  #text(keyword: string, value: string, vr: string): Buffer {
    const isGoverned = inCharacterSet.has(vr);
    const encoded = encodeText(value, isGoverned ? characterSetOf(this.#characterSet) : ascii, vr === 'PN');
    if (encoded.kind === 'refused') {
      const carrier = isGoverned && this.#characterSet !== '' ? this.#characterSet : 'ASCII';
      throw refused(keyword, `has ${nameOf(encoded.character)}, which ${carrier} can’t carry`);
    }
    if (isPlainAscii(encoded.bytes)) return encoded.bytes;
    const problem = characterSetProblem(this.#characterSet);
    if (problem !== null) throw refused('SpecificCharacterSet', problem);
    this.#hasLetters = true;
    return encoded.bytes;
  }
}

/** `“é” (U+00E9)`, without the quotes where it can't be seen. */
function nameOf(character: string): string {
  const number = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return /[\p{C}\p{Z}\p{M}]/u.test(character) ? `the character ${number}` : `“${character}” (${number})`;
}

function tagOfKeyword(keyword: string): string {
  const tag = /^[0-9A-Fa-f]{8}$/.test(keyword) ? keyword.toUpperCase() : tagOf(keyword);
  if (tag === null) throw refused(keyword, 'is not a DICOM keyword');
  return tag;
}

function refused(field: string, problem: string): FailureError {
  return new FailureError({ step: 'input', field, problem });
}
