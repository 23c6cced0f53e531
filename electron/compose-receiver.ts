import type { MovableArchive } from './archive/index.ts';
import type { Compression } from './contract/compression.ts';
import type { ListenerState } from './contract/settings.ts';
import type { InstanceStore } from './dataset/index.ts';
import { commitmentReports, storageScp, verificationScp } from './dimse/index.ts';
import type { Journal, LastRefusal } from './ipc/index.ts';
import { failureOf, type LogBug } from './logging/index.ts';
import type { Reception, ServerBook } from './servers/index.ts';
import type { Settings } from './settings/index.ts';
import { calledUs, Receiver, type Arrivals, type CommitmentBook } from './transfers/index.ts';

/** What the receiver is built from. */
export interface Receiving {
  readonly settings: Settings;
  readonly book: ServerBook;
  readonly archive: MovableArchive;
  readonly commitments: CommitmentBook;
  readonly arrivals: Arrivals;
  readonly written: Journal;
  readonly logBug: LogBug;
  readonly reception: Reception;
  readonly refusal: LastRefusal;
}

/** Our listening AE, with all that it serves. */
export function receiverFor(receiving: Receiving, onState: (state: ListenerState) => void): Receiver {
  const { settings, book, archive, arrivals, written, logBug, reception, refusal } = receiving;
  arrivals.listen({
    refused: ({ callingAeTitle, sopInstanceUid }, failure) =>
      written.refused(callingAeTitle, sopInstanceUid, failure),
  });
  const received = reception.before({
    store: storeOf(archive),
    preferred: (callingAeTitle) => preferredBy(book, callingAeTitle),
    takesUnknownClasses: () => settings.current().unknownClasses,
    onStored: arrivals.stored,
    onRefused: arrivals.refused,
    onActivity: arrivals.active,
  });
  const reports = commitmentReports({
    store: receiving.commitments,
    onReport: (report) => written.committed(report),
    onStoreFailed: (thrown) => failureOf(thrown, logBug),
  });
  return new Receiver({
    services: [verificationScp(), storageScp(received), reports],
    accept: reception.noting(calledUs(() => ourAeTitles(settings, book))),
    observe: (event) => {
      if ('bug' in event) failureOf(event.bug, logBug);
      if (event.kind !== 'tls-refused') return;
      const { remoteAddress, cause } = event;
      written.tlsRefused(remoteAddress, cause);
      refusal.note({ remoteAddress, cause });
      reception.turnAway({ remoteAddress, cause });
    },
    onState,
  });
}

/** By which servers know us: the usual one, and those that their records name. */
function ourAeTitles(settings: Settings, book: ServerBook): readonly string[] {
  const special = book.list().servers.flatMap(({ callingAeTitle }) => callingAeTitle ?? []);
  return [settings.current().aeTitle, ...special];
}

/** Of the archive that is open when an object begins to come. */
export function storeOf(archive: MovableArchive): InstanceStore {
  return { begin: (instance) => archive.current().store.begin(instance) };
}

/** The compression wanted from whoever calls, known by its AE title. */
function preferredBy(book: ServerBook, callingAeTitle: string): Compression {
  const server = book.list().servers.find(({ aeTitle }) => aeTitle === callingAeTitle);
  return server?.preferredCompression ?? 'as-stored';
}
