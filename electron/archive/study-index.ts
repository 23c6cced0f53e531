import { Worker } from 'node:worker_threads';
import { FailureError } from '../contract/failure.ts';
import type {
  FromIndex,
  IndexRequest,
  IndexRequests,
  IndexWorkerData,
  ObjectBytes,
  ToIndex,
} from './index-requests.ts';
import { SlabPool } from './slab-pool.ts';
import { storage } from './storage-failure.ts';

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (thrown: unknown) => void;
}

/** How many files were indexed at the start, and how many rows forgotten. */
export interface Reconciled {
  readonly indexed: number;
  readonly forgotten: number;
}

/** An object that arrives hears how its slabs fare. */
export interface SlabListener {
  /** The first of those it has is done with; of the last ones it isn't told. */
  taken(): void;
  /** Nobody takes any more; `admit` will say why. */
  stopped(): void;
}

/** The main thread's side of the index: asks its thread, and waits. */
export class StudyIndex {
  /** What arriving objects are handed over in. */
  readonly slabs = new SlabPool();
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  /** By the object's number. */
  readonly #arriving = new Map<number, SlabListener>();
  readonly #ready: Promise<Reconciled>;
  #tellReady: Pending = { resolve: () => {}, reject: () => {} };
  #lastId = 0;
  #lastObject = 0;
  #stopped: Error | null = null;

  constructor(workerUrl: URL, data: IndexWorkerData) {
    this.#worker = new Worker(workerUrl, { workerData: data, name: 'study-index' });
    this.#ready = new Promise((resolve, reject) => {
      // Only the message `ready` resolves it, and brings just that.
      this.#tellReady = { resolve: (value) => resolve(value as Reconciled), reject };
    });
    this.#ready.catch(() => {});
    this.#worker.on('message', (message: FromIndex) => this.#receive(message));
    this.#worker.on('error', (bug) => this.#stop(bug));
    this.#worker.on('exit', () => this.#stop(storage('broken', 'the index has stopped')));
  }

  /** Resolves when files and index agree. @throws FailureError at `storage` */
  ready(): Promise<Reconciled> {
    return this.#ready;
  }

  /** @throws FailureError at `storage` */
  async ask<Kind extends keyof IndexRequests>(
    kind: Kind,
    input: IndexRequests[Kind]['input'],
  ): Promise<IndexRequests[Kind]['answer']> {
    if (this.#stopped !== null) throw this.#stopped;
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = await new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      // The input is that of its kind; the compiler doesn't see it through the type parameter.
      this.#post({ id, kind, input } as IndexRequest);
    });
    // The thread answers each kind as IndexRequests says; both are compiled from it.
    return answer as IndexRequests[Kind]['answer'];
  }

  /** An object begins to arrive. @returns its number */
  begin(listener: SlabListener): number {
    this.#lastObject += 1;
    this.#arriving.set(this.#lastObject, listener);
    return this.#lastObject;
  }

  write(object: ObjectBytes): void {
    if (this.#stopped === null) this.#post({ kind: 'bytes', object });
    else this.#arriving.get(object.number)?.stopped();
  }

  /** The object has come, or is given up. */
  end(object: number): void {
    this.#arriving.delete(object);
  }

  async close(): Promise<void> {
    if (this.#stopped === null) await this.ask('close', null).catch(() => {});
    await this.#worker.terminate();
  }

  #post(message: ToIndex): void {
    this.#worker.postMessage(message, []);
  }

  #receive(message: FromIndex): void {
    switch (message.kind) {
      case 'ready':
        return this.#tellReady.resolve(message);
      case 'broken':
        return this.#stop(new FailureError(message.failure));
      case 'taken':
        return this.#arriving.get(message.object)?.taken();
      case 'answer':
        return this.#settle(message.id, ({ resolve }) => resolve(message.value));
      case 'failure':
        return this.#settle(message.id, ({ reject }) => reject(new FailureError(message.failure)));
      case 'bug':
        return this.#settle(message.id, ({ reject }) => reject(message.bug));
    }
  }

  #settle(id: number, settle: (pending: Pending) => void): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (pending !== undefined) settle(pending);
  }

  #stop(reason: Error): void {
    if (this.#stopped !== null) return;
    this.#stopped = reason;
    this.#tellReady.reject(reason);
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
    for (const listener of this.#arriving.values()) listener.stopped();
  }
}
