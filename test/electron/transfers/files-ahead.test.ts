import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFileHeader } from '../../../electron/dataset/index.ts';
import { FilesAhead } from '../../../electron/transfers/files-ahead.ts';
import type { Sendable } from '../../../electron/transfers/store-file.ts';
import { buildDataset, writeP10 } from '../../support/build-dataset.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const sopClassUid = '1.2.840.10008.5.1.4.1.1.2';

async function writeFile(folder: string, number: number, bytes = 2_000_000): Promise<Sendable> {
  const file = `${number}.dcm`;
  const path = join(folder, file);
  const sopInstanceUid = `1.2.3.${number}`;
  const dataset = buildDataset([
    ['00080016', 'UI', sopClassUid],
    ['00080018', 'UI', sopInstanceUid],
    ['7FE00010', 'OW', Buffer.alloc(bytes, number)],
  ]);
  await writeP10(path, { sopClassUid, sopInstanceUid, transferSyntaxUid: '1.2.840.10008.1.2.1' }, dataset);
  return { key: path, path, file, header: { path, ...(await readFileHeader(path)) }, failure: null };
}

async function writeFiles(folder: string, count: number): Promise<readonly Sendable[]> {
  return await Promise.all(Array.from({ length: count }, (_, index) => writeFile(folder, index + 1)));
}

/** Files of a folder that this process has open, where the system tells. */
function openIn(folder: string): readonly string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${descriptor}`);
      return path.startsWith(folder) ? [path] : [];
    } catch {
      return [];
    }
  });
}

describe('files that are read ahead', () => {
  it('come in their order, open, with their beginning read', async () => {
    await using folder = await temporaryFolder();
    const files = await writeFiles(folder.path, 5);
    using ahead = new FilesAhead(files);
    const seen: string[] = [];

    for (let turn = ahead.take(); turn !== null; turn = ahead.take()) {
      using file = turn;
      const { beginning } = await file.opened();
      expect(beginning.equals(readFileSync(file.file.path).subarray(0, beginning.length))).toBe(true);
      expect(beginning.length).toBeGreaterThan(500_000);
      seen.push(file.file.file);
    }

    expect(seen).toEqual(['1.dcm', '2.dcm', '3.dcm', '4.dcm', '5.dcm']);
    expect(ahead.allTaken).toBe(true);
    expect(ahead.left()).toEqual([]);
  });

  it('that nobody has taken are still to be sent', async () => {
    await using folder = await temporaryFolder();
    const files = await writeFiles(folder.path, 4);
    using ahead = new FilesAhead(files);

    using first = ahead.take()!;
    await first.opened();

    expect(ahead.left()).toEqual(files.slice(1));
    expect(ahead.allTaken).toBe(false);
  });

  it('fail by themselves where they are gone, or others than they were', async () => {
    await using folder = await temporaryFolder();
    const files = await writeFiles(folder.path, 4);
    await rm(files[1]!.path);
    await appendFile(files[2]!.path, 'longer');
    await writeFile(folder.path, 9);
    const replaced = { ...files[3]!, path: join(folder.path, '9.dcm') };
    const asBefore = { ...replaced.header, path: replaced.path };
    using ahead = new FilesAhead([files[0]!, files[1]!, files[2]!, { ...replaced, header: asBefore }]);
    const outcomes: unknown[] = [];

    for (let turn = ahead.take(); turn !== null; turn = ahead.take()) {
      using file = turn;
      outcomes.push(
        await file.opened().then(
          () => 'open',
          (thrown: { failure: { cause: string } }) => thrown.failure.cause,
        ),
      );
    }

    expect(outcomes).toEqual(['open', 'missing', 'changed', 'changed']);
  });

  it.runIf(process.platform === 'linux')('are closed, taken or not', async () => {
    await using folder = await temporaryFolder();
    const files = await writeFiles(folder.path, 6);
    {
      using ahead = new FilesAhead(files);
      using first = ahead.take()!;
      await first.opened();
      expect(openIn(folder.path)).toContain(files[0]!.path);
    }

    await expect.poll(() => openIn(folder.path)).toEqual([]);
  });
});
