import type { FoundField, ReadReply } from '../../contract/read-reply.ts';
import { readCompact } from './from-compact.ts';
import { readJson } from './from-json.ts';
import { readLines } from './from-lines.ts';
import { readTable } from './from-table.ts';
import { readWords } from './from-words.ts';
import type { Reading } from './piece.ts';

const essential: readonly FoundField['field'][] = ['aeTitle', 'host', 'port'];

/**
 * Finds a server in what its administrator wrote: a mail, a table, `PACS1@10.0.4.12:104`, a row of a
 * list, a piece of Orthanc's configuration, or the connection card of a viewer such as this one. Nothing
 * is taken over without the piece of text that it comes from, and what is guessed says so.
 */
export function readReply(text: string): ReadReply {
  const plain = text.replaceAll(/\r\n?/g, '\n');
  const whole = readJson(plain) ?? readTable(plain);
  const readings = whole === null ? [readCompact(plain), readLines(plain)] : [whole];
  const labelled = mergeReadings(readings.filter((each) => each !== null));
  const guessed = whole === null ? missingFrom(labelled.found, readWords(plain)) : [];
  const found = [...labelled.found, ...guessed];
  return { found, remarks: [...labelled.remarks, ...missingRemarks(found)] };
}

/** What the first says of a field counts. */
function mergeReadings(readings: readonly Reading[]): Reading {
  const found: FoundField[] = [];
  for (const each of readings.flatMap((reading) => reading.found)) {
    if (!found.some(({ field }) => field === each.field)) found.push(each);
  }
  return { found, remarks: readings.flatMap(({ remarks }) => remarks) };
}

/** Guesses only for what makes a server, and a web address only where nothing else was found. */
function missingFrom(found: readonly FoundField[], words: Reading): readonly FoundField[] {
  return words.found.filter(
    ({ field }) =>
      !found.some((each) => each.field === field) &&
      (essential.includes(field) || (field === 'webUrl' && !found.some((each) => each.field === 'host'))),
  );
}

function missingRemarks(found: readonly FoundField[]): readonly string[] {
  const has = (field: FoundField['field']): boolean => found.some((each) => each.field === field);
  if (has('webUrl') && !has('host')) return [];
  const names = { aeTitle: 'AE title', host: 'address', port: 'port' } as const;
  const missing = (['aeTitle', 'host', 'port'] as const).filter((field) => !has(field));
  if (missing.length === 3) return ['Neither AE title nor address nor port was found in this text.'];
  return missing.map((field) => `No ${names[field]} was found in this text. Ask for it.`);
}
