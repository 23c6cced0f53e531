import { parentPort, workerData } from 'node:worker_threads';
import type { FromIndex, IndexRequest, IndexWorkerData, NextBytes, ToIndex } from './index-requests.ts';
import { IndexThread } from './index-thread.ts';
import { isStorageFailure, storageFailure } from './storage-failure.ts';

/**
 * The index's own thread: writes what arrives, checks it, names it, keeps the index, makes frames.
 *
 * Started by URL, from the source or bundled; it is the only one that touches the index's file.
 */
function run(port: NonNullable<typeof parentPort>, options: IndexWorkerData): void {
  const thread = new IndexThread(options);
  port.on('message', (message: ToIndex) => {
    if ('id' in message) void answer(message);
    else write(message);
  });
  reconcileInSteps();

  function write({ object }: NextBytes): void {
    // Told one late: of a small object nothing need be told but its end.
    if (thread.incoming.write(object)) send({ kind: 'taken', object: object.number });
  }

  async function answer(request: IndexRequest): Promise<void> {
    const { id } = request;
    try {
      const value = await thread.answer(request);
      send({ kind: 'answer', id, value }, transferable(value));
      if (request.kind === 'close') port.close();
    } catch (thrown) {
      send(
        isStorageFailure(thrown)
          ? { kind: 'failure', id, failure: storageFailure(thrown).failure }
          : { kind: 'bug', id, bug: thrown },
      );
    }
  }

  /** Between two steps the thread looks at what was asked of it. */
  function reconcileInSteps(): void {
    const steps = thread.reconcile();
    let indexed = 0;
    const step = (): void => {
      const next = steps.next();
      if (next.done === true) return send({ kind: 'ready', indexed, forgotten: next.value.forgotten });
      indexed += next.value;
      setImmediate(step);
    };
    step();
  }

  function send(message: FromIndex, transfer: readonly ArrayBuffer[] = []): void {
    port.postMessage(message, [...transfer]);
  }
}

/** The bytes of a frame. */
function transferable(value: unknown): readonly ArrayBuffer[] {
  if (typeof value !== 'object' || value === null || !('bytes' in value)) return [];
  return value.bytes instanceof Uint8Array && value.bytes.buffer instanceof ArrayBuffer
    ? [value.bytes.buffer]
    : [];
}

if (parentPort !== null) {
  const port = parentPort;
  try {
    // Whoever starts this thread hands in exactly that; see study-index.ts.
    run(port, workerData as IndexWorkerData);
  } catch (thrown) {
    port.postMessage({ kind: 'broken', failure: storageFailure(thrown).failure } satisfies FromIndex);
    port.close();
  }
}
