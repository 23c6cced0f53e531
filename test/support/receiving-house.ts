import { openArchive, type Archive } from '../../electron/archive/index.ts';
import type { Compression } from '../../electron/contract/compression.ts';
import type { Failure } from '../../electron/contract/failure.ts';
import type { StoredInstance } from '../../electron/dataset/index.ts';
import { listen, storageScp, verificationScp } from '../../electron/dimse/index.ts';
import { freePort } from './peers/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface ReceivingHouse extends AsyncDisposable {
  readonly aeTitle: string;
  readonly host: string;
  readonly port: number;
  readonly archive: Archive;
  /** Every instance made safe so far, in order. */
  readonly stored: readonly StoredInstance[];
  readonly refused: readonly Failure[];
  /** When something last came, by `performance.now()`. */
  readonly lastActivity: () => number;
  onStored(listener: (stored: StoredInstance) => void): void;
}

/** Our storage SCP before our archive in a temporary folder, on a free port, as GANTRY. */
export async function openReceivingHouse(
  options: { preferred?: Compression; port?: number } = {},
): Promise<ReceivingHouse> {
  const folder = await temporaryFolder();
  const archive = await openArchive({ folder: folder.path });
  const stored: StoredInstance[] = [];
  const refused: Failure[] = [];
  const listeners: ((stored: StoredInstance) => void)[] = [];
  let activity = 0;
  const storage = storageScp({
    store: archive.store,
    preferred: () => options.preferred ?? 'as-stored',
    onStored(instance) {
      stored.push(instance);
      for (const listener of listeners) listener(instance);
    },
    onRefused: (_, failure) => refused.push(failure),
    onActivity: () => (activity = performance.now()),
  });
  const listener = await listen({
    host: '127.0.0.1',
    port: options.port ?? (await freePort()),
    services: [verificationScp(), storage],
  });
  return {
    aeTitle: 'GANTRY',
    host: '127.0.0.1',
    port: listener.port,
    archive,
    stored,
    refused,
    lastActivity: () => activity,
    onStored: (listener) => void listeners.push(listener),
    async [Symbol.asyncDispose]() {
      await listener.close();
      await archive.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}
