import { encodeAttributes, type NewAttribute } from './encode-attributes.ts';

/** A key of a query and what it must match; '' asks for the value (PS3.4 §C.2.2.2.3). */
export interface IdentifierKey {
  /** A keyword (`PatientName`) or eight hexadecimal digits. */
  readonly keyword: string;
  /** Several values are separated by a backslash; numbers are written in digits. */
  readonly value: string;
}

/**
 * The data set of a C-FIND, C-MOVE or C-GET request (PS3.4 §C.4): its keys in ascending order. A sequence
 * is asked for whole by '', or by one item of keys (PS3.4 §C.2.2.2.6).
 *
 * @param characterSet of its text, always told in (0008,0005), unless the keys hold that themselves; where
 *   none is given the text is ASCII, or UTF-8 and (0008,0005) says so
 * @throws FailureError at `input` for an unknown keyword or a value that can't be written
 */
export function encodeIdentifier(
  keys: readonly (IdentifierKey | NewAttribute)[],
  transferSyntaxUid: string,
  characterSet?: string,
): Buffer {
  return encodeAttributes(keys, transferSyntaxUid, characterSet);
}
