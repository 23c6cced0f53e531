import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openMovableArchive, type Frame, type MovableArchive } from './archive/index.ts';
import type { Compression } from './contract/compression.ts';
import { AeTitle } from './contract/ae-title.ts';
import { SendItemId } from './contract/send.ts';
import { ServerId, type Server, type ServerDraft } from './contract/server.ts';
import type { ListenerState, SettingsDraft, SettingsView } from './contract/settings.ts';
import { TransferId } from './contract/transfer.ts';
import type { ToRenderer } from './contract/wire.ts';
import { freeLoopbackPort, startDemo, type DemoArchive, type DemoLauncher } from './demo/index.ts';
import { storageScp, verificationScp } from './dimse/index.ts';
import {
  archiveHandlers,
  archiveNews,
  journal,
  localAddresses,
  newsStand,
  queryHandlers,
  sendHandlers,
  serverHandlers,
  settingsHandlers,
  showDemo,
  transferHandlers,
  type FileChooser,
  type Handlers,
  type Journal,
  type NewsStand,
} from './ipc/index.ts';
import { createLog, failureOf, logBugTo, type Log, type LogBug } from './logging/index.ts';
import { findAdminIni, loadAdminIni, openServerBook, type ServerBook } from './servers/index.ts';
import { openSettings, type KeyValueStore, type Settings } from './settings/index.ts';
import { Arrivals, calledUs, Outbox, Receiver, TransferQueue } from './transfers/index.ts';

/** Everything the rooms need to know from outside, as plain values. */
export interface ComposeOptions {
  /** Holds settings, archive and logs. */
  readonly home: string;
  readonly adminIniArgument: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly programFolder: string;
  readonly store: KeyValueStore;
  readonly brokenSettingsKeptAs: string | null;
  readonly version: string;
  /** The archive's index worker and the demonstration archive, as they lie in this build. */
  readonly workerUrl?: URL;
  readonly demoUrl: URL;
  readonly launchDemo: DemoLauncher;
  readonly files: FileChooser;
}

/** The running rooms, and the way in for one or many windows. */
export interface House {
  readonly handlers: Handlers;
  readonly logBug: LogBug;
  openFrame(sopInstanceUid: string, frameNumber: number): Promise<Frame>;
  /** @returns stops listening */
  onNews(listener: (message: ToRenderer) => void): () => void;
  /** Starts the demonstration archive and shows a study of it. */
  showDemo(signal: AbortSignal): Promise<void>;
  /** Cancels what runs, lets go of every port, and closes the archive. */
  close(): Promise<void>;
}

/** Builds every room from plain values. No Electron. */
export async function compose(options: ComposeOptions): Promise<House> {
  mkdirSync(options.home, { recursive: true, mode: 0o700 });
  const log = createLog({ folder: join(options.home, 'logs') });
  log.info('app.started', { version: options.version, platform: options.platform });
  const news = newsStand();
  const { settings, book } = openRecords(options);
  const archive = await openMovableArchive(
    { folder: settings.current().archiveFolder, workerUrl: options.workerUrl, log },
    (opened) => archiveNews(opened, (study) => news.publish('archive.changed', study)),
  );
  const rooms = furnish({ options, log, news, settings, book, archive });
  const { receiver, queue, demo, addDemo, logBug } = rooms;

  book.onChange(() => news.publish('servers.changed', book.list()));
  settings.onChange(() => news.publish('settings.changed', rooms.view()));
  await rooms.listenAsSet();
  if (book.list().servers.some(({ origin }) => origin.kind === 'demonstration')) {
    void addDemo().catch((thrown: unknown) => failureOf(thrown, logBug));
  }

  const handlers = handlersOf(rooms);
  return {
    handlers,
    logBug,
    openFrame: (sopInstanceUid, frameNumber) => archive.current().openFrame(sopInstanceUid, frameNumber),
    onNews: (listener) => news.listen(listener),
    showDemo: async (signal) => showDemo({ server: await addDemo(), handlers, news }, signal),
    close: async () => {
      await queue.close();
      await receiver.close();
      await demo.stop();
      await archive.close();
      await log.close();
    },
  };
}

interface Foundation {
  readonly options: ComposeOptions;
  readonly log: Log;
  readonly news: NewsStand;
  readonly settings: Settings;
  readonly book: ServerBook;
  readonly archive: MovableArchive;
}

/** Everything that runs on the records and the archive. */
function furnish(foundation: Foundation) {
  const { options, log, news, settings, book } = foundation;
  const logBug = logBugTo(log);
  const written = journal(log);
  const arrivals = new Arrivals();
  const receiver = receiverFor({ ...foundation, arrivals, logBug, written }, (state) => {
    written.listener(state);
    news.publish('settings.changed', view());
  });
  const queue = new TransferQueue({
    publish: (transfer) => {
      written.transfer(transfer);
      news.publish('transfers.changed', transfer);
    },
    logBug,
    newId: () => TransferId.parse(randomUUID()),
    now: () => new Date(),
    clock: () => performance.now(),
  });
  const demo = demoOnDemand(options);
  const view = (): SettingsView => ({
    ...settings.view(),
    listener: receiver.state,
    localAddresses: localAddresses(),
    version: options.version,
  });
  return {
    ...foundation,
    logBug,
    arrivals,
    receiver,
    queue,
    demo,
    view,
    outbox: new Outbox(() => SendItemId.parse(randomUUID())),
    addDemo: async (): Promise<Server> => book.saveDemo(await demo.start()),
    listenAsSet: (): Promise<void> => {
      const { listenAddress, listenPort } = settings.current();
      return receiver.start(listenAddress, listenPort);
    },
  };
}

