import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FailureError } from '../contract/failure.ts';
import { archiveFolders, instanceFilePattern, shards } from './file-names.ts';
import type { IndexedInstance, IndexWriter } from './index-database.ts';
import { readInstance } from './read-instance.ts';
import { readStoredHeader } from './stored-header.ts';

/** Indexed in one transaction, and before the thread looks at its messages again. */
const batchSize = 100;

/**
 * Makes the index agree with the files, in steps: what a crash left half received is removed, rows
 * whose file is gone are forgotten, files without a row are indexed.
 *
 * @yields the number of instances indexed in the step
 */
export function* reconcile(folder: string, index: IndexWriter): Generator<number, { forgotten: number }> {
  const folders = archiveFolders(folder);
  for (const name of readdirSync(folders.incoming)) rmSync(join(folders.incoming, name), { force: true });
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
    const record = readInstance(path, datasetOffset, transferSyntaxUid);
    return [{ record, file, datasetOffset, receivedAt: statSync(path).mtime.toISOString() }];
  } catch (thrown) {
    if (thrown instanceof FailureError || (thrown instanceof Error && 'code' in thrown)) return [];
    throw thrown;
  }
}
