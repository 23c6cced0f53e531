import type { Failure } from '../../../electron/contract/failure.ts';
import type { ServerId } from '../../../electron/contract/server.ts';
import type { StudyKeys, StudyMatch } from '../../../electron/contract/study.ts';

/** What was asked, of whom. Results belong to this server, whichever is chosen since. */
export interface Asked {
  readonly serverId: ServerId;
  readonly serverName: string;
  readonly keys: StudyKeys;
  readonly limit: number;
}

/** A match, and the key it keeps: servers do answer one study twice. */
export interface StudyRow {
  readonly key: string;
  readonly match: StudyMatch;
}

/** A search and what came of it. What was found before it was stopped or failed stays. */
export type StudySearch =
  | { readonly kind: 'idle' }
  | { readonly kind: 'refused'; readonly failure: Failure }
  | ({ readonly kind: 'asking'; readonly startedAt: number } & Found)
  | ({
      readonly kind: 'answered';
      readonly limitReached: boolean;
      readonly keysIgnored: boolean;
      readonly ms: number;
    } & Found)
  | ({ readonly kind: 'stopped'; readonly ms: number } & Found)
  | ({ readonly kind: 'failed'; readonly failure: Failure; readonly ms: number } & Found);

interface Found {
  readonly asked: Asked;
  readonly rows: readonly StudyRow[];
}

/** `at`: milliseconds of a clock that only runs forward. */
export type SearchEvent =
  | { readonly kind: 'refused'; readonly failure: Failure }
  | { readonly kind: 'asked'; readonly asked: Asked; readonly at: number }
  | { readonly kind: 'found'; readonly matches: readonly StudyMatch[] }
  | {
      readonly kind: 'ended';
      readonly limitReached: boolean;
      readonly keysIgnored: boolean;
      readonly at: number;
    }
  | { readonly kind: 'stopped'; readonly at: number }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly at: number };

export const nothingAsked: StudySearch = { kind: 'idle' };

export function nextSearch(search: StudySearch, event: SearchEvent): StudySearch {
  if (event.kind === 'asked') return { kind: 'asking', asked: event.asked, rows: [], startedAt: event.at };
  if (event.kind === 'refused') return event;
  if (search.kind !== 'asking') return search; // a late word about a search that is over
  const { asked, rows, startedAt } = search;
  switch (event.kind) {
    case 'found':
      return {
        ...search,
        rows: [...rows, ...event.matches.map((match, n) => rowOf(match, rows.length + n))],
      };
    case 'ended': {
      const { limitReached, keysIgnored, at } = event;
      return { kind: 'answered', asked, rows, limitReached, keysIgnored, ms: at - startedAt };
    }
    case 'stopped':
      return { kind: 'stopped', asked, rows, ms: event.at - startedAt };
    case 'failed':
      return { kind: 'failed', asked, rows, failure: event.failure, ms: event.at - startedAt };
  }
}

const noRows: readonly StudyRow[] = [];

export function rowsOf(search: StudySearch): readonly StudyRow[] {
  return search.kind === 'idle' || search.kind === 'refused' ? noRows : search.rows;
}

function rowOf(match: StudyMatch, index: number): StudyRow {
  return { key: `${index} ${match.studyInstanceUid}`, match };
}
