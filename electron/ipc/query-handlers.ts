import type { ServerId } from '../contract/server.ts';
import { findSeries, findStudies, observedTarget, type SearchTarget } from '../query/index.ts';
import type { ObservationBook, ReachingBook } from '../servers/index.ts';
import type { Handlers } from './handlers.ts';

export interface QueryHandlerOptions {
  readonly book: ReachingBook;
  readonly callingAeTitle: () => string;
  readonly observations: Pick<ObservationBook, 'note'>;
}

export function queryHandlers(options: QueryHandlerOptions): Handlers['query'] {
  return {
    async *findStudies({ serverId, keys, limit }, signal) {
      const asked = observedQuery(options, serverId);
      for await (const found of findStudies(asked.target, keys, limit, signal)) {
        asked.answered();
        yield found;
      }
    },
    findSeries: async ({ serverId, studyInstanceUid }, signal) => {
      const asked = observedQuery(options, serverId);
      const series = await findSeries(asked.target, studyInstanceUid, signal);
      asked.answered();
      return series;
    },
  };
}

/** Whom to ask; the first answer is noted as seen. */
function observedQuery(
  options: QueryHandlerOptions,
  id: ServerId,
): { readonly target: SearchTarget; readonly answered: () => void } {
  const { target, securedBy } = observedTarget(targetOf(options, id));
  let isNoted = false;
  const method = 'web' in target ? 'qido-rs' : 'c-find';
  return {
    target,
    answered: () => {
      if (isNoted) return;
      isNoted = true;
      options.observations.note(id, { kind: 'worked', method, purpose: 'use', tls: securedBy.tls });
    },
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
