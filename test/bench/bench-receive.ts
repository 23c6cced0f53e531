import { mkdir, readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesOf, type BenchObject } from './bench-object.ts';
import { costOf } from './child-cost.ts';
import { readLoopDelay } from './loop-delay.ts';
import { measureAll, type Measured, type Results } from './measured.ts';
import { printTable } from './print-results.ts';
import type { StartReceiver } from './receivers.ts';
import { sendObjects } from './send-objects.ts';

/** What is received, on how many associations, by whom. */
export interface Receiving {
  readonly title: string;
  readonly object: BenchObject;
  readonly count: number;
  readonly warmUp: number;
  readonly associations: number;
  readonly ways: ReadonlyMap<string, StartReceiver>;
  readonly repeats: number;
  /** For all that is received; the caller's to remove. */
  readonly folder: string;
}

export async function benchReceive(receiving: Receiving): Promise<Results> {
  const { title, object, count, ways, repeats } = receiving;
  const results = await measureAll(ways, repeats, (start) => receiveOnce(start, receiving));
  printTable({ title, results, bytes: count * bytesOf(object) });
  return results;
}

let folders = 0;

async function receiveOnce(start: StartReceiver, receiving: Receiving): Promise<Measured> {
  const { object, count, warmUp, associations } = receiving;
  folders += 1;
  const folder = join(receiving.folder, `${folders}`);
  await mkdir(folder, { recursive: true });
  const receiver = await start({ folder, associations });
  try {
    let before = costOf(receiver.child);
    const onBegin = (): void => void (before = costOf(receiver.child));
    const ms = await sendObjects({ port: receiver.port, object, count, warmUp, associations, onBegin });
    const after = costOf(receiver.child);
    await receiver.stop();
    return {
      ms,
      cpuMs: after.cpuMs - before.cpuMs,
      peakMegabytes: after.peakMegabytes,
      loopP99Ms: readLoopDelay(receiver.child.output()),
    };
  } finally {
    await receiver.stop();
    await emptyFiles(folder);
  }
}

/**
 * Gives their room back and keeps the files: where many were deleted, ext4 is slow to make new ones for
 * minutes.
 */
async function emptyFiles(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) if (entry.isFile()) await truncate(join(entry.parentPath, entry.name), 0);
}
