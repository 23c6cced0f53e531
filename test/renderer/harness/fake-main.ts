import type { EchoStep } from '../../../electron/contract/echo-step.ts';
import { FailureError } from '../../../electron/contract/failure.ts';
import type { Result } from '../../../electron/contract/result.ts';
import {
  ServerId,
  type Server,
  type ServerDraft,
  type ServerList,
} from '../../../electron/contract/server.ts';
import type { SettingsDraft, SettingsView } from '../../../electron/contract/settings.ts';
import type { ToMain, ToRenderer } from '../../../electron/contract/wire.ts';
import { scenes } from './scenes.ts';
import { studyHandlers } from './study-scene.ts';

/** A main process in memory, for looking at screens: `?scene=full`, `empty`, `broken`. */
const scene = scenes[new URLSearchParams(location.search).get('scene') ?? 'full']!;
const listeners = new Set<(message: ToRenderer) => void>();
const cancelled = new Set<number>();
let list: ServerList = scene.list;
let settings: SettingsView = scene.settings;
let lastId = 100;

type Handler = (input: never, id: number) => unknown;

const handlers: Readonly<Record<string, Handler>> = {
  'servers.list': () => list,
  'servers.save': ({ id, draft }: { id: ServerId | null; draft: ServerDraft }) => {
    const before = list.servers.find((server) => server.id === id);
    const server: Server = {
      ...draft,
      id: id ?? ServerId.parse(`s${++lastId}`),
      origin: before?.origin ?? { kind: 'user' },
      lastEcho: before?.lastEcho ?? null,
    };
    setServers(
      before ? list.servers.map((each) => (each.id === id ? server : each)) : [...list.servers, server],
    );
    return server;
  },
  'servers.delete': (id: ServerId) => {
    setServers(list.servers.filter((each) => each.id !== id));
    return null;
  },
  'servers.testEcho': testEcho,
  'servers.tryListenPort': (port: number) =>
    port < 1024 ? { step: 'listen', address: '127.0.0.1', port, cause: 'denied' } : null,
  'servers.addDemo': async () => {
    await pause(400);
    const demo = scenes['full']!.list.servers.find(({ origin }) => origin.kind === 'demonstration')!;
    setServers([...list.servers, demo]);
    return demo;
  },
  'settings.get': () => settings,
  'settings.save': ({ aeTitle, listenPort, listenAddress }: SettingsDraft) => {
    settings = {
      ...settings,
      aeTitle: { ...settings.aeTitle, value: aeTitle },
      listenPort: { ...settings.listenPort, value: listenPort },
      listenAddress: { ...settings.listenAddress, value: listenAddress },
      listener: { kind: 'listening', address: listenAddress, port: listenPort },
    };
    tell('settings.changed', settings);
    return settings;
  },
  'settings.chooseArchiveFolder': () => settings,
  ...studyHandlers(tell, (id) => cancelled.has(id)),
  'archive.series': () => [],
};

async function* testEcho({ draft }: { draft: ServerDraft }, id: number): AsyncGenerator<EchoStep> {
  for (const step of scene.echo(draft)) {
    yield { kind: 'running', step: step.step };
    await pause(step.ms);
    if (cancelled.has(id)) throw new FailureError({ step: 'cancelled' });
    yield step;
  }
}

function setServers(servers: readonly Server[]): void {
  list = { ...list, servers };
  tell('servers.changed', list);
}

function tell(path: string, item: unknown): void {
  for (const listen of listeners) listen({ kind: 'news', path, item });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function answer(message: ToMain): Promise<void> {
  if (message.kind === 'cancel') return void cancelled.add(message.id);
  const { id } = message;
  const result = await perform(message).then(
    (value): Result<unknown> => ({ ok: true, value }),
    (thrown: unknown): Result<unknown> => ({
      ok: false,
      failure:
        thrown instanceof FailureError ? thrown.failure : { step: 'internal', incident: String(thrown) },
    }),
  );
  for (const listen of listeners) listen({ kind: 'answer', id, result });
}

async function perform({ id, kind, path, input }: Exclude<ToMain, { kind: 'cancel' }>): Promise<unknown> {
  const outcome = handlers[path]!(input as never, id);
  if (kind === 'request') return outcome;
  for await (const item of outcome as AsyncIterable<unknown>) {
    for (const listen of listeners) listen({ kind: 'item', id, item });
  }
  return null;
}

Object.assign(window, {
  gantry: {
    send: (message: ToMain) => void answer(message),
    listen: (receive: (message: ToRenderer) => void) => {
      listeners.add(receive);
      return () => listeners.delete(receive);
    },
    grantFiles: () => Promise.resolve([]),
  },
});
