import type { Server } from '../contract/server.ts';
import type { ServerBook } from '../servers/index.ts';
import type { Handlers } from './handlers.ts';
import { serverListHandlers, type ServerListHandlerOptions } from './server-list-handlers.ts';

export interface ServerHandlerOptions {
  readonly book: ServerBook;
  /** Its secrets go with it. */
  readonly onDeleted: (id: Server['id']) => void;
  readonly addDemo: () => Promise<Server>;
  readonly list: ServerListHandlerOptions;
}

export function serverHandlers(options: ServerHandlerOptions): Handlers['servers'] {
  const { book } = options;
  return {
    ...serverListHandlers(options.list),
    list: () => Promise.resolve(book.list()),
    save: async ({ id, draft }) => book.save(id, draft),
    delete: async (id) => {
      book.delete(id);
      options.onDeleted(id);
      return null;
    },
    addDemo: () => options.addDemo(),
  };
}
