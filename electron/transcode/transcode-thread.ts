import { Worker } from 'node:worker_threads';
import { FailureError } from '../contract/failure.ts';
import { memoryExceeded } from './codecs-module.ts';
import { notTranscodable } from './transcode-failure.ts';
import type { FromTranscoder, Transcoded, TranscodeJob, TranscodeWorkerData } from './transcode-messages.ts';

export interface TranscodeThreadOptions {
  readonly workerUrl: URL;
  /** Asked when the thread is started. */
  readonly codecsPath: () => string;
  readonly memoryLimitMb: number;
  readonly timeoutMs: number;
}

type Copy = Omit<Transcoded, 'path'>;

interface Task {
  readonly id: number;
  readonly job: TranscodeJob;
  readonly resolve: (copy: Copy) => void;
  readonly reject: (thrown: unknown) => void;
}

/** The main thread's side: one job in the thread, the others in line. */
export class TranscodeThread {
  readonly #options: TranscodeThreadOptions;
  #waiting: Task[] = [];
  #running: Task | null = null;
  #worker: Worker | null = null;
  #timer: NodeJS.Timeout | null = null;
  #stopping: Promise<void> = Promise.resolve();
  #lastId = 0;
  #closed = false;

  constructor(options: TranscodeThreadOptions) {
    this.#options = options;
  }

  /** @throws FailureError; anything else is a bug */
  async run(job: TranscodeJob, signal?: AbortSignal): Promise<Copy> {
    if (this.#closed || signal?.aborted === true) throw cancelled();
    this.#lastId += 1;
    const id = this.#lastId;
    const onAbort = (): void => this.#cancel(id);
    signal?.addEventListener('abort', onAbort);
    try {
      return await new Promise<Copy>((resolve, reject) => {
        this.#waiting.push({ id, job, resolve, reject });
        this.#next();
      });
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(cancelled());
    this.#stop(cancelled());
    await this.#stopping;
  }

  #next(): void {
    if (this.#running !== null) return;
    const task = this.#waiting.shift();
    if (task === undefined) return;
    this.#running = task;
    try {
      this.#worker ??= this.#start();
    } catch (thrown) {
      return this.#settle(({ reject }) => reject(thrown));
    }
    this.#worker.ref();
    this.#watch();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    this.#worker.postMessage({ id: task.id, job: task.job });
  }

  #start(): Worker {
    const { workerUrl, codecsPath, memoryLimitMb } = this.#options;
    const data: TranscodeWorkerData = {
      codecsPath: codecsPath(),
      memoryLimitBytes: memoryLimitMb * 1024 * 1024,
    };
    const worker = new Worker(workerUrl, {
      workerData: data,
      name: 'transcoder',
      resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb },
    });
    worker.on('message', (message: FromTranscoder) => this.#receive(worker, message));
    worker.on('error', (thrown) => this.#lost(worker, this.#reasonOf(thrown)));
    worker.on('exit', (code) => this.#lost(worker, new Error(`the transcoder's thread ended with ${code}`)));
    return worker;
  }

  #reasonOf(thrown: unknown): unknown {
    const isOutOfMemory =
      thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_WORKER_OUT_OF_MEMORY';
    return isOutOfMemory ? memoryExceeded(this.#options.memoryLimitMb * 1024 * 1024) : thrown;
  }

  #receive(worker: Worker, message: FromTranscoder): void {
    if (worker !== this.#worker || message.id !== this.#running?.id) return;
    switch (message.kind) {
      case 'progress':
        return this.#watch();
      case 'done':
        return this.#settle(({ resolve }) => resolve(message.copy));
      case 'failure':
        return this.#settle(({ reject }) => reject(new FailureError(message.failure)));
      case 'bug':
        return this.#settle(({ reject }) => reject(message.bug));
    }
  }

  /** Nothing stops a codec in its loop but the end of its thread. */
  #watch(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const { timeoutMs } = this.#options;
    this.#timer = setTimeout(
      () => this.#stop(notTranscodable(`a frame took longer than ${timeoutMs / 1000} s`)),
      timeoutMs,
    );
  }

  #cancel(id: number): void {
    if (this.#running?.id === id) return this.#stop(cancelled());
    const task = this.#waiting.find((each) => each.id === id);
    this.#waiting = this.#waiting.filter((each) => each !== task);
    task?.reject(cancelled());
  }

  /** Ends the thread; its job fails once it's gone and writes no more. */
  #stop(reason: unknown): void {
    const worker = this.#worker;
    if (worker === null) return;
    this.#worker = null;
    this.#stopping = worker.terminate().then(() => this.#settle(({ reject }) => reject(reason)));
  }

  #lost(worker: Worker, reason: unknown): void {
    // One that was stopped has been seen to.
    if (worker !== this.#worker) return;
    this.#worker = null;
    this.#settle(({ reject }) => reject(reason));
  }

  #settle(settle: (task: Task) => void): void {
    const task = this.#running;
    this.#running = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    // An idle thread keeps no process alive.
    this.#worker?.unref();
    if (task !== null) settle(task);
    this.#next();
  }
}

function cancelled(): FailureError {
  return new FailureError({ step: 'cancelled' });
}
