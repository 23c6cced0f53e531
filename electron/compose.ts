import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openMovableArchive, type Frame, type MovableArchive } from './archive/index.ts';
import { receiverFor, storeOf } from './compose-receiver.ts';
import { SendItemId } from './contract/send.ts';
import type { Server } from './contract/server.ts';
import type { ListenerState, SettingsView } from './contract/settings.ts';
import { TransferId } from './contract/transfer.ts';
import type { ToRenderer } from './contract/wire.ts';
import { demoOnDemand, type DemoLauncher } from './demo/index.ts';
import {
  archiveHandlers,
  archiveNews,
  certificateHandlers,
  connectionTestHandlers,
  credentialHandlers,
  fileHandlers,
  firewallHandlers,
  journal,
  lastRefusal,
  listeningAsSet,
  localAddresses,
  newsStand,
  obeyAdmin,
  observationHandlers,
  observing,
  openRecords,
  ourselves,
  ourSide,
  queryHandlers,
  saveSettings,
  sendHandlers,
  serverHandlers,
  settingsHandlers,
  showDemo,
  transferHandlers,
  watchCertificates,
  type CertificateRecords,
  type FileChooser,
  type Handlers,
  type NewsStand,
  type Records,
} from './ipc/index.ts';
import { createLog, failureOf, logBugTo, type Log, type LogBug } from './logging/index.ts';
import { openSecurity, type SecretBox, type Security } from './security/index.ts';
import {
  effectiveConfiguration,
  openImportDesk,
  ourCard,
  portClashes,
  openTestMemory,
  planDicomweb,
  reachServer,
  secretOf,
  reachingBook,
  Reception,
  systemFirewall,
} from './servers/index.ts';
import type { KeyValueStore } from './settings/index.ts';
import {
  Arrivals,
  openCommitmentBook,
  Outbox,
  TransferQueue,
  type CommitmentBook,
} from './transfers/index.ts';

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
  /** The system's keyring. */
  readonly secretBox: SecretBox;
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
  const { admin, settings, book } = openRecords(options);
  const archive = await openMovableArchive(
    { folder: settings.current().archiveFolder, workerUrl: options.workerUrl, log },
    (opened) => archiveNews(opened, (study) => news.publish('archive.changed', study)),
  );
  const security = await openSecurity({
    folder: join(options.home, 'certificates'),
    box: options.secretBox,
    newId: randomUUID,
    now: () => new Date(),
  });
  const commitments = await openCommitmentBook({
    folder: join(options.home, 'commitments'),
    now: () => new Date(),
  });
  const rooms = furnish({ options, log, news, admin, settings, book, archive, security, commitments });
  const { receiver, queue, demo, addDemo, logBug } = rooms;

  book.onChange(() => {
    const list = book.list();
    rooms.testMemory.keepOnly(list.servers.map(({ id }) => id));
    rooms.observations.forgetOthers();
    news.publish('servers.changed', list);
  });
  const stopWatching = watchCertificates(rooms.records, (list) => news.publish('certificates.changed', list));
  const stopObeying = obeyAdmin({ ...rooms, certificates: security.certificates });
  settings.onChange(() => news.publish('settings.changed', rooms.view()));
  await rooms.listening.start();
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
      admin.close();
      stopObeying();
      stopWatching();
      await queue.close();
      await receiver.close();
      await rooms.observations.close();
      await demo.stop();
      await archive.close();
      await log.close();
    },
  };
}

interface Foundation extends Records {
  readonly options: ComposeOptions;
  readonly log: Log;
  readonly news: NewsStand;
  readonly archive: MovableArchive;
  readonly security: Security;
  readonly commitments: CommitmentBook;
}

