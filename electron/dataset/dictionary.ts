import { attributeTable } from './attribute-table.ts';

interface Entry {
  readonly tag: string;
  readonly vr: string;
  readonly keyword: string;
}

interface Dictionary {
  readonly byTag: ReadonlyMap<string, Entry>;
  readonly byKeyword: ReadonlyMap<string, Entry>;
}

let known: Dictionary | null = null;

/** `PatientName` → `00100010`; `null`: no such keyword in PS3.6. */
export function tagOf(keyword: string): string | null {
  return dictionary().byKeyword.get(keyword)?.tag ?? null;
}

/** `00100010` → `PatientName`; `null`: a private or unknown tag. */
export function keywordOf(tag: string): string | null {
  return dictionary().byTag.get(tag)?.keyword ?? null;
}

/**
 * The value representation of PS3.6, `null` for a tag it doesn't know. Of an attribute with two, the
 * unsigned or the wider one. Private creators, group lengths and the repeating groups have theirs too.
 */
export function vrOf(tag: string): string | null {
  return dictionary().byTag.get(tag)?.vr ?? vrByRule(tag);
}

function vrByRule(tag: string): string | null {
  if (tag.endsWith('0000')) return 'UL';
  const isPrivate = (Number.parseInt(tag.slice(3, 4), 16) & 1) === 1;
  if (isPrivate) return /^[0-9A-F]{4}00[1-9A-F][0-9A-F]$/.test(tag) ? 'LO' : null;
  const repeating = /^(50|60)[0-9A-F]{2}([0-9A-F]{4})$/.exec(tag);
  return repeating === null ? null : (dictionary().byTag.get(`${repeating[1]}00${repeating[2]}`)?.vr ?? null);
}

/** Made on the first question: a start that asks none doesn't pay for it. */
function dictionary(): Dictionary {
  known ??= readTable();
  return known;
}

function readTable(): Dictionary {
  const byTag = new Map<string, Entry>();
  const byKeyword = new Map<string, Entry>();
  for (const [group, elements] of Object.entries(attributeTable)) {
    for (const text of elements.split(' ')) {
      const entry = { tag: group + text.slice(0, 4), vr: text.slice(4, 6), keyword: text.slice(6) };
      byTag.set(entry.tag, entry);
      if (!byKeyword.has(entry.keyword)) byKeyword.set(entry.keyword, entry);
    }
  }
  return { byTag, byKeyword };
}
