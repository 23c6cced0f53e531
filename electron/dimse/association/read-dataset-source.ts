import { FailureError } from '../../contract/failure.ts';
import type { DatasetSource } from './association.ts';

const nothing: Uint8Array = new Uint8Array(0);

/**
 * Fills the targets, `bytes` long together, from a place in the data set.
 *
 * @throws FailureError file, where it is shorter than it was or can't be read
 */
export async function readInto(
  dataset: DatasetSource,
  position: number,
  targets: readonly Buffer[],
  bytes: number,
): Promise<void> {
  const there = dataset.kind === 'bytes' ? dataset.bytes : (dataset.beginning ?? nothing);
  if (dataset.kind === 'bytes' || position + bytes <= there.length) {
    copyInto(there.subarray(position), targets);
    return;
  }
  let read = 0;
  while (read < bytes) {
    const got = await readSome(dataset, position + read, remainderOf(targets, read));
    if (got === 0) {
      throw new FailureError({ step: 'file', cause: 'changed', detail: 'shorter than when it was opened' });
    }
    read += got;
  }
}

async function readSome(
  { handle, offset }: Extract<DatasetSource, { kind: 'file' }>,
  position: number,
  targets: readonly Buffer[],
): Promise<number> {
  try {
    const { bytesRead } = await handle.readv([...targets], offset + position);
    return bytesRead;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new FailureError({ step: 'file', cause: 'damaged', detail }, { cause: error });
  }
}

/** What of the targets is still empty after `read` bytes. */
function remainderOf(targets: readonly Buffer[], read: number): readonly Buffer[] {
  if (read === 0) return targets;
  let skip = read;
  return targets.flatMap((target) => {
    const used = Math.min(skip, target.length);
    skip -= used;
    return used < target.length ? [target.subarray(used)] : [];
  });
}

function copyInto(bytes: Uint8Array, targets: readonly Buffer[]): void {
  let position = 0;
  for (const target of targets) {
    target.set(bytes.subarray(position, position + target.length));
    position += target.length;
  }
}
