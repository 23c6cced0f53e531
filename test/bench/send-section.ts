import { join } from 'node:path';
import { type Aim, loopAim, peakAim, ratio } from './aims.ts';
import { type Bench, largeObject, slice } from './bench.ts';
import { bytesOf, megabytesOf } from './bench-object.ts';
import { benchSend } from './bench-send.ts';
import { bestDcmsend, ourOneSender, ourUsualSender, senders } from './senders.ts';
import { writeFiles } from './write-files.ts';

const mostMegabytes = 200;

export async function sendSlices({ options, bundled, folder }: Bench): Promise<readonly Aim[]> {
  const { slices, repeats } = options;
  const files = join(folder, 'slices');
  await writeFiles(files, slice, slices);
  const results = await benchSend({
    title: `Send ${slices} × 525 KB`,
    bundled,
    folder: files,
    bytes: slices * bytesOf(slice),
    ways: senders(bundled),
    repeats,
  });
  return [
    ...(
      [
        ['on one association', ourOneSender],
        ['as the app sends, on four', ourUsualSender],
      ] as const
    ).map(([how, way]) => ({
      what: `send ${how}, against dcmsend with TCP_NODELAY`,
      measured: ratio(results, way, bestDcmsend),
      unit: 'times its time',
      atMost: 1.3,
    })),
    loopAim('send', [results]),
  ];
}

export async function sendLarge(bench: Bench): Promise<readonly Aim[]> {
  const { options, bundled, folder } = bench;
  const large = largeObject(bench);
  const files = join(folder, 'large-to-send');
  await writeFiles(files, large, 1);
  const results = await benchSend({
    title: `Send one object of ${megabytesOf(large)} MB`,
    bundled,
    folder: files,
    bytes: bytesOf(large),
    ways: senders(bundled),
    repeats: options.repeats,
  });
  return [
    peakAim('send of a large object', [results.get(ourOneSender)], mostMegabytes),
    loopAim('send of a large object', [results]),
  ];
}
