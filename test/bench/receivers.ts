import { join } from 'node:path';
import {
  freePort,
  startChild,
  startOrthanc,
  untilListening,
  whichPeers,
  type Child,
} from '../support/peers/index.ts';
import type { Bundled } from './bundle.ts';

/** Somebody who takes objects, in a process of its own. */
export interface Receiver {
  readonly port: number;
  readonly child: Child;
  stop(): Promise<void>;
}

export interface ReceiverPlace {
  /** For what it receives; it is there and empty. */
  readonly folder: string;
  /** How many there will be at once. */
  readonly associations: number;
}

export type StartReceiver = (place: ReceiverPlace) => Promise<Receiver>;

type Arguments = (place: ReceiverPlace, port: number) => readonly string[];

/** What others compare with: the first. */
export const bestStorescp = 'storescp, tuned';
/** Takes one association at a time. */
export const shippedStorescp = 'storescp, as shipped';
export const synced = 'Gantry, with fsync';
export const unsynced = 'Gantry, without fsync';

/** As few system calls and as large buffers as DCMTK can be told to make. */
const tuned = { TCP_NODELAY: '1', TCP_BUFFER_LENGTH: '1048576' };
const asShipped = { TCP_NODELAY: undefined, TCP_BUFFER_LENGTH: undefined };

/** Those of them that this machine has, and us. */
export function receivers(bundled: Bundled): ReadonlyMap<string, StartReceiver> {
  const { dcmtk, orthanc } = whichPeers();
  const node = (script: string, args: Arguments): StartReceiver =>
    child(process.execPath, (place, port) => [script, ...args(place, port)]);
  const ours = (...modes: readonly string[]): StartReceiver =>
    node(bundled('our-receiver'), ({ folder }, port) => [folder, `${port}`, ...modes]);
  const stock = join(import.meta.dirname, 'stock-receiver.ts');
  return new Map<string, StartReceiver>([
    ...(dcmtk ? storescps() : []),
    [synced, ours('fsync')],
    [unsynced, ours('no-fsync')],
    ...(orthanc ? ([['Orthanc', startArchive]] as const) : []),
    ['dcmjs-dimse, to files', node(stock, ({ folder }, port) => [folder, `${port}`])],
    ['raw socket to file', node(bundled('raw-receiver'), ({ folder }, port) => [`${port}`, folder])],
  ]);
}

/** Ours before an archive that takes no more than that. */
export function slowReceiver(bundled: Bundled, megabytesPerSecond: number): StartReceiver {
  return child(process.execPath, ({ folder }, port) => [
    bundled('our-receiver'),
    folder,
    `${port}`,
    'no-fsync',
    `${megabytesPerSecond}`,
  ]);
}

function storescps(): readonly (readonly [string, StartReceiver])[] {
  const best: Arguments = ({ folder, associations }, port) => [
    '+B',
    '--max-pdu',
    '131072',
    ...(associations > 1 ? ['--fork'] : []),
    '-od',
    folder,
    `${port}`,
  ];
  return [
    [bestStorescp, child('storescp', best, tuned)],
    [shippedStorescp, child('storescp', ({ folder }, port) => ['-od', folder, `${port}`], asShipped)],
  ];
}

function child(program: string, args: Arguments, env: NodeJS.ProcessEnv = {}): StartReceiver {
  return async (place) => {
    const port = await freePort();
    const started = startChild(program, args(place, port), { env, group: true });
    await untilListening(port, started);
    return { port, child: started, stop: () => started.stop() };
  };
}

async function startArchive(): Promise<Receiver> {
  const orthanc = await startOrthanc({ aeTitle: 'BENCH', modalities: [] });
  const { port, child: started } = orthanc;
  return { port, child: started, stop: async () => await orthanc[Symbol.asyncDispose]() };
}
