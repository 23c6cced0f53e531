import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../temporary-folder.ts';
import { freePort, startChild, untilListening, type Child } from './child.ts';

export interface StorescpOptions {
  readonly aeTitle?: string;
  /** A free one unless given. */
  readonly port?: number;
  /** More of its options, e.g. `['--abort-after']`. Bit preserving and all syntaxes are the default. */
  readonly args?: readonly string[];
  /** Instead of `+xa`: which syntaxes it takes, e.g. `['+xi']`, or `['-xf', file, profile]`. */
  readonly accept?: readonly string[];
}

export interface Storescp extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly aeTitle: string;
  readonly folder: string;
  readonly child: Child;
  /** Full paths of what it has stored so far. */
  files(): Promise<readonly string[]>;
}

/** DCMTK's storescp on a free port, writing what it receives just as it comes (`+B`). */
export async function startStorescp(options: StorescpOptions = {}): Promise<Storescp> {
  const folder = await temporaryFolder();
  const port = options.port ?? (await freePort());
  const aeTitle = options.aeTitle ?? 'STORESCP';
  const accept = options.accept ?? ['+xa'];
  const args = ['+B', '-aet', aeTitle, '-od', folder.path, ...accept, ...(options.args ?? []), `${port}`];
  const child = startChild('storescp', args);
  await untilListening(port, child);
  return {
    host: '127.0.0.1',
    port,
    aeTitle,
    folder: folder.path,
    child,
    files: async () => (await readdir(folder.path)).sort().map((name) => join(folder.path, name)),
    async [Symbol.asyncDispose]() {
      await child.stop();
      await folder[Symbol.asyncDispose]();
    },
  };
}
