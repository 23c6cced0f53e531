import { writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import type { ToTranscoder } from '../../../electron/transcode/transcode-messages.ts';

/** The transcoder's thread, but for files with a name that says what becomes of it. */
parentPort?.on('message', ({ job }: ToTranscoder) => {
  const [, fate] = /(hang|exit|throw|exhaust)\.dcm$/.exec(job.source) ?? [];
  if (fate === undefined) return;
  writeFileSync(job.part, 'begun');
  if (fate === 'exit') process.exit(3);
  if (fate === 'throw') throw new Error('thrown in the thread');
  // In small pieces: V8 ends a thread between two of them, but the whole process within a large one.
  let held: unknown = null;
  for (;;) if (fate === 'exhaust') held = { held };
});

await import('../../../electron/transcode/transcode-worker.ts');