/** Everything that runs on the records and the archive. */
function furnish(foundation: Foundation) {
  const { options, log, news, settings, book, security } = foundation;
  const logBug = logBugTo(log);
  const written = journal(log);
  const arrivals = new Arrivals();
  const reception = new Reception(() => new Date());
  const tellSettings = (): void => news.publish('settings.changed', view());
  const refusal = lastRefusal(() => new Date(), tellSettings);
  const receiver = receiverFor({ ...foundation, arrivals, logBug, written, reception, refusal }, (state) => {
    written.listener(state);
    tellSettings();
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
  const demo = demoOnDemand(options.launchDemo, options.demoUrl);
  const view = (): SettingsView => ({
    ...settings.view(),
    listener: receiver.state,
    refusedPeer: refusal.current(),
    localAddresses: localAddresses(),
    version: options.version,
  });
  const listener = (): ListenerState => receiver.state;
  const watching = observing({ ...foundation, home: options.home, arrivals, written, logBug, listener });
  const records: CertificateRecords = { ...security, book, settings, now: () => new Date() };
  return {
    ...foundation,
    ...watching,
    records,
    logBug,
    arrivals,
    reception,
    testMemory: openTestMemory(options.store),
    receiver,
    queue,
    demo,
    view,
    outbox: new Outbox(() => SendItemId.parse(randomUUID())),
    addDemo: async (): Promise<Server> => book.saveDemo(await demo.start()),
    listening: listeningAsSet(receiver, settings, security.certificates),
  };
}

function handlersOf(rooms: ReturnType<typeof furnish>): Handlers {
  const { options, news, settings, book, archive, receiver, queue, outbox, arrivals, view } = rooms;
  const { certificates, secrets } = rooms.security;
  const reaching = reachingBook(book, { certificates, secrets });
  const callingAeTitle = (): string => settings.current().aeTitle;
  const tools = {
    receiver,
    arrivals,
    store: storeOf(archive),
    heldUids: (uid: string) => archive.current().instanceUids(uid),
  };
  return {
    servers: serverHandlersOf(rooms),
    connectionTest: testHandlersOf(rooms),
    firewall: firewallHandlers({
      book,
      sharedPort: () => settings.current().listenPort,
      tools: systemFirewall(),
    }),
    observations: observationHandlers(rooms.observations),
    query: queryHandlers({ book: reaching, callingAeTitle, observations: rooms.observations }),
    transfers: transferHandlers({
      queue,
      outbox,
      book: reaching,
      tools,
      observer: rooms.observer,
      callingAeTitle,
      publishCleared: (ids) => news.publish('transfers.cleared', ids),
    }),
    send: sendHandlers(options.files, outbox),
    files: fileHandlers(options.files),
    archive: archiveHandlers(archive.current),
    certificates: certificateHandlers({ ...rooms.records, files: options.files }),
    credentials: credentialHandlers(book, secrets),
    settings: settingsHandlers({
      view,
      save: (draft) => saveSettings(settings, draft, rooms.listening),
      moveArchive: async (folder) => {
        settings.refuseLocked('archiveFolder');
        await archive.move(folder);
        settings.setArchiveFolder(folder);
      },
      files: options.files,
      effective: () => effectiveConfiguration(rooms.admin.current(), settings.view(), book.list()),
    }),
  };
}

function serverHandlersOf(rooms: ReturnType<typeof furnish>): Handlers['servers'] {
  const { options, settings, book, receiver } = rooms;
  return serverHandlers({
    book,
    onDeleted: (id) => rooms.security.secrets.forget(id),
    addDemo: rooms.addDemo,
    list: {
      book,
      desk: openImportDesk(book, randomUUID),
      files: options.files,
      card: (server, signal) => ourCard(ourselves(settings), server, signal),
      portClashes: (asked) =>
        portClashes(asked, {
          servers: book.list().servers,
          sharedPort: settings.current().listenPort,
          tryPort: (asked) => receiver.tryPort(asked),
          platform: options.platform,
        }),
    },
  });
}

function testHandlersOf(rooms: ReturnType<typeof furnish>): Handlers['connectionTest'] {
  const { news, settings, book } = rooms;
  const { certificates, secrets, seen } = rooms.security;
  return connectionTestHandlers({
    book,
    memory: rooms.testMemory,
    ours: ourSide(rooms),
    callingAeTitle: () => settings.current().aeTitle,
    reach: (draft) => reachServer(draft, certificates),
    onShown: (id, shown) => seen.remember(id, shown),
    reachWeb: (id, draft) => planDicomweb(draft, { certificates, secret: secretOf(id, draft, secrets) }),
    observations: rooms.observations,
    listenerTls: rooms.listenerTls,
    now: () => new Date(),
    publish: (result) => news.publish('connectionTest.changed', result),
  });
}
