import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Secured } from '../contract/observations.ts';
import type { ListenerState } from '../contract/settings.ts';
import { failureOf, type LogBug } from '../logging/index.ts';
import { callerOf, openObservationBook, type ObservationBook, type ServerBook } from '../servers/index.ts';
import { TransferObserver, type Arrivals, type Moved } from '../transfers/index.ts';
import type { Journal } from './journal.ts';
import type { NewsStand } from './news-stand.ts';

export interface ObservingOptions {
  readonly home: string;
  readonly book: ServerBook;
  readonly arrivals: Arrivals;
  readonly news: NewsStand;
  readonly written: Journal;
  readonly logBug: LogBug;
  readonly listener: () => ListenerState;
}

/** The book of what is seen, and who watches the transfers for it. */
export interface Observing {
  readonly observations: ObservationBook;
  readonly observer: TransferObserver;
  /** Of what comes to our listener. */
  readonly listenerTls: () => Secured | null;
}

/** What transfers move goes into the book and, in the same terms, into the log. */
export function observing(options: ObservingOptions): Observing {
  const { home, book, arrivals, news, written, logBug } = options;
  const observations = openObservationBook({
    path: join(home, 'observations.json'),
    servers: () => book.list().servers,
    now: () => new Date(),
    onWriteFailed: (thrown) => failureOf(thrown, logBug),
  });
  observations.onChange((changed) => news.publish('observations.changed', changed));
  const listenerTls = (): Secured | null => securedListener(options.listener());
  const observer = new TransferObserver({
    clock: () => performance.now(),
    callerOf: (incoming) => callerOf(book.list().servers, incoming),
    listenerTls,
    onMoved: (moved) => noteMoved(observations, moved, listenerTls()),
    onNegotiated: (moved) => written.negotiated(moved),
  });
  arrivals.listen(observer);
  return { observations, observer, listenerTls };
}

function securedListener(state: ListenerState): Secured | null {
  return state.kind === 'listening' && state.tls ? { protocol: null } : null;
}

/** What a C-MOVE brings comes on connections of the server's own. */
function noteMoved(
  observations: ObservationBook,
  { serverId, ...moved }: Moved,
  listenerTls: Secured | null,
): void {
  if (moved.method === 'c-move') {
    observations.note(serverId, {
      kind: 'worked',
      method: 'c-move-store',
      purpose: 'use',
      tls: listenerTls,
    });
  }
  observations.note(serverId, { kind: 'worked', purpose: 'use', ...moved });
}
