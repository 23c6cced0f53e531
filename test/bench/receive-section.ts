import { join } from 'node:path';
import { type Aim, loopAim, peakAim, ratio } from './aims.ts';
import { type Bench, largeObject, slice } from './bench.ts';
import { bytesOf, megabytesOf } from './bench-object.ts';
import { benchReceive } from './bench-receive.ts';
import type { Results } from './measured.ts';
import { megabytesPerSecond } from './print-results.ts';
import { bestStorescp, receivers, shippedStorescp, synced, unsynced } from './receivers.ts';

const mostMegabytes = 200;

/** On one association, on four and on eight. */
export async function receiveSlices({ options, bundled, folder }: Bench): Promise<readonly Aim[]> {
  const { slices, warmUp, repeats } = options;
  const all = receivers(bundled);
  const on = (associations: number): Promise<Results> =>
    benchReceive({
      title: `Receive ${slices} × 525 KB on ${associations} association${associations === 1 ? '' : 's'}`,
      object: slice,
      count: slices,
      warmUp,
      associations,
      ways: associations === 1 ? all : new Map([...all].filter(([name]) => name !== shippedStorescp)),
      repeats,
      folder: join(folder, 'received'),
    });
  const [one, four, eight] = [await on(1), await on(4), await on(8)];
  const speed = (results: Results): number | null => {
    const ms = results.get(synced)?.ms;
    return ms === undefined ? null : megabytesPerSecond(slices * bytesOf(slice), ms);
  };
  return [
    {
      what: 'receive, without fsync, against the best storescp',
      measured: ratio(one, unsynced, bestStorescp),
      unit: 'times its time',
      atMost: 1.5,
    },
    { what: 'receive, with fsync, on one association', measured: speed(one), unit: 'MB/s', atLeast: 80 },
    { what: 'receive, with fsync, on eight', measured: speed(eight), unit: 'MB/s', atLeast: 100 },
    loopAim('receive', [one, four, eight]),
  ];
}

export async function receiveLarge(bench: Bench): Promise<readonly Aim[]> {
  const { options, bundled, folder } = bench;
  const large = largeObject(bench);
  const results = await benchReceive({
    title: `Receive one object of ${megabytesOf(large)} MB`,
    object: large,
    count: 1,
    warmUp: 0,
    associations: 1,
    ways: receivers(bundled),
    repeats: options.repeats,
    folder: join(folder, 'received'),
  });
  return [
    peakAim('receive of a large object', [results.get(synced), results.get(unsynced)], mostMegabytes),
    loopAim('receive of a large object', [results]),
  ];
}
