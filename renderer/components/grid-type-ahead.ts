/** The letters typed so far, and when the last one was; milliseconds. */
export interface TypeAhead {
  readonly letters: string;
  readonly at: number;
}

export const nothingTyped: TypeAhead = { letters: '', at: 0 };

/** Letters further apart than this begin a new word. */
const pauseMs = 700;

export function typed(before: TypeAhead, letter: string, at: number): TypeAhead {
  return { letters: (at - before.at > pauseMs ? '' : before.letters) + letter, at };
}

/**
 * The index of the row whose text begins with the letters, looking on from `from` and around the end;
 * the same letter again and again goes from one such row to the next. -1: there is none.
 */
export function findTyped(texts: readonly string[], { letters }: TypeAhead, from: number): number {
  const wanted = plain(letters);
  const repeated = wanted.length > 1 && wanted === wanted.charAt(0).repeat(wanted.length);
  const prefix = repeated ? wanted.charAt(0) : wanted;
  // A first letter looks beyond the row it is on; the next ones may stay on it.
  const start = wanted.length === 1 || repeated ? from + 1 : Math.max(0, from);
  for (let step = 0; step < texts.length; step += 1) {
    const index = (start + step) % texts.length;
    if (plain(texts[index] ?? '').startsWith(prefix)) return index;
  }
  return -1;
}

/** Without case and without marks, so that 'mu' finds Müller. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
