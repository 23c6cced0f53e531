import type { ObservationBook } from '../servers/index.ts';
import type { Handlers } from './handlers.ts';

export function observationHandlers(book: ObservationBook): Handlers['observations'] {
  return { list: () => Promise.resolve(book.list()) };
}
