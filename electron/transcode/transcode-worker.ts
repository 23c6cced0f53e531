import { parentPort, workerData } from 'node:worker_threads';
import { type Codecs, openCodecs } from './codecs-module.ts';
import { transcodeFile } from './transcode-file.ts';
import { failureBehind } from './transcode-failure.ts';
import type { FromTranscoder, ToTranscoder, TranscodeWorkerData } from './transcode-messages.ts';

/**
 * The transcoder's own thread: one job after the other, each of them synchronous for the most part,
 * and stopped only by ending the thread. Started by URL, from the source or bundled.
 */
function run(port: NonNullable<typeof parentPort>, options: TranscodeWorkerData): void {
  const { codecsPath, memoryLimitBytes } = options;
  let codecs: Promise<Codecs> | null = null;

  port.on('message', (message: ToTranscoder) => void work(message));

  async function work({ id, job }: ToTranscoder): Promise<void> {
    try {
      const copy = await transcodeFile(job, {
        codecs: () => (codecs ??= openCodecs(codecsPath, memoryLimitBytes)),
        memoryLimitBytes,
        onFrame: () => send({ kind: 'progress', id }),
      });
      send({ kind: 'done', id, copy });
    } catch (thrown) {
      const failure = failureBehind(thrown)?.failure ?? null;
      send(failure === null ? { kind: 'bug', id, bug: thrown } : { kind: 'failure', id, failure });
    }
  }

  function send(message: FromTranscoder): void {
    port.postMessage(message);
  }
}

// Whoever starts this thread hands in exactly that; see transcoder.ts.
if (parentPort !== null) run(parentPort, workerData as TranscodeWorkerData);
