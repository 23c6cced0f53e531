import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { openArchive } from '../../../electron/archive/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const script = new URL('store-forever.ts', import.meta.url).pathname;

/** The UIDs that were told to be stored before the process was killed. */
async function storeUntilKilled(folder: string, count: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const told: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    told.push(line);
    if (told.length === count) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return told;
}

describe('a process that is killed while it stores', () => {
  it.each([3, 20, 61])(
    'after %d instances loses none that it told of',
    { timeout: 60_000 },
    async (count) => {
      await using folder = await temporaryFolder();
      const told = await storeUntilKilled(folder.path, count);

      await using archive = await openArchive({ folder: folder.path });

      const found = new Set(await archive.instanceUids('1.2'));
      expect(told.length).toBeGreaterThanOrEqual(count);
      expect(told.filter((uid) => !found.has(uid))).toEqual([]);
      expect(await readdir(join(folder.path, 'incoming'))).toEqual([]);
      for (const uid of found) {
        const { bytes } = await archive.openFrame(uid, 1);
        expect(new Set(bytes)).toEqual(new Set([Number(uid.split('.').at(-1)) % 256]));
      }
    },
  );
});
