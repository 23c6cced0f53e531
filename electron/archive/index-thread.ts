import { rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { dirname, join } from 'node:path';
import { type Admitted, admitInstance, syncFolder } from './admit-instance.ts';
import { archiveFolders, shardOf } from './file-names.ts';
import { IndexWriter, openIndexDatabase } from './index-database.ts';
import { IndexReader } from './index-reader.ts';
import type { AdmittedAnswer, FrameQuestion, IndexRequest, IndexWorkerData } from './index-requests.ts';
import { answerFrame, type FrameAnswer } from './read-frame.ts';
import { reconcile } from './reconcile.ts';
import { storage } from './storage-failure.ts';

type AdmitRequest = Extract<IndexRequest, { kind: 'admit' }>;
export type AskRequest = Exclude<IndexRequest, AdmitRequest>;

/** How one arrival ended. */
export type Settled =
  | { readonly id: number; readonly value: AdmittedAnswer }
  | { readonly id: number; readonly thrown: unknown };

/** What the index's thread does; it knows nothing of threads and messages. */
export class IndexThread {
  readonly #options: IndexWorkerData;
  readonly #database: DatabaseSync;
  readonly #writer: IndexWriter;
  readonly #reader: IndexReader;

  constructor(options: IndexWorkerData) {
    this.#options = options;
    if (options.fsync) syncFolder(archiveFolders(options.folder).instances);
    this.#database = openIndexDatabase(archiveFolders(options.folder).index);
    this.#writer = new IndexWriter(this.#database);
    this.#reader = new IndexReader(this.#database);
  }

  reconcile(): Generator<number, { forgotten: number }> {
    return reconcile(this.#options.folder, this.#writer);
  }

  /** Takes in all that have arrived by now: their folders are synced once, and one transaction has them. */
  admit(requests: readonly AdmitRequest[]): readonly Settled[] {
    const settled: Settled[] = [];
    const admitted: { readonly id: number; readonly instance: Admitted }[] = [];
    for (const { id, input } of requests) {
      try {
        admitted.push({ id, instance: admitInstance(input, this.#options.folder) });
      } catch (thrown) {
        settled.push({ id, thrown });
      }
    }
    try {
      this.#makeLasting(admitted.map(({ instance }) => instance));
      return [...settled, ...admitted.map(({ id, instance }) => ({ id, value: answerOf(instance) }))];
    } catch (thrown) {
      return [...settled, ...admitted.map(({ id }) => ({ id, thrown }))];
    }
  }

  answer(request: AskRequest): unknown {
    switch (request.kind) {
      case 'studies':
        return this.#reader.studies();
      case 'study':
        return this.#reader.study(request.input);
      case 'series':
        return this.#reader.series(request.input);
      case 'instanceUids':
        return this.#reader.instanceUids(request.input);
      case 'frame':
        return this.#frame(request.input);
      case 'close':
        this.#database.close();
        return null;
    }
  }

  /** Folders first, then the index: what is in the index must be on disk. Undone where it fails. */
  #makeLasting(admitted: readonly Admitted[]): void {
    const added = admitted.filter(({ alreadyHere }) => !alreadyHere);
    try {
      if (this.#options.fsync)
        for (const folder of new Set(added.map(({ path }) => dirname(path)))) syncFolder(folder);
      const unknown = admitted.filter(({ alreadyHere, file }) => !alreadyHere || !this.#writer.has(file));
      if (unknown.length === 0) return;
      const receivedAt = new Date().toISOString();
      this.#writer.insert(
        unknown.map(({ record, file, datasetOffset }) => ({ record, file, datasetOffset, receivedAt })),
      );
    } catch (thrown) {
      for (const { path } of added) rmSync(path, { force: true });
      throw thrown;
    }
  }

  #frame({ sopInstanceUid, frameNumber }: FrameQuestion): FrameAnswer & { readonly path: string } {
    const stored = this.#reader.pixels(sopInstanceUid);
    if (stored === null) throw storage('unreadable', 'no such instance');
    const { file, datasetOffset, pixels } = stored;
    if (pixels === null) throw storage('unreadable', 'no image');
    const path = join(archiveFolders(this.#options.folder).instances, shardOf(file), file);
    return { ...answerFrame({ path, datasetOffset, pixels }, frameNumber), path };
  }
}

function answerOf({ record, path, alreadyHere }: Admitted): AdmittedAnswer {
  return {
    path,
    studyInstanceUid: record.study.studyInstanceUid,
    seriesInstanceUid: record.series.seriesInstanceUid,
    bytes: record.bytes,
    alreadyHere,
  };
}
