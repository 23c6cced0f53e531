import { parentPort, workerData } from 'node:worker_threads';
import type { FromIndex, IndexRequest, IndexWorkerData } from './index-requests.ts';
import { type AskRequest, IndexThread, type Settled } from './index-thread.ts';
import { isStorageFailure, storageFailure } from './storage-failure.ts';

/**
 * The index's own thread: checks what arrived, names it, keeps the index, makes frames.
 *
 * Started by URL, from the source or bundled; it is the only one that touches the index's file.
 */
function run(port: NonNullable<typeof parentPort>, options: IndexWorkerData): void {
  const thread = new IndexThread(options);
  let waiting: IndexRequest[] = [];
  let scheduled = false;

  port.on('message', (request: IndexRequest) => {
    waiting.push(request);
    if (scheduled) return;
    scheduled = true;
    // What has come by then is taken in together.
    setImmediate(() => {
      scheduled = false;
      const requests = waiting;
      waiting = [];
      work(requests);
    });
  });
  reconcileInSteps();

  function work(requests: readonly IndexRequest[]): void {
    const arrivals = requests.filter((request) => request.kind === 'admit');
    if (arrivals.length > 0) for (const settled of thread.admit(arrivals)) tell(settled);
    for (const request of requests) if (request.kind !== 'admit') answer(request);
  }

  function answer(request: AskRequest): void {
    try {
      const value = thread.answer(request);
      send({ kind: 'answer', id: request.id, value }, transferable(value));
      if (request.kind === 'close') port.close();
    } catch (thrown) {
      tell({ id: request.id, thrown });
    }
  }

  function tell(settled: Settled): void {
    if ('value' in settled) return send({ kind: 'answer', ...settled });
    const { id, thrown } = settled;
    send(
      isStorageFailure(thrown)
        ? { kind: 'failure', id, failure: storageFailure(thrown).failure }
        : { kind: 'bug', id, bug: thrown },
    );
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
