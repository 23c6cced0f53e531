import { join } from 'node:path';
import { type Aim, loopAim, peakAim } from './aims.ts';
import { type Bench, largeObject } from './bench.ts';
import { bytesOf, megabytesOf } from './bench-object.ts';
import { benchReceive } from './bench-receive.ts';
import { benchSend } from './bench-send.ts';
import { slowReceiver } from './receivers.ts';
import { ourSender } from './senders.ts';
import { writeFiles } from './write-files.ts';

const slowMegabytesPerSecond = 40;
const mostMegabytes = 150;

/** Whoever is slow, the sender waits and nothing piles up in between. */
export async function slowSinks(bench: Bench): Promise<readonly Aim[]> {
  const { bundled, folder } = bench;
  const { repeats } = bench.options;
  const large = largeObject(bench);
  const way = 'Gantry';
  const received = await benchReceive({
    title: `Receive ${megabytesOf(large)} MB into an archive that takes ${slowMegabytesPerSecond} MB/s`,
    object: large,
    count: 1,
    warmUp: 0,
    associations: 1,
    ways: new Map([[way, slowReceiver(bundled, slowMegabytesPerSecond)]]),
    repeats,
    folder: join(folder, 'received'),
  });
  const files = join(folder, 'slow-to-send');
  await writeFiles(files, large, 1);
  const sent = await benchSend({
    title: `Send ${megabytesOf(large)} MB to a peer that takes ${slowMegabytesPerSecond} MB/s`,
    bundled,
    folder: files,
    bytes: bytesOf(large),
    ways: new Map([[way, ourSender(bundled, 1)]]),
    repeats,
    megabytesPerSecond: slowMegabytesPerSecond,
  });
  const delays = loopAim('slow sink', [received, sent]);
  return [peakAim('slow sink, both ways', [received.get(way), sent.get(way)], mostMegabytes), delays];
}
