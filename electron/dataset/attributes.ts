/** A data set, or an item of a sequence, by tag: eight hexadecimal digits, upper case. */
export type Attributes = ReadonlyMap<string, Element>;

export interface Element {
  readonly tag: string;
  /** As written in an explicit syntax, else the dictionary's; `UN` where neither knows. */
  readonly vr: string;
  /** Of the value, in the bytes that were parsed. */
  readonly offset: number;
  /** Bytes from `offset` to the value's end; of an undefined length, up to and with its delimiter. */
  readonly length: number;
  /** `null` for a sequence, for encapsulated pixel data, and for what wasn't read. */
  readonly value: Uint8Array | null;
  /** A sequence's items; `null` for anything else, and for a sequence that wasn't opened. */
  readonly items: readonly Attributes[] | null;
  /** Of the value's numbers. */
  readonly bigEndian: boolean;
  /** Its length was given as FFFFFFFFH. */
  readonly undefinedLength: boolean;
}

/** Bytes that are not a data set, or one beyond the limits. Says where, never what was there. */
export class DatasetError extends Error {
  readonly offset: number;
  readonly reason: DatasetProblem;

  constructor(reason: DatasetProblem, offset: number) {
    super(`${reason} at byte ${offset}`);
    this.name = 'DatasetError';
    this.reason = reason;
    this.offset = offset;
  }
}

export type DatasetProblem =
  /** An element, an item or a delimiter lies beyond the last byte. */
  | 'cut short'
  | 'not an element'
  | 'nested too deep'
  | 'too many elements'
  | 'not deflated'
  | 'inflates too far';
