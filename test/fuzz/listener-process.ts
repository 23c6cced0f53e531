import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { folderStore } from '../../electron/archive/index.ts';
import { listen, storageScp, verificationScp } from '../../electron/dimse/index.ts';

/**
 * What is fuzzed, alone in its process: our listener with a storage SCP in front of a real folder. It is
 * told nothing and tells only how it is; whatever it did not catch ends it, as it would end the program.
 */

export interface Health {
  readonly rssBytes: number;
  /** What can't be freed: of the heap, and outside it. */
  readonly heldBytes: number;
  readonly sockets: number;
  /** Open file descriptors; null where the system doesn't say. */
  readonly descriptors: number | null;
  readonly associations: number;
  /** What services of ours threw. */
  readonly bugs: readonly string[];
  readonly stored: number;
  readonly refused: number;
}

/** Short, so that who says no more is soon gone; not so short that a busy machine is taken for that. */
const timerMs = 2_000;

const [folder = ''] = process.argv.slice(2);
const bugs: string[] = [];
const count = { stored: 0, refused: 0 };
const listener = await listen({
  host: '127.0.0.1',
  port: 0,
  services: [
    verificationScp(),
    storageScp({
      store: folderStore({ folder: join(folder, 'store'), fsync: false }),
      preferred: () => 'as-stored',
      onStored: () => count.stored++,
      onRefused: () => count.refused++,
    }),
  ],
  limits: {
    associations: 1_000,
    associationsPerAddress: 1_000,
    artimMs: timerMs,
    idleMs: timerMs,
    slowMs: timerMs,
  },
  observe: (event) => {
    if ('bug' in event) bugs.push(String(event.bug instanceof Error ? event.bug.stack : event.bug));
  },
});

process.on('message', () => process.send?.({ health: health() }));
process.on('disconnect', () => process.exit());
process.send?.({ port: listener.port });

function health(): Health {
  // Exposed by the flag that this process is started with: garbage is not growth.
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  return {
    rssBytes: rss,
    heldBytes: heapUsed + external,
    sockets: process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length,
    descriptors: openDescriptors(),
    associations: listener.associations,
    bugs,
    ...count,
  };
}

function openDescriptors(): number | null {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return null;
  }
}
