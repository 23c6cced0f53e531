import { join } from 'node:path';
import { startOrthanc, whichPeers } from '../support/peers/index.ts';
import { type Aim, loopAim, ratio } from './aims.ts';
import { type Bench, slice } from './bench.ts';
import { bytesOf } from './bench-object.ts';
import { costUntilExit } from './child-cost.ts';
import { readLoopDelay } from './loop-delay.ts';
import { measureAll, type Measured } from './measured.ts';
import { printTable } from './print-results.ts';
import { ourSender, storescu, type StartSender } from './senders.ts';
import { writeFiles } from './write-files.ts';

/** It answers in two small writes, and waits 40 ms between them. */
const asShipped = { TCP_NODELAY: undefined };

const storescuToOrthanc = 'storescu, as shipped';
const eightToOrthanc = 'Gantry, 8 associations';

/** Each to an empty Orthanc; from the sender's start, or ours from its first association, to its end. */
export async function sendToOrthanc({ options, bundled, folder }: Bench): Promise<readonly Aim[]> {
  const { orthanc, dcmtk } = whichPeers();
  if (!orthanc || !dcmtk) return [];
  const { slices, repeats } = options;
  const files = join(folder, 'slices-to-orthanc');
  await writeFiles(files, slice, slices);
  const ways = new Map<string, StartSender>([
    [storescuToOrthanc, storescu({ TCP_NODELAY: undefined })],
    ['storescu, TCP_NODELAY', storescu({ TCP_NODELAY: '1' })],
    ['Gantry, 1 association', ourSender(bundled, 1)],
    ['Gantry, 4 associations', ourSender(bundled, 4)],
    [eightToOrthanc, ourSender(bundled, 8)],
  ]);
  const results = await measureAll(ways, repeats, (start) => sendOnce(start, files));
  const title = `Send ${slices} × 525 KB to Orthanc`;
  printTable({ title, results, bytes: slices * bytesOf(slice) });
  return [
    {
      what: 'to Orthanc on 8 associations, against storescu',
      measured: ratio(results, storescuToOrthanc, eightToOrthanc),
      unit: 'times as fast',
      atLeast: 8,
    },
    loopAim('send to Orthanc', [results]),
  ];
}

async function sendOnce(start: StartSender, folder: string): Promise<Measured> {
  await using orthanc = await startOrthanc({ aeTitle: 'BENCH', modalities: [], env: asShipped });
  const began = performance.now();
  await using sender = start(folder, orthanc.port);
  const cost = await costUntilExit(sender);
  const whole = performance.now() - began;
  // Ours says itself how long it took: Node's own start is no part of a send.
  const own = /took ([\d.]+) ms/.exec(sender.output());
  return {
    ...cost,
    ms: own === null ? whole : Number(own[1]),
    loopP99Ms: readLoopDelay(sender.output()),
  };
}
