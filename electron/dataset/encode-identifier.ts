import { FailureError } from '../contract/failure.ts';
import { encodeText } from './character-set.ts';
import { tagOf, vrOf } from './dictionary.ts';
import { encodeElement, padded } from './encode-element.ts';
import { type ByteOrder, hasLongLength } from './element-header.ts';
import { encodingOf } from './encoding.ts';
import { encodeNumbers } from './numbers.ts';

/** A key of a query and what it must match; '' asks for the value (PS3.4 §C.2.2.2.3). */
export interface IdentifierKey {
  /** A keyword (`PatientName`) or eight hexadecimal digits. */
  readonly keyword: string;
  /** Several values are separated by a backslash; numbers are written in digits. */
  readonly value: string;
}

interface EncodedKey {
  readonly tag: string;
  readonly vr: string;
  readonly value: Buffer;
}

/** Those whose text (0008,0005) governs (PS3.5 §6.1.2.3). */
const inCharacterSet: ReadonlySet<string> = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT']);

/**
 * The data set of a C-FIND or C-MOVE request (PS3.4 §C.4): its keys in ascending order, and
 * (0008,0005) where a text isn't ASCII. A sequence is asked for whole, by an empty one.
 *
 * @param characterSet used where the keys don't hold (0008,0005) themselves
 * @throws FailureError at `input` for an unknown keyword or a value that can't be written
 */
export function encodeIdentifier(
  keys: readonly IdentifierKey[],
  transferSyntaxUid: string,
  characterSet = 'ISO_IR 192',
): Buffer {
  const order = encodingOf(transferSyntaxUid);
  const asked = keys.find(({ keyword }) => tagOfKey(keyword) === '00080005')?.value ?? '';
  const specificCharacterSet = asked === '' ? characterSet : asked;
  const elements = new Map(
    keys.map((key) => encodeKey(key, specificCharacterSet, order)).map((element) => [element.tag, element]),
  );
  const needsCharacterSet = [...elements.values()].some(
    ({ vr, value }) => inCharacterSet.has(vr) && value.some((byte) => byte >= 0x80),
  );
  if (needsCharacterSet) {
    const value = padded(Buffer.from(specificCharacterSet, 'latin1'), 'CS');
    elements.set('00080005', { tag: '00080005', vr: 'CS', value });
  }
  return Buffer.concat(
    [...elements.values()]
      .toSorted((one, other) => (one.tag < other.tag ? -1 : 1))
      .map(({ tag, vr, value }) => encodeElement(tag, vr, value, order)),
  );
}

function encodeKey({ keyword, value }: IdentifierKey, characterSet: string, order: ByteOrder): EncodedKey {
  const tag = tagOfKey(keyword);
  const vr = vrOf(tag) ?? 'UN';
  const bytes = encodeValue({ keyword, value }, vr, characterSet, order.bigEndian);
  const evened = padded(bytes, vr);
  if (evened.length > 0xfffe && !hasLongLength(vr)) throw refused(keyword, 'is too long');
  return { tag, vr, value: evened };
}

function encodeValue(
  { keyword, value }: IdentifierKey,
  vr: string,
  characterSet: string,
  bigEndian: boolean,
): Buffer {
  if (value === '') return Buffer.alloc(0);
  if (vr === 'SQ') throw refused(keyword, 'is a sequence: it can only be asked for');
  const numbers = encodeNumbers([], vr, bigEndian);
  if (numbers !== null) return encodeNumberText(keyword, value, vr, bigEndian);
  const bytes = encodeText(value, inCharacterSet.has(vr) ? characterSet : 'ISO_IR 6');
  if (bytes === null) {
    throw refused(keyword, `has letters that ${inCharacterSet.has(vr) ? characterSet : 'ASCII'} can't carry`);
  }
  return bytes;
}

function encodeNumberText(keyword: string, value: string, vr: string, bigEndian: boolean): Buffer {
  const numbers = value.split('\\').map(Number);
  const bytes = numbers.every(Number.isSafeInteger) ? encodeNumbers(numbers, vr, bigEndian) : null;
  if (bytes === null) throw refused(keyword, 'is not a whole number');
  return bytes;
}

function tagOfKey(keyword: string): string {
  const tag = /^[0-9A-Fa-f]{8}$/.test(keyword) ? keyword.toUpperCase() : tagOf(keyword);
  if (tag === null) throw refused(keyword, 'is not a DICOM keyword');
  return tag;
}

function refused(field: string, problem: string): FailureError {
  return new FailureError({ step: 'input', field, problem });
}
