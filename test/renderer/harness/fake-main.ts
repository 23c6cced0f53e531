import { allowedActions } from '../../../electron/contract/allowed-actions.ts';
import { outcomeOf } from '../../../electron/contract/connection-test-outcome.ts';
import type { TestAllStep, TestStep } from '../../../electron/contract/connection-test.ts';
import { FailureError } from '../../../electron/contract/failure.ts';
import type { FirewallOffer, FirewallOpened } from '../../../electron/contract/firewall.ts';
import type { Result } from '../../../electron/contract/result.ts';
import {
  draftOf,
  ServerId,
  type Server,
  type ServerDraft,
  type ServerList,
} from '../../../electron/contract/server.ts';
import type { SettingsDraft, SettingsView } from '../../../electron/contract/settings.ts';
import type { RunTest } from '../../../electron/contract/run-test.ts';
import type { ToMain, ToRenderer } from '../../../electron/contract/wire.ts';
import { certificate } from './connection-scenes.ts';
import { observed } from './observation-scene.ts';
import { registryHandlers } from './registry-scene.ts';
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
    const known = id ?? ServerId.parse(`s${++lastId}`);
    const server: Server = {
      ...draft,
      id: known,
      origin: before?.origin ?? { kind: 'user' },
      actions: allowedActions({ ...draft, id: known }, { links: list.links, nameOf }),
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
  'servers.reorder': (ids: readonly ServerId[]) => {
    setServers(list.servers.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id)));
    return list;
  },
  ...registryHandlers({ list: () => list, setList }),
  'servers.addDemo': async () => {
    await pause(400);
    const demo = scenes['full']!.list.servers.find(({ origin }) => origin.kind === 'demonstration')!;
    setServers([...list.servers, demo]);
    return demo;
  },
  'connectionTest.run': runTest,
  'connectionTest.runAll': runAll,
  'connectionTest.results': () => scene.results,
  'observations.list': () => observed(list.servers),
  'firewall.offer': ([port]: readonly number[]): FirewallOffer => ({
    kind: 'offered',
    tool: 'ufw',
    ports: [port ?? 0],
    command: `/usr/bin/pkexec /usr/sbin/ufw allow ${port}/tcp`,
    elevation: 'pkexec',
    isPermanent: true,
  }),
  'firewall.allow': (): FirewallOpened => ({
    outcome: 'done',
    detail: '',
    firewall: { state: 'allowed', tool: 'ufw', rule: null, ports: [], command: null },
  }),
  'certificates.list': () => scene.certificates,
  'certificates.chooseFiles': () => [],
  'certificates.remove': () => null,
  'certificates.fetchPeer': () => ({
    protocol: 'TLSv1.3',
    chain: [certificate('pacs.example.org', 'Example Site CA', 212)],
    failure: { step: 'tls', cause: 'unknown-ca', detail: 'SELF_SIGNED_CERT_IN_CHAIN' },
  }),
  'credentials.state': () => ({ kept: 'missing' }),
  'credentials.save': () => ({ kept: 'sealed' }),
  'credentials.forget': () => null,
  'files.saveText': ({ suggestedName }: { suggestedName: string }) => suggestedName,
  'settings.get': () => settings,
  'settings.save': (draft: SettingsDraft) => {
    const { aeTitle, listenPort, listenAddress, listenTls, listenCertificate, unknownClasses } = draft;
    settings = {
      ...settings,
      aeTitle: { ...settings.aeTitle, value: aeTitle },
      listenPort: { ...settings.listenPort, value: listenPort },
      listenAddress: { ...settings.listenAddress, value: listenAddress },
      listenTls: { ...settings.listenTls, value: listenTls },
      unknownClasses: { ...settings.unknownClasses, value: unknownClasses },
      listenCertificate: { ...settings.listenCertificate, value: listenCertificate },
      listener: { kind: 'listening', address: listenAddress, port: listenPort, tls: listenTls },
    };
    tell('settings.changed', settings);
    return settings;
  },
  'settings.chooseArchiveFolder': () => settings,
  ...studyHandlers(tell, (id) => cancelled.has(id)),
  'archive.series': () => [],
};

async function* runTest(question: RunTest, id: number): AsyncGenerator<TestStep> {
  for (const step of scene.test(question)) {
    if (step.kind !== 'skipped') yield { kind: 'running', step: step.step };
    await pause('ms' in step ? step.ms : 0);
    if (cancelled.has(id)) throw new FailureError({ step: 'cancelled' });
    yield step;
  }
}

async function* runAll(ids: readonly ServerId[], id: number): AsyncGenerator<TestAllStep> {
  for (const [index, each] of ids.entries()) {
    const server = list.servers.find((one) => one.id === each);
    if (server === undefined) continue;
    yield { kind: 'begun', id: each };
    const steps = scene.test({ id: each, draft: draftOf(server), sendOneImage: false });
    for (const step of steps) {
      if (step.kind !== 'skipped')
        yield { kind: 'step', id: each, step: { kind: 'running', step: step.step } };
      await pause('ms' in step ? step.ms : 0);
      if (cancelled.has(id)) throw new FailureError({ step: 'cancelled' });
    }
    const states = outcomeOf(steps, new Date().toISOString());
    yield { kind: 'done', id: each, steps, states, done: index + 1, of: ids.length };
  }
}

function nameOf(id: ServerId): string | null {
  return list.servers.find((server) => server.id === id)?.name ?? null;
}

function setServers(servers: readonly Server[]): void {
  setList({ ...list, servers });
}

function setList(next: ServerList): void {
  list = next;
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
