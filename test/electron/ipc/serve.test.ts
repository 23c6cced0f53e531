import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import {
  ServerId,
  type Server,
  serverDraft,
  type ServerDraft,
  type ServerList,
} from '../../../electron/contract/server.ts';
import { TransferId, type Transfer } from '../../../electron/contract/transfer.ts';
import { everyAction } from '../../../electron/contract/action.ts';
import { noPolicies } from '../../../electron/contract/policy.ts';
import { contract } from '../../../electron/contract/contract.ts';
import { FailureError } from '../../../electron/contract/failure.ts';
import type { Pipe, ToMain, ToRenderer } from '../../../electron/contract/wire.ts';
import type { Handlers } from '../../../electron/ipc/handlers.ts';
import { serve } from '../../../electron/ipc/serve.ts';
import { connect } from '../../../renderer/bridge/connect.ts';

const serverId = ServerId.parse('s1');
const draft: ServerDraft = serverDraft({
  name: 'PACS',
  host: 'pacs.test',
  port: 104,
  aeTitle: 'ARCHIVE',
  listenPort: null,
  preferredCompression: 'as-stored',
  description: '',
  tls: false,
  verifyCertificate: false,
});
const asked = { serverId, keys: { patientId: '*' } };
const never = new AbortController().signal;

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

describe('serving the contract', () => {
  it('hands the handler the parsed input and the renderer its answer', async () => {
    const { viewer } = house();
    expect(await viewer.servers.save({ id: null, draft })).toEqual({ ok: true, value: saved(draft) });
  });

  it('hands an expected failure across as data, with the step that failed', async () => {
    const failure = { step: 'connect', host: 'pacs.test', port: 104, cause: 'refused' } as const;
    const { viewer } = house({ save: () => Promise.reject(new FailureError(failure)) });
    expect(await viewer.servers.save({ id: null, draft })).toEqual({ ok: false, failure });
  });

  it('refuses a port out of range before the handler runs', async () => {
    const { viewer } = house({ save: () => Promise.reject(new Error('the handler ran')) });
    expect(await viewer.servers.save({ id: null, draft: { ...draft, port: 70000 } })).toMatchObject({
      ok: false,
      failure: { step: 'input', field: 'draft.port' },
    });
  });

  it('keeps the details of a bug in the main process and hands out only its incident number', async () => {
    const { viewer, bugs } = house({ list: () => Promise.reject(new TypeError('cannot read /home/jane')) });
    const result = await viewer.servers.list();
    expect(result).toMatchObject({ ok: false, failure: { step: 'internal' } });
    expect(JSON.stringify(result)).not.toContain('jane');
    expect(bugs).toEqual([new TypeError('cannot read /home/jane')]);
  });

  it('cancels a stream in the main process when its reader leaves the loop', async () => {
    const { viewer, stopped } = house();
    let seen = 0;
    for await (const _match of viewer.query.findStudies(asked, never)) if (++seen === 3) break;
    await expect.poll(stopped).toBe(true);
  });

  it('ends a stream with the cancelled failure when its signal aborts', async () => {
    const { viewer } = house();
    const canceller = new AbortController();
    const reading = (async () => {
      for await (const _match of viewer.query.findStudies(asked, canceller.signal)) canceller.abort();
    })();
    await expect(reading).rejects.toMatchObject({ failure: { step: 'cancelled' } });
  });

  it('asks nothing when the signal has already aborted', async () => {
    const { viewer, stopped } = house();
    const matches = viewer.query.findStudies(asked, AbortSignal.abort());
    const reading = matches[Symbol.asyncIterator]().next();
    await expect(reading).rejects.toMatchObject({ failure: { step: 'cancelled' } });
    expect(stopped()).toBe(false);
  });

  it('cancels everything a window had open when the window goes', async () => {
    const { viewer, stop, stopped } = house();
    await viewer.query.findStudies(asked, never)[Symbol.asyncIterator]().next();
    stop();
    await expect.poll(stopped).toBe(true);
  });

  it('finds nothing behind an inherited name', async () => {
    const { port2 } = house();
    const answer = new Promise((resolve) => port2.once('message', resolve));
    port2.postMessage({ kind: 'request', id: 1, path: 'constructor.name', input: null } satisfies ToMain);
    expect(await answer).toMatchObject({ result: { ok: false, failure: { step: 'input' } } });
  });

  it('brings news to a listener until it stops listening', async () => {
    const { viewer, tell } = house();
    const heard: string[] = [];
    const stopListening = viewer.transfers.changed(({ id }) => heard.push(id));
    tell('t1');
    await expect.poll(() => heard).toEqual(['t1']);
    stopListening();
    tell('t2');
    await viewer.servers.list();
    expect(heard).toEqual(['t1']);
  });
});

/** A main process and a window joined by a MessageChannel. */
function house(servers: Partial<Handlers['servers']> = {}) {
  let stopped = false;
  const bugs: unknown[] = [];
  const { port1, port2 } = new MessageChannel();
  const asked = notAsked();
  const handlers: Handlers = {
    ...asked,
    servers: {
      ...asked.servers,
      list: async (): Promise<ServerList> => ({
        servers: [],
        links: [],
        policies: noPolicies,
        site: '',
        setAside: [],
        adminFile: null,
        problems: [],
      }),
      save: async ({ draft: given }) => saved(given),
      ...servers,
    },
    query: {
      ...asked.query,
      async *findStudies(_keys, signal) {
        try {
          for (;;) {
            await new Promise((resolve) => setTimeout(resolve, 1));
            if (signal.aborted) throw new FailureError({ step: 'cancelled' });
            yield { kind: 'matches', matches: [] };
          }
        } finally {
          stopped = true;
        }
      },
    },
  };
  const stop = serve(handlers, over<ToRenderer, ToMain>(port1), (_incident, bug) => bugs.push(bug));
  closers.push(stop, () => port1.close());
  const tell = (id: string): void =>
    port1.postMessage({
      kind: 'news',
      path: 'transfers.changed',
      item: { id: TransferId.parse(id) } satisfies Partial<Transfer>,
    } satisfies ToRenderer);
  return {
    viewer: connect(over<ToMain, ToRenderer>(port2)),
    bugs,
    stop,
    stopped: () => stopped,
    port2,
    tell,
  };
}

/** Handlers for every operation of the contract, each of which says that nobody should have asked. */
function notAsked(): Handlers {
  const refuse = (): never => {
    throw new Error('nobody should have asked');
  };
  const rooms = Object.entries(contract).map(([room, operations]) => [
    room,
    Object.fromEntries(Object.keys(operations).map((name) => [name, refuse])),
  ]);
  return Object.fromEntries(rooms) as Handlers;
}

function saved(server: ServerDraft): Server {
  return { ...server, id: serverId, origin: { kind: 'user' }, actions: everyAction };
}

function over<Out, In>(port: MessagePort): Pipe<Out, In> {
  return {
    send: (message) => port.postMessage(message),
    listen(receive) {
      port.on('message', receive);
      return () => port.off('message', receive);
    },
  };
}
