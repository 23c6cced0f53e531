import type { Failure } from '../contract/failure.ts';
import type { EchoFacts, EchoStep } from '../contract/echo-step.ts';
import type { Server, ServerDraft } from '../contract/server.ts';
import { testEcho, type PeerAddress, type ServerBook } from '../servers/index.ts';
import type { Handlers } from './handlers.ts';
import { serverListHandlers, type ServerListHandlerOptions } from './server-list-handlers.ts';

type ShownCertificate = Pick<Extract<EchoFacts, { step: 'tls' }>, 'subject' | 'validTo' | 'fingerprint'>;

export interface ServerHandlerOptions {
  readonly book: ServerBook;
  readonly callingAeTitle: () => string;
  /** With the certificates that the draft refers to. */
  readonly reach: (draft: ServerDraft) => PeerAddress;
  /** What a saved server has shown of itself. */
  readonly onShown: (id: Server['id'], shown: ShownCertificate) => void;
  /** Its secrets go with it. */
  readonly onDeleted: (id: Server['id']) => void;
  readonly tryListenPort: (port: number) => Promise<Failure | null>;
  readonly addDemo: () => Promise<Server>;
  readonly list: ServerListHandlerOptions;
}

export function serverHandlers(options: ServerHandlerOptions): Handlers['servers'] {
  const { book, callingAeTitle } = options;
  return {
    ...serverListHandlers(options.list),
    list: () => Promise.resolve(book.list()),
    save: async ({ id, draft }) => book.save(id, draft),
    delete: async (id) => {
      book.delete(id);
      options.onDeleted(id);
      return null;
    },
    async *testEcho({ id, draft }, signal) {
      book.permitDraft(id, draft, 'test');
      const saved = id === null ? null : savedAs(book, id, draft);
      for await (const step of testEcho(
        options.reach(draft),
        { callingAeTitle: draft.callingAeTitle ?? callingAeTitle() },
        signal,
      )) {
        if (saved !== null) remember(book, saved, step);
        if (saved !== null && step.kind === 'passed' && step.step === 'tls') options.onShown(saved.id, step);
        yield step;
      }
    },
    tryListenPort: (port) => options.tryListenPort(port),
    addDemo: () => options.addDemo(),
  };
}

/** The saved server, if the draft is what is saved: an echo of something else says nothing about it. */
function savedAs(book: ServerBook, id: Server['id'], draft: ServerDraft): Server | null {
  const server = book.get(id);
  const keys: readonly (keyof ServerDraft)[] = ['aeTitle', 'host', 'port', 'tls', 'verifyCertificate'];
  return keys.every((key) => server[key] === draft[key]) ? server : null;
}

function remember(book: ServerBook, { id }: Server, step: EchoStep): void {
  if (step.kind === 'failed' && step.failure.step !== 'cancelled') book.rememberEcho(id, step.failure);
  if (step.kind === 'passed' && step.step === 'echo') book.rememberEcho(id, null);
}
