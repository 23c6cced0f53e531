import type { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { Admission } from './admission.ts';
import { archiveFolders, shardOf } from './file-names.ts';
import { IncomingFiles } from './incoming-files.ts';
import { IndexWriter, openIndexDatabase } from './index-database.ts';
import { IndexReader } from './index-reader.ts';
import type { FrameQuestion, IndexRequest, IndexWorkerData } from './index-requests.ts';
import { answerFrame, type FrameAnswer } from './read-frame.ts';
import { reconcile } from './reconcile.ts';
import { storage } from './storage-failure.ts';

/** What the index's thread does; it knows nothing of threads and messages. */
export class IndexThread {
  readonly incoming: IncomingFiles;
  readonly #folder: string;
  readonly #admission: Admission;
  readonly #database: DatabaseSync;
  readonly #writer: IndexWriter;
  readonly #reader: IndexReader;

  constructor({ folder, fsync }: IndexWorkerData) {
    this.#folder = folder;
    this.#database = openIndexDatabase(archiveFolders(folder).index);
    this.#writer = new IndexWriter(this.#database);
    this.incoming = new IncomingFiles(archiveFolders(folder).incoming);
    this.#admission = new Admission({ folder, fsync, writer: this.#writer });
    this.#reader = new IndexReader(this.#database);
  }

  reconcile(): Generator<number, { forgotten: number }> {
    return reconcile(this.#folder, this.#writer);
  }

  /** Now, or later: an object takes as long as the disk does. */
  answer(request: IndexRequest): unknown {
    switch (request.kind) {
      case 'admit':
        return this.#admission.admit(this.incoming.finish(request.input));
      case 'discard':
        return this.incoming.discard(request.input);
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

  #frame({ sopInstanceUid, frameNumber }: FrameQuestion): FrameAnswer & { readonly path: string } {
    const stored = this.#reader.pixels(sopInstanceUid);
    if (stored === null) throw storage('unreadable', 'no such instance');
    const { file, datasetOffset, pixels } = stored;
    if (pixels === null) throw storage('unreadable', 'no image');
    const path = join(archiveFolders(this.#folder).instances, shardOf(file), file);
    return { ...answerFrame({ path, datasetOffset, pixels }, frameNumber), path };
  }
}
