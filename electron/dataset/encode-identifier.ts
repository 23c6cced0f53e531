import { encodeAttributes, type NewAttribute } from './encode-attributes.ts';

/** A key of a query and what it must match; '' asks for the value (PS3.4 §C.2.2.2.3). */
export interface IdentifierKey {
  /** A keyword (`PatientName`) or eight hexadecimal digits. */
  readonly keyword: string;
  /** Several values are separated by a backslash; numbers are written in digits. */
  readonly value: string;
}

/**
 * The data set of a C-FIND, C-MOVE or C-GET request (PS3.4 §C.4): its keys in ascending order, and
 * (0008,0005) where a text isn't ASCII. A sequence is asked for whole by '', or by one item of keys
 * (PS3.4 §C.2.2.2.6).
 *
 * @param characterSet used where the keys don't hold (0008,0005) themselves
 * @throws FailureError at `input` for an unknown keyword or a value that can't be written
 */
export function encodeIdentifier(
  keys: readonly (IdentifierKey | NewAttribute)[],
  transferSyntaxUid: string,
  characterSet = 'ISO_IR 192',
): Buffer {
  return encodeAttributes(keys, transferSyntaxUid, characterSet);
}
