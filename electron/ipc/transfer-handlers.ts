import type { TransferId } from '../contract/transfer.ts';
import type { ReachingBook } from '../servers/index.ts';
import {
  retrievePlan,
  sendPlan,
  type Outbox,
  type RetrieveTools,
  type TransferObserver,
  type TransferQueue,
} from '../transfers/index.ts';
import type { Handlers } from './handlers.ts';

export interface TransferHandlerOptions {
  readonly queue: TransferQueue;
  readonly outbox: Outbox;
  readonly book: ReachingBook;
  readonly tools: RetrieveTools;
  readonly observer: TransferObserver;
  readonly callingAeTitle: () => string;
  readonly publishCleared: (ids: readonly TransferId[]) => void;
}

export function transferHandlers(options: TransferHandlerOptions): Handlers['transfers'] {
  const { queue, outbox, book, tools, observer, callingAeTitle } = options;
  return {
    list: async () => queue.list(),
    retrieve: async (study) => {
      const server = () => book.retrieving(study.serverId);
      return queue.enqueue(retrievePlan({ study, server, callingAeTitle, tools, observer }));
    },
    send: async ({ serverId, items }) => {
      const server = () => book.sending(serverId);
      // Asked before the files are taken, which they are only once.
      server();
      return queue.enqueue(sendPlan({ files: outbox.take(items), server, callingAeTitle, observer }));
    },
    reports: async (id) => queue.reports(id),
    retryFailed: async (id) => queue.retryFailed(id),
    cancel: async (id) => {
      queue.cancel(id);
      return null;
    },
    clearEnded: async () => {
      options.publishCleared(queue.clearEnded());
      return null;
    },
  };
}
