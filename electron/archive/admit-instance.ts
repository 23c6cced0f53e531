import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { IncomingInstance } from '../dataset/index.ts';
import {
  archiveFolders,
  type ArchiveFolders,
  instanceFileName,
  quarantineFileName,
  shardOf,
} from './file-names.ts';
import type { InstanceRecord } from './instance-record.ts';
import { readInstance } from './read-instance.ts';
import { sameDataset } from './same-dataset.ts';
import { storage } from './storage-failure.ts';

/** A whole file, synced, that waits to be taken into the archive. */
export interface Arrival {
  readonly partPath: string;
  /** Of its data set in the file. */
  readonly datasetOffset: number;
  readonly instance: Pick<IncomingInstance, 'sopClassUid' | 'sopInstanceUid' | 'transferSyntaxUid'>;
}

export interface Admitted {
  readonly record: InstanceRecord;
  readonly file: string;
  readonly path: string;
  readonly datasetOffset: number;
  readonly alreadyHere: boolean;
}

/**
 * Checks a file and gives it its name. The folder that it came into must still be synced.
 *
 * Runs in one thread only, so of two with one SOP Instance UID one is the first: the second is dropped
 * when its data set is the same, else put into quarantine.
 *
 * @throws FailureError at `storage`; nothing is left under the part's name
 */
export function admitInstance(arrival: Arrival, folder: string): Admitted {
  try {
    const record = checked(arrival);
    return place(arrival, record, archiveFolders(folder));
  } catch (thrown) {
    rmSync(arrival.partPath, { force: true });
    throw thrown;
  }
}

function checked({ partPath, datasetOffset, instance }: Arrival): InstanceRecord {
  const record = readInstance(partPath, datasetOffset, instance.transferSyntaxUid);
  if (record.sopInstanceUid !== instance.sopInstanceUid) throw storage('mismatch', 'SOP Instance UID');
  if (record.sopClassUid !== instance.sopClassUid) throw storage('mismatch', 'SOP Class UID');
  return record;
}

function place(
  { partPath, datasetOffset }: Arrival,
  record: InstanceRecord,
  folders: ArchiveFolders,
): Admitted {
  const file = instanceFileName(record.sopInstanceUid);
  const path = join(folders.instances, shardOf(file), file);
  const admitted = { record, file, path, datasetOffset, alreadyHere: false };
  if (!existsSync(path)) {
    renameSync(partPath, path);
    return admitted;
  }
  if (sameDataset(path, { path: partPath, datasetOffset, transferSyntaxUid: record.transferSyntaxUid })) {
    rmSync(partPath);
    return { ...admitted, alreadyHere: true };
  }
  mkdirSync(folders.quarantine, { recursive: true });
  renameSync(partPath, join(folders.quarantine, quarantineFileName(record.sopInstanceUid)));
  throw storage('conflict', 'another object of this SOP Instance UID is here');
}

/** Makes a rename last through a power cut. Windows has no such call, and its journal does it. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
