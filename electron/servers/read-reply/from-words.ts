import type { FoundField } from '../../contract/read-reply.ts';
import { uncertain, type Piece, type Reading } from './piece.ts';
import { hostsIn, isAddress } from './values.ts';

/** What can be guessed where nothing is labelled: addresses, numbers near “port”, words in capitals. */
export function readWords(text: string): Reading {
  const host = hostIn(text);
  const port = portIn(text, host);
  const aeTitle = titleIn(text);
  const web = pieceOf(text, 'webUrl', /https?:\/\/[^\s"'<>,;)]+/i);
  const found: readonly (FoundField | null)[] = [
    aeTitle === null ? null : uncertain(aeTitle, 'It is not labelled; it looks like an AE title.'),
    host === null ? null : uncertain(host, 'It is not labelled; it looks like an address.'),
    port === null ? null : uncertain(port, 'It is not labelled; it looks like a port.'),
    web === null ? null : uncertain(web, 'It is not labelled; it looks like a web address.'),
  ];
  return { found: found.filter((each) => each !== null), remarks: [] };
}

function hostIn(text: string): Piece | null {
  for (const word of text.matchAll(/[^\s,;()<>"']+/g)) {
    if (/^https?:|@/i.test(word[0])) continue;
    const [host] = hostsIn(word[0]);
    if (host === undefined || !(isAddress(host) || /^[\w-]+(?:\.[\w-]+)+$/.test(host))) continue;
    return { field: 'host', value: host, from: word[0], at: word.index };
  }
  return null;
}

function portIn(text: string, host: Piece | null): Piece | null {
  const named = /\bport\w*\D{0,12}?(\d{1,5})\b/i.exec(text);
  if (named?.[1] !== undefined) return { field: 'port', value: named[1], from: named[0], at: named.index };
  const behind = host === null ? null : /^:(\d{1,5})\b/.exec(text.slice(host.at + host.value.length));
  if (host !== null && behind?.[1] !== undefined) {
    return { field: 'port', value: behind[1], from: `${host.value}${behind[0]}`, at: host.at };
  }
  return pieceOf(text, 'port', /(?<![\d.:])(?:104|11112|2762|2761|4242|11113|4104|5678)(?![\d.])/);
}

const noTitles = new Set([
  'AE',
  'AET',
  'IP',
  'TLS',
  'SSL',
  'PORT',
  'DICOM',
  'TCP',
  'DNS',
  'IT',
  'PACS',
  'SCP',
  'SCU',
  'OK',
  'FYI',
  'URL',
  'HTTP',
  'HTTPS',
  'RE',
  'AW',
  'WG',
  'FW',
  'II',
  'CT',
  'MR',
]);

/** `our AE title is PACS9.` names it; else the first word in capitals that means nothing else. */
function titleIn(text: string): Piece | null {
  const named =
    /\bAE(?:T|[ -]?tit(?:le|el))?\s+(?:is|will be|ist|lautet|est|es|è)\s+["'“‘„«]?([A-Za-z0-9_-]{1,16})(?![\w@/-]|\.\w)/i.exec(
      text,
    );
  if (named?.[1] !== undefined) {
    return { field: 'aeTitle', value: named[1], from: named[0], at: named.index };
  }
  // A full stop ends the word, and a dot within it makes it a name of the network.
  for (const word of text.matchAll(/(?<![\w.@/-])[A-Z][A-Z0-9_-]{1,15}(?![\w@/-]|\.\w)/g)) {
    if (!noTitles.has(word[0])) return { field: 'aeTitle', value: word[0], from: word[0], at: word.index };
  }
  return null;
}

function pieceOf(text: string, field: FoundField['field'], pattern: RegExp): Piece | null {
  const match = pattern.exec(text);
  return match === null ? null : { field, value: match[0], from: match[0], at: match.index };
}
