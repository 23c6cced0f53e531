import { closeSync, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { archiveFolders, instanceFilePattern, shards } from './file-names.ts';
import type { IndexedInstance, IndexWriter } from './index-database.ts';
import type { InstanceRecord } from './instance-record.ts';
import { type DatasetPlace, readInstance } from './read-instance.ts';
import { fileRanges } from './read-range.ts';
import { isStorageFailure } from './storage-failure.ts';
import { readStoredHeader } from './stored-header.ts';

/** Indexed in one transaction, and before the thread looks at its messages again. */
const batchSize = 100;

/**
 * Makes the index agree with the files, in steps: rows whose file is gone are forgotten, files without
 * a row are indexed.
 *
 * @yields the number of instances indexed in the step
 */
export function* reconcile(folder: string, index: IndexWriter): Generator<number, { forgotten: number }> {
  const folders = archiveFolders(folder);
  const onDisk = new Map(filesOf(folders.instances));
  const known = index.files();
  const gone = [...known].filter((file) => !onDisk.has(file));
  index.remove(gone);
  const missing = [...onDisk].filter(([file]) => !known.has(file));
  for (let at = 0; at < missing.length; at += batchSize) {
    const batch = missing
      .slice(at, at + batchSize)
      .flatMap(([file, path]) => readAgain(file, path))
      // One that was stored while this went on has its row.
      .filter(({ file }) => !index.has(file));
    index.insert(batch);
    yield batch.length;
  }
  return { forgotten: gone.length };
}

function* filesOf(instances: string): Generator<readonly [string, string]> {
  for (const shard of shards) {
    for (const file of readdirSync(join(instances, shard))) {
      if (instanceFilePattern.test(file)) yield [file, join(instances, shard, file)];
    }
  }
}

/** None for a file that can't be read: it stays where it is, and the next start tries again. */
function readAgain(file: string, path: string): readonly IndexedInstance[] {
  try {
    const { datasetOffset, transferSyntaxUid } = readStoredHeader(path);
    const record = readStored(path, { datasetOffset, transferSyntaxUid });
    return [{ record, file, datasetOffset, receivedAt: statSync(path).mtime.toISOString() }];
  } catch (thrown) {
    if (!isStorageFailure(thrown)) throw thrown;
    return [];
  }
}

function readStored(path: string, place: DatasetPlace): InstanceRecord {
  const descriptor = openSync(path, 'r');
  try {
    return readInstance(fileRanges(descriptor), place);
  } finally {
    closeSync(descriptor);
  }
}
