import { findSeries, findStudies } from '../query/index.ts';
import type { ServerBook } from '../servers/index.ts';
import type { Handlers } from './handlers.ts';

export interface QueryHandlerOptions {
  readonly book: ServerBook;
  readonly callingAeTitle: () => string;
}

export function queryHandlers({ book, callingAeTitle }: QueryHandlerOptions): Handlers['query'] {
  return {
    findStudies: ({ serverId, keys, limit }, signal) =>
      findStudies({ server: book.get(serverId), callingAeTitle: callingAeTitle() }, keys, limit, signal),
    findSeries: ({ serverId, studyInstanceUid }, signal) =>
      findSeries({ server: book.get(serverId), callingAeTitle: callingAeTitle() }, studyInstanceUid, signal),
  };
}
