import { existsSync, mkdirSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  encodeFileHeader,
  type IncomingInstance,
  type InstanceStore,
  type InstanceWriter,
  type StoredInstance,
  textOf,
} from '../dataset/index.ts';
import { partFileName, quarantineFileName } from './file-names.ts';
import { PartFile } from './part-file.ts';
import { sameObject } from './same-object.ts';
import { isStorageFailure, storage, storageFailure } from './storage-failure.ts';
import { readStoredHeader } from './stored-header.ts';
import { syncFolder } from './sync-folder.ts';

interface FolderStoreOptions {
  readonly folder: string;
  /** `false`: speed over safety from power cuts. */
  readonly fsync: boolean;
}

type Finished = Pick<StoredInstance, 'studyInstanceUid' | 'seriesInstanceUid'>;

/** Searched this far for patient, study and series where private data stands before them. */
const furthestHeaderBytes = 16 * 1024 * 1024;

/**
 * A plain folder that takes instances as `<SOP Instance UID>.dcm`, without an index, with the
 * archive's promises: synced before `commit` resolves, the same object twice is one file, another one
 * of its UID goes into `quarantine`.
 *
 * @throws FailureError at `storage` when the folder can't be had
 */
export function folderStore({ folder, fsync }: FolderStoreOptions): InstanceStore {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (thrown) {
    throw storageFailure(thrown);
  }
  const turns = new Map<string, Promise<unknown>>();
  return { begin: (instance) => begin(instance, { folder, fsync }, turns) };
}

function begin(
  instance: IncomingInstance,
  { folder, fsync }: FolderStoreOptions,
  turns: Map<string, Promise<unknown>>,
): InstanceWriter {
  const header = encodeFileHeader(instance);
  const part = new PartFile(join(folder, partFileName()));
  part.write(header);
  return {
    write: (chunk) => part.write(chunk),
    onDrain: (listener) => part.onDrain(listener),
    discard: () => part.discard(),
    commit: async () => {
      const bytes = await part.finish({ fsync });
      try {
        const path = pathOf(folder, instance.sopInstanceUid);
        const finished = checked(part.path, instance);
        const arrived = { path: part.path, datasetOffset: header.length };
        const alreadyHere = await inTurn(turns, path, () => place(arrived, instance, path, folder));
        if (fsync && !alreadyHere) await syncFolder(folder);
        return { ...instance, ...finished, bytes, path, alreadyHere };
      } catch (thrown) {
        await rm(part.path, { force: true });
        throw isStorageFailure(thrown) ? storageFailure(thrown) : thrown;
      }
    },
  };
}

/** A UID from the wire becomes a file's name only when it is made of digits and dots. */
function pathOf(folder: string, sopInstanceUid: string): string {
  if (!/^[0-9.]{1,64}$/.test(sopInstanceUid) || /^\.+$/.test(sopInstanceUid)) {
    throw storage('unreadable', 'SOP Instance UID is not a UID');
  }
  return join(folder, `${sopInstanceUid}.dcm`);
}

function checked(path: string, instance: IncomingInstance): Finished {
  const quick = readStoredHeader(path);
  const { attributes } = quick.cutShort ? readStoredHeader(path, furthestHeaderBytes) : quick;
  const sopInstanceUid = textOf(attributes, '00080018');
  const sopClassUid = textOf(attributes, '00080016');
  if (sopInstanceUid === '' || sopClassUid === '') throw storage('unreadable', 'no SOP UIDs');
  if (sopInstanceUid !== instance.sopInstanceUid) throw storage('mismatch', 'SOP Instance UID');
  if (sopClassUid !== instance.sopClassUid) throw storage('mismatch', 'SOP Class UID');
  return {
    studyInstanceUid: textOf(attributes, '0020000D'),
    seriesInstanceUid: textOf(attributes, '0020000E'),
  };
}

/** @returns whether the same object was here before */
async function place(
  arrived: { readonly path: string; readonly datasetOffset: number },
  { sopInstanceUid, transferSyntaxUid }: IncomingInstance,
  path: string,
  folder: string,
): Promise<boolean> {
  if (!existsSync(path)) {
    await rename(arrived.path, path);
    return false;
  }
  if (sameObject(path, { ...arrived, transferSyntaxUid })) {
    await rm(arrived.path);
    return true;
  }
  const quarantine = join(folder, 'quarantine');
  await mkdir(quarantine, { recursive: true });
  await rename(arrived.path, join(quarantine, quarantineFileName(sopInstanceUid)));
  throw storage('conflict', 'another object of this SOP Instance UID is here');
}

/** One after another for each key, in the order they came. */
async function inTurn<Value>(
  turns: Map<string, Promise<unknown>>,
  key: string,
  work: () => Promise<Value>,
): Promise<Value> {
  const before = turns.get(key) ?? Promise.resolve();
  const turn = before.then(work, work);
  turns.set(key, turn);
  try {
    return await turn;
  } finally {
    if (turns.get(key) === turn) turns.delete(key);
  }
}
