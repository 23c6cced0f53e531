import { join } from 'node:path';
import {
  encodeFileHeader,
  type IncomingInstance,
  type InstanceWriter,
  type StoredInstance,
} from '../dataset/index.ts';
import { partFileName } from './file-names.ts';
import { PartFile } from './part-file.ts';
import type { StudyIndex } from './study-index.ts';

export interface StoreOptions {
  /** Where files are until they are whole. */
  readonly incoming: string;
  readonly index: StudyIndex;
  readonly fsync: boolean;
  readonly onStored: (stored: StoredInstance) => void;
}

/**
 * Writes one arriving object into the archive.
 *
 * The order is what a peer's Success rests on: the bytes are synced, checked and named, the folder is
 * synced, the index has them, and only then `commit` resolves.
 */
export function storeInstance(instance: IncomingInstance, options: StoreOptions): InstanceWriter {
  const header = encodeFileHeader(instance);
  const part = new PartFile(join(options.incoming, partFileName()));
  part.write(header);
  return {
    write: (chunk) => part.write(chunk),
    onDrain: (listener) => part.onDrain(listener),
    discard: () => part.discard(),
    commit: async () => {
      await part.finish({ fsync: options.fsync });
      const { sopClassUid, sopInstanceUid, transferSyntaxUid } = instance;
      const admitted = await options.index.ask('admit', {
        partPath: part.path,
        datasetOffset: header.length,
        instance: { sopClassUid, sopInstanceUid, transferSyntaxUid },
      });
      const stored = { ...instance, ...admitted };
      options.onStored(stored);
      return stored;
    },
  };
}
