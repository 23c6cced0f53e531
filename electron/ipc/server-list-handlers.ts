import type { ConnectionCard } from '../contract/connection-card.ts';
import type { PortClash, AskedPort } from '../contract/port-clash.ts';
import { draftOf, type Server } from '../contract/server.ts';
import type { ImportServers } from '../contract/import-servers.ts';
import {
  exportCsv,
  exportIni,
  readListFile,
  readReply,
  type ImportDesk,
  type ServerBook,
} from '../servers/index.ts';
import type { Handlers } from './handlers.ts';
import type { FileChooser } from './send-handlers.ts';

export interface ServerListHandlerOptions {
  readonly book: ServerBook;
  readonly desk: ImportDesk;
  readonly files: Pick<FileChooser, 'pathOf'>;
  readonly card: (server: Server | null, signal: AbortSignal) => Promise<ConnectionCard>;
  readonly portClashes: (asked: AskedPort) => Promise<readonly PortClash[]>;
}

type ListHandlers = Pick<
  Handlers['servers'],
  | 'reorder'
  | 'saveLink'
  | 'deleteLink'
  | 'previewImport'
  | 'applyImport'
  | 'undoImport'
  | 'exportCsv'
  | 'exportIni'
  | 'readReply'
  | 'connectionCard'
  | 'portClashes'
>;

/** What is done to the list of servers as a whole, and what comes in and goes out as text. */
export function serverListHandlers(options: ServerListHandlerOptions): ListHandlers {
  const { book, desk } = options;
  return {
    reorder: async (ids) => book.reorder(ids),
    saveLink: async ({ id, draft }) => book.saveLink(id, draft),
    deleteLink: async (id) => {
      book.deleteLink(id);
      return null;
    },
    previewImport: async (list) => desk.preview(await textOf(list, options.files)),
    applyImport: async (asked) => desk.apply(asked),
    undoImport: async () => desk.undo(),
    exportCsv: async () =>
      exportCsv(book.list().servers.map((server) => ({ id: server.id, draft: draftOf(server) }))),
    exportIni: async () => exportIni(book.own(), book.list()),
    readReply: async (text) => readReply(text),
    connectionCard: (id, signal) => options.card(id === null ? null : book.get(id), signal),
    portClashes: (asked) => options.portClashes(asked),
  };
}

async function textOf(list: ImportServers, files: Pick<FileChooser, 'pathOf'>): Promise<string> {
  return list.kind === 'text' ? list.text : readListFile(files.pathOf(list.file));
}