function handlersOf(rooms: ReturnType<typeof furnish>): Handlers {
  const { options, news, settings, book, archive, receiver, queue, outbox, arrivals, view } = rooms;
  const callingAeTitle = (): string => settings.current().aeTitle;
  const tools = { receiver, arrivals, heldUids: (uid: string) => archive.current().instanceUids(uid) };
  return {
    servers: serverHandlers({
      book,
      callingAeTitle,
      tryListenPort: (port) => receiver.tryPort(port),
      addDemo: rooms.addDemo,
    }),
    query: queryHandlers({ book, callingAeTitle }),
    transfers: transferHandlers({
      queue,
      outbox,
      book,
      tools,
      callingAeTitle,
      publishCleared: (ids) => news.publish('transfers.cleared', ids),
    }),
    send: sendHandlers(options.files, outbox),
    archive: archiveHandlers(archive.current),
    settings: settingsHandlers({
      view,
      save: (draft) => saveSettings(settings, draft, rooms.listenAsSet),
      moveArchive: async (folder) => {
        await archive.move(folder);
        settings.setArchiveFolder(folder);
      },
      files: options.files,
    }),
  };
}

function openRecords(options: ComposeOptions): { readonly settings: Settings; readonly book: ServerBook } {
  const { store, env, platform, programFolder, brokenSettingsKeptAs } = options;
  const file = findAdminIni({ argument: options.adminIniArgument, env, platform, programFolder });
  const admin = file === null ? null : loadAdminIni(file, env);
  const defaultArchiveFolder = join(options.home, 'archive');
  return {
    settings: openSettings({ store, admin, defaultArchiveFolder, brokenSettingsKeptAs }),
    book: openServerBook({ store, admin, newId: () => ServerId.parse(randomUUID()), now: () => new Date() }),
  };
}

interface Receiving {
  readonly settings: Settings;
  readonly book: ServerBook;
  readonly archive: MovableArchive;
  readonly arrivals: Arrivals;
  readonly written: Journal;
  readonly logBug: LogBug;
}

function receiverFor(receiving: Receiving, onState: (state: ListenerState) => void): Receiver {
  const { settings, book, archive, arrivals, written, logBug } = receiving;
  const storage = storageScp({
    store: { begin: (instance) => archive.current().store.begin(instance) },
    preferred: (callingAeTitle) => preferredBy(book, callingAeTitle),
    onStored: (stored) => arrivals.stored(stored),
    onRefused: (incoming, failure) => {
      written.refused(incoming.callingAeTitle, incoming.sopInstanceUid, failure);
      arrivals.refused(incoming, failure);
    },
    onActivity: () => arrivals.active(),
  });
  return new Receiver({
    services: [verificationScp(), storage],
    accept: calledUs(() => settings.current().aeTitle),
    observe: (event) => {
      if ('bug' in event) failureOf(event.bug, logBug);
      if (event.kind === 'tls-refused') written.tlsRefused(event.remoteAddress, event.cause);
    },
    onState,
  });
}

/** The compression wanted from whoever calls, known by its AE title. */
function preferredBy(book: ServerBook, callingAeTitle: string): Compression {
  const server = book.list().servers.find(({ aeTitle }) => aeTitle === callingAeTitle);
  return server?.preferredCompression ?? 'as-stored';
}

interface DemoOnDemand {
  /** Starts it if it doesn't run yet. @returns how it is to be listed */
  start(): Promise<ServerDraft>;
  stop(): Promise<void>;
}

function demoOnDemand({ demoUrl, launchDemo }: ComposeOptions): DemoOnDemand {
  let running: Promise<{ demo: DemoArchive; movePort: number }> | null = null;
  const begin = async (): Promise<{ demo: DemoArchive; movePort: number }> => {
    const movePort = await freeLoopbackPort();
    return { demo: await startDemo(launchDemo, { url: demoUrl, movePort }), movePort };
  };
  return {
    start: async () => {
      running ??= begin();
      const { demo, movePort } = await running.catch((thrown: unknown) => {
        running = null;
        throw thrown;
      });
      return {
        name: 'Demonstration archive',
        aeTitle: AeTitle.parse(demo.aeTitle),
        host: demo.host,
        port: demo.port,
        listenPort: movePort,
        preferredCompression: 'as-stored',
        description: 'Synthetic studies on this computer, for trying things out.',
        tls: false,
        verifyCertificate: false,
      };
    },
    stop: async () => {
      const started = await running?.catch(() => null);
      await started?.demo.stop();
    },
  };
}

async function saveSettings(
  settings: Settings,
  draft: SettingsDraft,
  listenAsSet: () => Promise<void>,
): Promise<void> {
  const before = settings.current();
  settings.save(draft);
  const after = settings.current();
  const moved = before.listenAddress !== after.listenAddress || before.listenPort !== after.listenPort;
  if (moved) await listenAsSet();
}
