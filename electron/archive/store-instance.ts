import {
  encodeFileHeader,
  type IncomingInstance,
  type InstanceWriter,
  type StoredInstance,
} from '../dataset/index.ts';
import { ArrivingObject } from './arriving-object.ts';
import type { StudyIndex } from './study-index.ts';

export interface StoreOptions {
  readonly index: StudyIndex;
  readonly onStored: (stored: StoredInstance) => void;
}

/**
 * Takes one arriving object into the archive.
 *
 * The order is what a peer's Success rests on: the bytes are synced, checked and named, the folder is
 * synced, the index has them, and only then `commit` resolves.
 */
export function storeInstance(instance: IncomingInstance, { index, onStored }: StoreOptions): InstanceWriter {
  const header = encodeFileHeader(instance);
  const { sopClassUid, sopInstanceUid, transferSyntaxUid } = instance;
  const datasetOffset = header.length;
  const object = new ArrivingObject(index, { sopClassUid, sopInstanceUid, transferSyntaxUid, datasetOffset });
  object.write(header);
  return {
    borrows: true,
    write: (chunk) => object.write(chunk),
    onDrain: (listener) => object.onDrain(listener),
    discard: () => object.discard(),
    commit: async () => {
      const admitted = await object.finish();
      const stored = { ...instance, ...admitted };
      onStored(stored);
      return stored;
    },
  };
}
