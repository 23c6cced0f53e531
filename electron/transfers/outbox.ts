import { FailureError, type Failure } from '../contract/failure.ts';
import type { SendItem, SendItemId } from '../contract/send.ts';
import { readFileSummary, type FileSummary } from '../dataset/index.ts';
import { findFiles, type FoundFile } from './find-files.ts';
import type { FileToSend } from './send.ts';

const batchSize = 100;

/** The files a person has added to be sent. The page knows their ids; only this side knows their paths. */
export class Outbox {
  readonly #newId: () => SendItemId;
  readonly #files = new Map<SendItemId, FileToSend>();

  constructor(newId: () => SendItemId) {
    this.#newId = newId;
  }

  /** Looks at every file below these paths and says what it is, in batches as they are read. */
  async *inspect(paths: readonly string[], signal: AbortSignal): AsyncGenerator<readonly SendItem[]> {
    let batch: SendItem[] = [];
    for (const path of paths) {
      for await (const found of findFiles(path, signal)) {
        batch.push(await this.#add(found));
        if (batch.length < batchSize) continue;
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  }

  forget(ids: readonly SendItemId[]): void {
    for (const id of ids) this.#files.delete(id);
  }

  /** @throws FailureError when an id is not one of ours */
  take(ids: readonly SendItemId[]): readonly FileToSend[] {
    return ids.map((id) => {
      const file = this.#files.get(id);
      if (file !== undefined) return file;
      throw new FailureError({ step: 'input', field: 'items', problem: 'has a file that is no longer here' });
    });
  }

  async #add(found: FoundFile): Promise<SendItem> {
    const id = this.#newId();
    const { summary, failure } = await summaryOf(found.path);
    const header = summary === null ? null : { ...summary.header, path: found.path };
    this.#files.set(id, { key: id, path: found.path, file: found.file, header, failure });
    return { ...nothingRead, ...textsOf(summary), id, file: found.file, bytes: found.bytes ?? 0, failure };
  }
}

type ItemTexts = Omit<SendItem, 'id' | 'file' | 'bytes' | 'failure'>;

const nothingRead: ItemTexts = {
  patientName: '',
  patientId: '',
  studyInstanceUid: '',
  studyDescription: '',
  seriesInstanceUid: '',
  modality: '',
  sopInstanceUid: '',
  sopClassUid: '',
  transferSyntaxUid: '',
};

function textsOf(summary: FileSummary | null): Partial<ItemTexts> {
  if (summary === null) return {};
  const { header, ...texts } = summary;
  const { sopInstanceUid, sopClassUid, transferSyntaxUid } = header;
  return { ...texts, sopInstanceUid, sopClassUid, transferSyntaxUid };
}

async function summaryOf(path: string): Promise<{ summary: FileSummary | null; failure: Failure | null }> {
  try {
    return { summary: await readFileSummary(path), failure: null };
  } catch (thrown) {
    if (thrown instanceof FailureError) return { summary: null, failure: thrown.failure };
    throw thrown;
  }
}
