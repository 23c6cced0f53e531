import { AeTitle } from '../../contract/ae-title.ts';
import { Host } from '../../contract/host.ts';
import type { FoundField } from '../../contract/read-reply.ts';

type Field = FoundField['field'];

/** What stands behind a label, without what people write around it. `others`: further values that stand there. */
export interface ReadValue {
  readonly value: string;
  readonly others: readonly string[];
}

const quotes = /^["'“”„‚‘’«»`*_<[]+|["'“”„‚‘’«»`*_>\]]+$/g;

/** Reads the value of a field out of what stands behind its label; `null`: there is none. */
export function readValue(field: Field, written: string): ReadValue | null {
  // A no-break space from a mail is no part of a value at its ends; inside, the check of the form names it.
  const text = written.replaceAll(/^[\s\u00A0]+|[\s\u00A0]+$/g, '');
  if (text === '') return null;
  const read = readers[field];
  return read === undefined ? { value: text.replaceAll(quotes, ''), others: [] } : read(text);
}

const readPort = (text: string): ReadValue | null =>
  several(text.match(/(?<![\d.])\d{1,5}(?![\d.]*\d)/g) ?? []);

/** Of the fields that are not taken as they are written. */
const readers: Readonly<Partial<Record<Field, (text: string) => ReadValue | null>>> = {
  port: readPort,
  listenPort: readPort,
  host: (text) => several(hostsIn(text)),
  aeTitle: readAeTitle,
  callingAeTitle: readAeTitle,
  tls: readTls,
  webUrl: (text) => several(text.match(/https?:\/\/[^\s"'<>,;)]+/gi) ?? []),
};

function several(values: readonly string[]): ReadValue | null {
  const [value, ...others] = [...new Set(values)];
  return value === undefined ? null : { value, others };
}

/** Addresses and names with a dot first; a bare word only where it stands alone. */
export function hostsIn(text: string): readonly string[] {
  const words = text
    .replaceAll(/https?:\/\//gi, '')
    .split(/[\s,;()]+|(?<!:):(?=\d{1,5}(?!\S))|\//)
    .map((word) => word.replaceAll(quotes, '').replace(/\.$/, ''));
  const valid = words.filter((word) => word !== '' && Host.safeParse(word).success);
  const clear = valid.filter((word) => isAddress(word) || (/[a-z]/i.test(word) && word.includes('.')));
  if (clear.length > 0) return clear;
  return words.filter(Boolean).length === 1 ? valid.filter((word) => !/^\d+$/.test(word)) : [];
}

export function isAddress(word: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(word) || (word.match(/:/g)?.length ?? 0) >= 2;
}

const joined = /\s*[,;|\t]\s*|[ \t]+(?:and|or|und|oder|et|ou|y|o|e)[ \t]+/i;

/**
 * What is quoted, or the first word; a remark behind it in brackets is none of it. What can't be seen in
 * it stays, so that the form's check can name it.
 */
function readAeTitle(text: string): ReadValue {
  const quoted = /["“„«']([^"”“»']{1,16})["”“»']/.exec(text)?.[1];
  if (quoted !== undefined) return { value: quoted, others: [] };
  const [first = '', ...others] = text.replace(/[ \t]*[([].*$/s, '').split(joined);
  const bare = first.replaceAll(quotes, '');
  const [word = bare] = bare.split(/[ \t]+/);
  const isTitle = AeTitle.safeParse(bare).success || !AeTitle.safeParse(word).success;
  return { value: isTitle ? bare : word, others: others.filter((other) => AeTitle.safeParse(other).success) };
}

function readTls(text: string): ReadValue | null {
  const plain = text.toLowerCase();
  if (/^(?:no|none|off|false|nein|aus|non|kein|keine|disabled|not|plain|without|0|-)\b|^-$/.test(plain))
    return { value: 'no', others: [] };
  if (/^(?:yes|on|true|ja|ein|oui|si|sí|enabled|required|tls|ssl|1|mutual|anonymous)/.test(plain))
    return { value: 'yes', others: [] };
  return null;
}
