import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compose, type House } from '../../electron/compose.ts';
import { serverDraft, type Server, type ServerDraft } from '../../electron/contract/server.ts';
import type { FileGrantId, SendItemId } from '../../electron/contract/send.ts';
import type { FileChooser } from '../../electron/ipc/index.ts';
import { demoUrl, forkDemo } from './fork-demo.ts';
import type { Transfer, TransferId } from '../../electron/contract/transfer.ts';
import { vi } from 'vitest';
import { keyring } from './keyring.ts';
import { freePort, type MoveDestination } from './peers/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

const { signal } = new AbortController();

/** The whole main process without Electron, as GANTRY, its settings in a file as the app's are. */
export interface WholeHouse extends AsyncDisposable {
  readonly handlers: House['handlers'];
  readonly home: string;
  readonly folder: string;
  /** Where it listens, for a peer's table. */
  readonly place: MoveDestination;
  saveServer(
    place: { readonly host: string; readonly port: number; readonly aeTitle: string },
    more?: Partial<ServerDraft>,
  ): Promise<Server>;
  /** Closes it, and opens it anew on the same files. */
  restart(): Promise<void>;
}

export async function openWholeHouse(): Promise<WholeHouse> {
  const temporary = await temporaryFolder();
  const folder = temporary.path;
  const home = join(folder, 'home');
  const listenPort = await freePort();
  mkdirSync(home);
  const store = fileStore(join(home, 'settings.json'));
  store.set('settings', { aeTitle: 'GANTRY', listenPort, listenAddress: '127.0.0.1' });
  const open = (): Promise<House> =>
    compose({
      home,
      adminIniArgument: null,
      env: {},
      platform: process.platform,
      programFolder: folder,
      store,
      brokenSettingsKeptAs: null,
      version: '0.0.0',
      demoUrl,
      launchDemo: forkDemo,
      files: { pathOf: (grant: string) => grant } as unknown as FileChooser,
      secretBox: keyring(),
    });
  let house = await open();
  return {
    get handlers() {
      return house.handlers;
    },
    home,
    folder,
    place: { aeTitle: 'GANTRY', host: '127.0.0.1', port: listenPort },
    saveServer: (place, more = {}) => {
      const draft = serverDraft({
        name: place.aeTitle,
        listenPort,
        preferredCompression: 'as-stored',
        description: '',
        tls: false,
        verifyCertificate: true,
        ...place,
        ...more,
      });
      return house.handlers.servers.save({ id: null, draft }, signal);
    },
    async restart() {
      await house.close();
      house = await open();
    },
    async [Symbol.asyncDispose]() {
      await house.close();
      await temporary[Symbol.asyncDispose]();
    },
  };
}

/** Has a study fetched, to the end, however that is. */
export async function retrieve(
  house: Pick<WholeHouse, 'handlers'>,
  { id: serverId }: Server,
  studyInstanceUid: string,
): Promise<Transfer> {
  const blank = { patientName: '', patientId: '', studyDescription: '', studyDate: '' };
  const study = { serverId, studyInstanceUid, ...blank };
  return ended(house, await house.handlers.transfers.retrieve(study, signal));
}

/** Sends a file, to the end, however that is. */
export async function sendFile(
  house: Pick<WholeHouse, 'handlers'>,
  { id: serverId }: Server,
  path: string,
): Promise<Transfer> {
  const items: SendItemId[] = [];
  for await (const some of house.handlers.send.inspect([path as FileGrantId], signal)) {
    items.push(...some.map(({ id }) => id));
  }
  return ended(house, await house.handlers.transfers.send({ serverId, items }, signal));
}

async function ended({ handlers }: Pick<WholeHouse, 'handlers'>, id: TransferId): Promise<Transfer> {
  const now = async (): Promise<Transfer> =>
    (await handlers.transfers.list(undefined, signal)).find((each) => each.id === id)!;
  await vi.waitUntil(async () => (await now()).endedAt !== null, { timeout: 30_000 });
  return now();
}

function fileStore(path: string) {
  const read = (): Record<string, unknown> => {
    try {
      return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    } catch {
      return {};
    }
  };
  return {
    get: (key: string): unknown => read()[key],
    set: (key: string, value: unknown): void =>
      writeFileSync(path, JSON.stringify({ ...read(), [key]: value })),
  };
}
