import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, startChild, untilListening, type Child } from '../support/peers/index.ts';
import type { Bundled } from './bundle.ts';
import { costUntilExit } from './child-cost.ts';
import { readLoopDelay } from './loop-delay.ts';
import { measureAll, type Measured, type Results } from './measured.ts';
import { printTable } from './print-results.ts';
import type { StartSender } from './senders.ts';

/** What is sent, and by whom. */
export interface SendingBench {
  readonly title: string;
  readonly bundled: Bundled;
  /** The files are there. */
  readonly folder: string;
  /** Of all of them. */
  readonly bytes: number;
  readonly ways: ReadonlyMap<string, StartSender>;
  readonly repeats: number;
  /** Of the receiver; not given: as fast as it can. */
  readonly megabytesPerSecond?: number;
}

/** To one same receiver that keeps nothing, and whose clock it is: from the first request to the release. */
export async function benchSend(sending: SendingBench): Promise<Results> {
  const { title, ways, repeats, bytes } = sending;
  const results = await measureAll(ways, repeats, (start) => sendOnce(start, sending));
  printTable({ title, results, bytes });
  return results;
}

async function sendOnce(start: StartSender, sending: SendingBench): Promise<Measured> {
  const { bundled, folder, megabytesPerSecond } = sending;
  const port = await freePort();
  const speed = megabytesPerSecond === undefined ? [] : [`${megabytesPerSecond}`];
  await using receiver = startChild(process.execPath, [bundled('raw-receiver'), `${port}`, '-', ...speed]);
  await untilListening(port, receiver);
  await using sender = start(folder, port);
  const cost = await costUntilExit(sender);
  return { ...cost, ms: await tookMs(receiver), loopP99Ms: readLoopDelay(sender.output()) };
}

/** It says so when the last association has ended, which may be after the sender has. */
async function tookMs(receiver: Child): Promise<number> {
  for (const deadline = performance.now() + 5_000; ; await sleep(10)) {
    const took = /took ([\d.]+) ms/.exec(receiver.output());
    if (took !== null) return Number(took[1]);
    if (performance.now() > deadline) throw new Error('the receiver saw no end of it');
  }
}
