import type { FoundField } from '../../contract/read-reply.ts';

/** A value and the piece of the text that it stands in. */
export type Piece = Pick<FoundField, 'field' | 'value' | 'from' | 'at'>;

export function certain(piece: Piece): FoundField {
  return { ...piece, isCertain: true, why: null };
}

export function uncertain(piece: Piece, why: string): FoundField {
  return { ...piece, isCertain: false, why };
}

/** What a reader of one form found; `null` instead where the text has another form. */
export interface Reading {
  readonly found: readonly FoundField[];
  readonly remarks: readonly string[];
}
