import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  archiveFolders,
  type ArchiveFolders,
  instanceFileName,
  quarantineFileName,
  shardOf,
} from './file-names.ts';
import type { WholeFile } from './incoming-files.ts';
import type { IndexWriter } from './index-database.ts';
import type { AdmittedAnswer } from './index-requests.ts';
import type { InstanceRecord } from './instance-record.ts';
import { readInstance } from './read-instance.ts';
import { sameObject } from './same-object.ts';
import { storage } from './storage-failure.ts';
import { syncFolder } from './sync-folder.ts';

export interface AdmissionOptions {
  readonly folder: string;
  readonly fsync: boolean;
  readonly writer: IndexWriter;
}

/** A whole file, synced, checked and closed, that waits for its name. */
interface Arrival {
  readonly partPath: string;
  readonly datasetOffset: number;
  readonly record: InstanceRecord;
  readonly settle: PromiseWithResolvers<AdmittedAnswer>;
}

/** An arrival that has its name. */
interface Named extends Arrival {
  readonly file: string;
  readonly path: string;
  readonly alreadyHere: boolean;
}

/**
 * Takes whole files into the archive, one batch after another: what has become whole while a batch was
 * made lasting shares the next one's syncs and its transaction.
 *
 * As batches don't overlap, of two objects with one SOP Instance UID one is the first: the second is
 * dropped when its data set is the same, else put into quarantine.
 */
export class Admission {
  readonly #options: AdmissionOptions;
  readonly #folders: ArchiveFolders;
  #waiting: Arrival[] = [];
  #working = false;

  constructor(options: AdmissionOptions) {
    this.#options = options;
    this.#folders = archiveFolders(options.folder);
  }

  /** Resolves when the object is safe and findable. @throws what stood against it; nothing is left then */
  async admit(whole: WholeFile): Promise<AdmittedAnswer> {
    const record = await this.#finish(whole);
    const settle = Promise.withResolvers<AdmittedAnswer>();
    const { datasetOffset } = whole.announced;
    this.#waiting.push({ partPath: whole.file.path, datasetOffset, record, settle });
    if (!this.#working) {
      this.#working = true;
      // What else is whole by then is taken in together.
      setImmediate(() => void this.#work());
    }
    return settle.promise;
  }

  /** Checks what came while the disk syncs it. */
  async #finish(whole: WholeFile): Promise<InstanceRecord> {
    const { file } = whole;
    try {
      const synced = this.#options.fsync ? file.sync() : null;
      synced?.catch(() => {});
      const record = checked(whole);
      if (synced !== null) await synced;
      file.close();
      return record;
    } catch (thrown) {
      await file.discard();
      throw thrown;
    }
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      const named = batch.flatMap((arrival) => this.#name(arrival));
      try {
        await this.#makeLasting(named);
        for (const each of named) each.settle.resolve(answerOf(each));
      } catch (thrown) {
        for (const { settle } of named) settle.reject(thrown);
      }
    }
    this.#working = false;
  }

  #name(arrival: Arrival): readonly Named[] {
    try {
      return [place(arrival, this.#folders)];
    } catch (thrown) {
      rmSync(arrival.partPath, { force: true });
      arrival.settle.reject(thrown);
      return [];
    }
  }

  /** Folders first, then the index: what is in the index must be on disk. Undone where it fails. */
  async #makeLasting(named: readonly Named[]): Promise<void> {
    const { fsync, writer } = this.#options;
    const added = named.filter(({ alreadyHere }) => !alreadyHere);
    try {
      if (fsync) await Promise.all([...new Set(added.map(({ path }) => dirname(path)))].map(syncFolder));
      const unknown = named.filter(({ alreadyHere, file }) => !alreadyHere || !writer.has(file));
      if (unknown.length === 0) return;
      const receivedAt = new Date().toISOString();
      writer.insert(
        unknown.map(({ record, file, datasetOffset }) => ({ record, file, datasetOffset, receivedAt })),
      );
    } catch (thrown) {
      for (const { path } of added) rmSync(path, { force: true });
      throw thrown;
    }
  }
}

function checked({ file, announced, scan }: WholeFile): InstanceRecord {
  const record = readInstance(file.ranges(), announced, scan);
  if (record.sopInstanceUid !== announced.sopInstanceUid) throw storage('mismatch', 'SOP Instance UID');
  if (record.sopClassUid !== announced.sopClassUid) throw storage('mismatch', 'SOP Class UID');
  return record;
}

function place(arrival: Arrival, folders: ArchiveFolders): Named {
  const { partPath, datasetOffset, record } = arrival;
  const file = instanceFileName(record.sopInstanceUid);
  const path = join(folders.instances, shardOf(file), file);
  const named = { ...arrival, file, path, alreadyHere: false };
  if (!existsSync(path)) {
    renameSync(partPath, path);
    return named;
  }
  if (sameObject(path, { path: partPath, datasetOffset, transferSyntaxUid: record.transferSyntaxUid })) {
    rmSync(partPath);
    return { ...named, alreadyHere: true };
  }
  mkdirSync(folders.quarantine, { recursive: true });
  renameSync(partPath, join(folders.quarantine, quarantineFileName(record.sopInstanceUid)));
  throw storage('conflict', 'another object of this SOP Instance UID is here');
}

function answerOf({ record, path, alreadyHere }: Named): AdmittedAnswer {
  return {
    path,
    studyInstanceUid: record.study.studyInstanceUid,
    seriesInstanceUid: record.series.seriesInstanceUid,
    bytes: record.bytes,
    alreadyHere,
  };
}
