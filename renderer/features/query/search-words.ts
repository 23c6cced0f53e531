import { countOf, formatCount, formatDuration } from '../../format/index.ts';
import { askedWords } from './asked-words.ts';
import type { StudySearch } from './study-search.ts';

export interface SearchWords {
  readonly text: string;
  readonly tone: 'plain' | 'warning';
}

/** How a search stands, in one line. `seconds`: how long it has been running. */
export function searchWords(search: StudySearch, seconds: number): SearchWords {
  switch (search.kind) {
    case 'idle':
      return plain('');
    case 'refused':
      return warning('Not asked');
    case 'asking': {
      const waited = seconds > 0 ? ` · ${seconds} s` : '';
      const found = search.rows.length > 0 ? ` · ${studies(search.rows.length)} so far` : '';
      return plain(`Asking ${search.asked.serverName}${found}${waited}`);
    }
    case 'answered':
      return answeredWords(search);
    case 'stopped':
      return warning(`Stopped · ${studies(search.rows.length)} so far · ${formatDuration(search.ms)}`);
    case 'failed':
      return warning(
        search.rows.length > 0
          ? `Incomplete: ${studies(search.rows.length)} came before it failed · ${formatDuration(search.ms)}`
          : `Failed after ${formatDuration(search.ms)}`,
      );
  }
}

function answeredWords(search: Extract<StudySearch, { kind: 'answered' }>): SearchWords {
  const count = studies(search.rows.length);
  const limit = formatCount(search.asked.limit);
  const ignored = search.keysIgnored
    ? ` · ${search.asked.serverName} does not support every field and ignored some`
    : '';
  if (search.limitReached) {
    const advice = `limit ${limit} reached: there are more; narrow the search or raise the limit`;
    return warning(`${count} · ${advice} · ${formatDuration(search.ms)}${ignored}`);
  }
  const asked = askedWords(search.asked.keys);
  const words = `${count} · ${formatDuration(search.ms)} · limit ${limit} · asked for ${asked}${ignored}`;
  return search.keysIgnored ? warning(words) : plain(words);
}

function studies(count: number): string {
  return countOf(count, 'study', 'studies');
}

function plain(text: string): SearchWords {
  return { text, tone: 'plain' };
}

function warning(text: string): SearchWords {
  return { text, tone: 'warning' };
}
