import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { IncomingInstance, InstanceWriter, StoredInstance } from '../dataset/index.ts';
import { silentLog } from '../logging/index.ts';
import type { Archive, OpenArchiveOptions } from './archive.ts';
import { archiveFolders, shards } from './file-names.ts';
import { openFrame } from './open-frame.ts';
import { storageFailure } from './storage-failure.ts';
import { storeInstance } from './store-instance.ts';
import { StudyIndex } from './study-index.ts';
import { syncFolder } from './sync-folder.ts';
import { UnderWay } from './under-way.ts';

/** A rebuild of the index may take minutes; it goes on behind an archive that is open. */
const reconcilePatienceMs = 3000;
const closePatienceMs = 2000;

/**
 * Opens the archive in a folder, making it where there is none. What a crash left half received is
 * removed, and whole files that the index doesn't know are indexed.
 *
 * @throws FailureError at `storage`
 */
export async function openArchive(options: OpenArchiveOptions): Promise<Archive> {
  const { folder, fsync = true, log = silentLog } = options;
  const folders = archiveFolders(folder);
  await makeFolders([folders.incoming, ...shards.map((shard) => join(folders.instances, shard))]);
  await removeLeftovers(folders.incoming);
  if (fsync) await syncFolder(folders.instances).catch(rethrow);
  const workerUrl = options.workerUrl ?? new URL('./index-worker.ts', import.meta.url);
  const index = new StudyIndex(workerUrl, { folder, fsync });
  const reconciled = index.ready().then(({ indexed, forgotten }) => {
    if (indexed > 0) log.info('archive.indexed', { count: indexed });
    if (forgotten > 0) log.warn('archive.files-gone', { count: forgotten });
  });
  try {
    await Promise.race([reconciled, wait(reconcilePatienceMs, null, { ref: false })]);
  } catch (thrown) {
    await index.close();
    throw storageFailure(thrown);
  }
  // A failure after that stops the index, and every question to it says so.
  reconciled.catch(() => {});

  const listeners = new Set<(stored: StoredInstance) => void>();
  const underWay = new UnderWay();
  const onStored = (stored: StoredInstance): void => {
    for (const listener of listeners) listener(stored);
  };
  const begin = (instance: IncomingInstance): InstanceWriter => {
    const writer = storeInstance(instance, { index, onStored });
    const ended = underWay.start();
    return {
      ...writer,
      commit: () => writer.commit().finally(ended),
      discard: () => writer.discard().finally(ended),
    };
  };
  const close = async (): Promise<void> => {
    await Promise.race([underWay.none(), wait(closePatienceMs, null, { ref: false })]);
    await index.close();
  };
  return {
    folder,
    store: { begin },
    studies: () => index.ask('studies', null),
    study: (studyInstanceUid) => index.ask('study', studyInstanceUid),
    series: (studyInstanceUid) => index.ask('series', studyInstanceUid),
    instanceUids: (studyInstanceUid) => index.ask('instanceUids', studyInstanceUid),
    openFrame: (sopInstanceUid, frameNumber) => openFrame(index, sopInstanceUid, frameNumber),
    onStored: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function rethrow(thrown: unknown): never {
  throw storageFailure(thrown);
}

/** What a crash left half received; done before anything new is begun there. */
async function removeLeftovers(incoming: string): Promise<void> {
  try {
    for (const name of await readdir(incoming)) await rm(join(incoming, name), { force: true });
  } catch (thrown) {
    throw storageFailure(thrown);
  }
}

async function makeFolders(folders: readonly string[]): Promise<void> {
  try {
    for (const folder of folders) await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (thrown) {
    throw storageFailure(thrown);
  }
}
