import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startChild, whichPeers, type Child } from '../support/peers/index.ts';
import type { Bundled } from './bundle.ts';

/** Starts to send all files of a folder; the child ends when they are sent. */
export type StartSender = (folder: string, port: number) => Child;

/** What others compare with. */
export const bestDcmsend = 'dcmsend, TCP_NODELAY';
export const ourOneSender = 'Gantry, 1 association';
/** As the app sends unless a server's record says otherwise. */
export const ourUsualSender = 'Gantry, 4 associations';

const noDelay = { TCP_NODELAY: '1' };
const asShipped = { TCP_NODELAY: undefined };

/** Those of them that this machine has, and us. */
export function senders(bundled: Bundled): ReadonlyMap<string, StartSender> {
  const stock = join(import.meta.dirname, 'stock-sender.ts');
  return new Map<string, StartSender>([
    ...(whichPeers().dcmtk
      ? ([
          [bestDcmsend, dcmsend(noDelay)],
          ['dcmsend, as shipped', dcmsend(asShipped)],
          ['storescu, TCP_NODELAY', storescu(noDelay)],
          ['storescu, as shipped', storescu(asShipped)],
        ] as const)
      : []),
    [ourOneSender, ourSender(bundled, 1)],
    [ourUsualSender, ourSender(bundled, 4)],
    ['dcmjs-dimse', (folder, port) => startChild(process.execPath, [stock, folder, `${port}`])],
  ]);
}

export function ourSender(bundled: Bundled, associations: number): StartSender {
  return (folder, port) =>
    startChild(process.execPath, [bundled('our-sender'), folder, `${port}`, `${associations}`]);
}

export function storescu(env: NodeJS.ProcessEnv): StartSender {
  return (folder, port) =>
    startChild('storescu', ['-aec', 'BENCH', '127.0.0.1', `${port}`, ...filesIn(folder)], { env });
}

function dcmsend(env: NodeJS.ProcessEnv): StartSender {
  return (folder, port) =>
    startChild('dcmsend', ['-aec', 'BENCH', '-nuc', '127.0.0.1', `${port}`, ...filesIn(folder)], { env });
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).map((name) => join(folder, name));
}
