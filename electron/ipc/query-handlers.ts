import type { ServerId } from '../contract/server.ts';
import { findSeries, findStudies, type SearchTarget } from '../query/index.ts';
import type { ReachingBook } from '../servers/index.ts';
import type { Handlers } from './handlers.ts';

export interface QueryHandlerOptions {
  readonly book: ReachingBook;
  readonly callingAeTitle: () => string;
}

export function queryHandlers(options: QueryHandlerOptions): Handlers['query'] {
  return {
    findStudies: ({ serverId, keys, limit }, signal) =>
      findStudies(targetOf(options, serverId), keys, limit, signal),
    findSeries: async ({ serverId, studyInstanceUid }, signal) =>
      findSeries(targetOf(options, serverId), studyInstanceUid, signal),
  };
}

/** As its record says: by what protocol, as whom, and in which letters. */
function targetOf({ book, callingAeTitle }: QueryHandlerOptions, id: ServerId): SearchTarget {
  const server = book.querying(id);
  if ('web' in server) return { web: server.web };
  const { queryCharacterSet, decodeAs } = server;
  return {
    server,
    callingAeTitle: server.callingAeTitle ?? callingAeTitle(),
    characterSet: queryCharacterSet === 'auto' ? undefined : queryCharacterSet,
    decodeAs: decodeAs ?? undefined,
  };
}
