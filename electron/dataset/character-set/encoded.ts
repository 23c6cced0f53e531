/** What came of encoding a text; `character`: the first that can't be written. */
export type Encoded =
  | { readonly kind: 'encoded'; readonly bytes: Buffer }
  | { readonly kind: 'refused'; readonly character: string };
