import { tagOf, vrOf, type NewAttribute } from '../dataset/index.ts';
import { UsageError } from './arguments.ts';

/** A key, or the keys of a sequence's one item, by tag. */
interface Key {
  readonly keyword: string;
  readonly value: string | Map<string, Key>;
}

/**
 * The keys of the command line, `Keyword=value` and `Sequence.Keyword=value`, and of what else is asked
 * for those that the command line doesn't hold.
 *
 * @throws UsageError naming the key that is wrong
 */
export function findKeys(given: readonly string[], returned: readonly string[]): readonly NewAttribute[] {
  const keys = new Map<string, Key>();
  for (const text of given) {
    const [path = '', ...value] = text.split('=');
    put(keys, { path: path.split('.'), value: value.join('='), of: text, unlessThere: false });
  }
  for (const text of returned) put(keys, { path: text.split('.'), value: '', of: text, unlessThere: true });
  return attributesOf(keys);
}

interface Placing {
  readonly path: readonly string[];
  readonly value: string;
  /** As it was written. */
  readonly of: string;
  readonly unlessThere: boolean;
}

function put(keys: Map<string, Key>, placing: Placing): void {
  const [keyword = '', ...path] = placing.path;
  const tag = tagFor(keyword, placing);
  const there = keys.get(tag);
  if (path.length > 0) {
    if (vrOf(tag) !== 'SQ') throw new UsageError(`-k ${placing.of}: ${keyword} is no sequence.`);
    putInside(keys, tag, placing);
  } else if (there === undefined || !placing.unlessThere) keys.set(tag, { keyword, value: placing.value });
}

function putInside(keys: Map<string, Key>, tag: string, placing: Placing): void {
  const [keyword = '', ...path] = placing.path;
  const there = keys.get(tag)?.value;
  // Asked for whole: that is more than any of its keys.
  if (typeof there === 'string' && placing.unlessThere) return;
  const inside = there === undefined || typeof there === 'string' ? new Map<string, Key>() : there;
  keys.set(tag, { keyword, value: inside });
  put(inside, { ...placing, path });
}

function tagFor(keyword: string, { of }: Placing): string {
  const tag = /^[0-9A-Fa-f]{8}$/.test(keyword) ? keyword.toUpperCase() : tagOf(keyword);
  if (tag === null) throw new UsageError(`-k ${of}: there is no DICOM attribute ${keyword}.`);
  return tag;
}

function attributesOf(keys: ReadonlyMap<string, Key>): readonly NewAttribute[] {
  return [...keys.values()].map(({ keyword, value }) => ({
    keyword,
    value: typeof value === 'string' ? value : [attributesOf(value)],
  }));
}
