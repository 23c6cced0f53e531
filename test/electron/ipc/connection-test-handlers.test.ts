import { describe, expect, it } from 'vitest';
import { everyAction } from '../../../electron/contract/action.ts';
import type { TestResult, TestStep } from '../../../electron/contract/connection-test.ts';
import { FailureError } from '../../../electron/contract/failure.ts';
import { serverDraft, ServerId, speaksDicom, type Server } from '../../../electron/contract/server.ts';
import {
  connectionTestHandlers,
  type ConnectionTestHandlerOptions,
} from '../../../electron/ipc/connection-test-handlers.ts';
import { openTestMemory, type ServerBook } from '../../../electron/servers/index.ts';
import { ourSideAt } from '../../support/connection-testing.ts';
import { startStagedArchive } from '../../support/staged-archive.ts';

const never = new AbortController().signal;

function serverOf(id: string, port: number, changes: object = {}): Server {
  const draft = serverDraft({
    name: id,
    aeTitle: 'PACS1',
    host: '127.0.0.1',
    port,
    listenPort: null,
    preferredCompression: 'as-stored',
    description: '',
    tls: false,
    verifyCertificate: false,
    ...changes,
  });
  return { ...draft, id: ServerId.parse(id), origin: { kind: 'user' }, actions: everyAction };
}

async function house(servers: readonly Server[], changes: Partial<ConnectionTestHandlerOptions> = {}) {
  const ours = await ourSideAt();
  const values = new Map<string, unknown>();
  const published: TestResult[] = [];
  const get = (id: ServerId): Server => servers.find((server) => server.id === id)!;
  const book: Pick<ServerBook, 'get' | 'list' | 'actionsOf'> = {
    get,
    actionsOf: (id) => (id === null ? everyAction : get(id).actions),
    list: () => ({ servers, links: [], adminFile: null, problems: [] }) as never,
  };
  const handlers = connectionTestHandlers({
    book: book as ServerBook,
    memory: openTestMemory({
      get: (key) => values.get(key),
      set: (key, value) => void values.set(key, value),
    }),
    ours,
    callingAeTitle: () => 'GANTRY',
    reach: (draft) => {
      if (!speaksDicom(draft)) throw new Error('not by DICOM');
      return draft;
    },
    reachWeb: () => {
      throw new Error('not by DICOMweb');
    },
    onShown: () => {},
    observations: { note: () => {} },
    listenerTls: () => null,
    now: () => new Date('2026-01-02T03:04:05Z'),
    publish: (result) => published.push(result),
    ...changes,
  });
  return { handlers, published, [Symbol.asyncDispose]: () => ours[Symbol.asyncDispose]() };
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const last = (steps: readonly TestStep[], step: string) => steps.findLast((each) => each.step === step);

describe('the test of a draft', () => {
  it('is remembered where it is what is saved, and told to every window', async () => {
    await using peer = await startStagedArchive();
    const server = serverOf('main', peer.port);
    await using rooms = await house([server]);

    await all(rooms.handlers.run({ id: server.id, draft: server, sendOneImage: false }, never));

    const at = '2026-01-02T03:04:05.000Z';
    const result = {
      id: server.id,
      at,
      localAddress: '127.0.0.1',
      states: {
        reachable: { kind: 'proven', at },
        queryable: { kind: 'proven', at },
        retrieve: { kind: 'not-tested' },
      },
    };
    expect(rooms.published).toEqual([result]);
    expect(await rooms.handlers.results(undefined, never)).toEqual([result]);
  });

  it('is not remembered where it is something else', async () => {
    await using peer = await startStagedArchive();
    const server = serverOf('main', 104);
    await using rooms = await house([server]);

    await all(
      rooms.handlers.run(
        { id: server.id, draft: { ...server, port: peer.port }, sendOneImage: false },
        never,
      ),
    );

    expect(rooms.published).toEqual([]);
  });

  it('never takes the secret of a server to another address', async () => {
    const asked: unknown[] = [];
    const dicomweb = { baseUrl: 'https://pacs.example/rs', authentication: 'basic', username: 'me' };
    const server = serverOf('web', 1, { protocol: 'dicomweb', dicomweb });
    const reachWeb: ConnectionTestHandlerOptions['reachWeb'] = (id) => {
      asked.push(id);
      throw new FailureError({ step: 'cancelled' });
    };
    await using rooms = await house([server], { reachWeb });
    const elsewhere = { ...server, dicomweb: { ...server.dicomweb!, baseUrl: 'https://evil.example/rs' } };

    for (const draft of [server, elsewhere]) {
      await all(rooms.handlers.run({ id: server.id, draft, sendOneImage: false }, never));
    }

    expect(asked).toEqual([server.id, null]);
  });

  it('calls as the record says', async () => {
    const callers: string[] = [];
    await using peer = await startStagedArchive({
      accept: ({ callingAeTitle }) => {
        callers.push(callingAeTitle);
        return null;
      },
    });
    const server = serverOf('main', peer.port, { callingAeTitle: 'VIEWER7' });
    await using rooms = await house([server]);

    await all(rooms.handlers.run({ id: null, draft: server, sendOneImage: false }, never));

    expect(new Set(callers)).toEqual(new Set(['VIEWER7']));
  });

  it('fails at TLS where a certificate of ours can’t be had', async () => {
    await using peer = await startStagedArchive();
    const server = serverOf('main', peer.port, { tls: true });
    const failure = { step: 'certificate', cause: 'key-not-kept', detail: '' } as const;
    await using rooms = await house([server], {
      reach: () => {
        throw new FailureError(failure);
      },
    });

    const steps = await all(rooms.handlers.run({ id: null, draft: server, sendOneImage: false }, never));

    expect(last(steps, 'tls')).toMatchObject({ kind: 'failed', fault: { failure } });
    expect(last(steps, 'our-side')).toMatchObject({ kind: 'passed' });
  });
});

describe('the test of all servers', () => {
  it('tests every one of them and remembers each', async () => {
    await using peer = await startStagedArchive();
    const servers = [serverOf('one', peer.port), serverOf('two', peer.port), serverOf('three', 1)];
    await using rooms = await house(servers);

    const steps = await all(
      rooms.handlers.runAll(
        servers.map(({ id }) => id),
        never,
      ),
    );

    const done = steps.filter((step) => step.kind === 'done');
    expect(new Map(done.map(({ id, states }) => [id, states.reachable.kind]))).toEqual(
      new Map([
        ['one', 'proven'],
        ['two', 'proven'],
        ['three', 'failed'],
      ]),
    );
    expect(done.map(({ done, of }) => [done, of])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    expect(rooms.published.map(({ id }) => id).sort()).toEqual(['one', 'three', 'two']);
  });
});
