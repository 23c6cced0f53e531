import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildFile, uidFor } from '../build-dataset.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { freePort, startChild, untilListening, type Child } from './child.ts';

export interface WlmscpfsOptions {
  readonly aeTitle: string;
  /** The worklist items, in Explicit VR Little Endian. */
  readonly items: readonly Buffer[];
  /** More of its options, e.g. `['-csk']`. */
  readonly args?: readonly string[];
}

export interface Wlmscpfs extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly aeTitle: string;
  readonly child: Child;
}

/** DCMTK's worklist server on a free port, with a file for each item. It forks for each association. */
export async function startWlmscpfs(options: WlmscpfsOptions): Promise<Wlmscpfs> {
  const folder = await temporaryFolder();
  const port = await freePort();
  const worklist = join(folder.path, options.aeTitle);
  await mkdir(worklist);
  await writeFile(join(worklist, 'lockfile'), '');
  const meta = { sopClassUid: '1.2.276.0.7230010.3.1.0.1', transferSyntaxUid: '1.2.840.10008.1.2.1' };
  for (const [index, item] of options.items.entries()) {
    const file = buildFile({ ...meta, sopInstanceUid: uidFor('worklist', index) }, item);
    await writeFile(join(worklist, `${index}.wl`), file);
  }
  const args = ['-v', '-dfp', folder.path, ...(options.args ?? []), `${port}`];
  const child = startChild('wlmscpfs', args, { group: true });
  await untilListening(port, child);
  return {
    host: '127.0.0.1',
    port,
    aeTitle: options.aeTitle,
    child,
    async [Symbol.asyncDispose]() {
      await child.stop();
      await folder[Symbol.asyncDispose]();
    },
  };
}
