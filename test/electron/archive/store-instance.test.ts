import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openArchive } from '../../../electron/archive/index.ts';
import type { StoredInstance } from '../../../electron/dataset/index.ts';
import { datasetBytes } from '../../support/same-dataset.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { failureOf, imageDataset, incoming, storeDataset } from './instances.ts';

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** A file system of 4 MB at a folder; `null` without the right to mount one. */
function smallDisk(path: string): AsyncDisposable | null {
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', path]).status !== 0) return null;
  return {
    [Symbol.asyncDispose]: () => {
      spawnSync('umount', ['-l', path]);
      return Promise.resolve();
    },
  };
}

async function dicomFiles(folder: string): Promise<string[]> {
  return (await filesUnder(join(folder, 'instances'))).filter((file) => file.endsWith('.dcm'));
}

describe('an instance that is stored', () => {
  it('is a file of its very bytes, and is found', async () => {
    await using folder = await temporaryFolder();
    await using archive = await openArchive({ folder: folder.path });
    const told: StoredInstance[] = [];
    archive.onStored((stored) => told.push(stored));

    const stored = await storeDataset(archive.store, imageDataset());

    expect(stored).toMatchObject({
      sopInstanceUid: '1.2.3.4',
      callingAeTitle: 'SENDER',
      studyInstanceUid: '1.2',
      seriesInstanceUid: '1.2.3',
      alreadyHere: false,
    });
    expect(await datasetBytes(stored.path)).toEqual(imageDataset());
    expect(stored.bytes).toBe((await readFile(stored.path)).length);
    expect(told).toEqual([stored]);
    expect(await archive.studies()).toMatchObject([
      {
        studyInstanceUid: '1.2',
        patientName: 'DOE^JANE',
        patientId: '7',
        studyDate: '20260314',
        studyDescription: 'Head',
        modalities: ['OT'],
        seriesCount: 1,
        instanceCount: 1,
        bytes: stored.bytes,
      },
    ]);
    expect(await archive.study('1.2')).toEqual((await archive.studies())[0]);
    expect(await archive.instanceUids('1.2')).toEqual(['1.2.3.4']);
  });

  it('is never named by a UID from the wire', async () => {
    await using folder = await temporaryFolder();
    await using archive = await openArchive({ folder: folder.path });
    const uid = '../../../../escaped';

    const stored = await storeDataset(archive.store, imageDataset({ sopInstanceUid: uid }), {
      sopInstanceUid: uid,
    });

    expect(stored.path.startsWith(join(folder.path, 'instances'))).toBe(true);
    expect(stored.path).not.toContain('escaped');
  });

  it('is the same file when it comes again', async () => {
    await using folder = await temporaryFolder();
    await using archive = await openArchive({ folder: folder.path });
    const first = await storeDataset(archive.store, imageDataset());

    const again = await storeDataset(archive.store, imageDataset(), { callingAeTitle: 'ANOTHER_SENDER' });

    expect(again).toMatchObject({ alreadyHere: true, path: first.path });
    expect(await dicomFiles(folder.path)).toEqual([first.path]);
    expect(await readdir(join(folder.path, 'incoming'))).toEqual([]);
  });

  it('is kept when another of its UID comes, which goes into quarantine', async () => {
    await using folder = await temporaryFolder();
    await using archive = await openArchive({ folder: folder.path });
    const first = await storeDataset(archive.store, imageDataset());
    const other = imageDataset({}, [['00100010', 'PN', 'ROE^RICHARD']]);

    const failure = await failureOf(storeDataset(archive.store, other));

    expect(failure).toMatchObject({ step: 'storage', cause: 'conflict' });
    expect(await datasetBytes(first.path)).toEqual(imageDataset());
    const [kept] = await filesUnder(join(folder.path, 'quarantine'));
    expect(await datasetBytes(kept!)).toEqual(other);
    expect(await archive.studies()).toMatchObject([{ patientName: 'DOE^JANE', instanceCount: 1 }]);
  });

  it('is one file when twenty peers send it at once', async () => {
    await using folder = await temporaryFolder();
    await using archive = await openArchive({ folder: folder.path });

    const stored = await Promise.all(
      Array.from({ length: 20 }, () => storeDataset(archive.store, imageDataset())),
    );

    expect(stored.filter(({ alreadyHere }) => !alreadyHere)).toHaveLength(1);
    expect(new Set(stored.map(({ path }) => path)).size).toBe(1);
    expect(await dicomFiles(folder.path)).toHaveLength(1);
    expect(await readdir(join(folder.path, 'incoming'))).toEqual([]);
    expect(await archive.instanceUids('1.2')).toEqual(['1.2.3.4']);
  });

  it('is one of two when twenty peers send two contents at once', async () => {
    await using folder = await temporaryFolder();
    await using archive = await openArchive({ folder: folder.path });
    const contents = [imageDataset(), imageDataset({}, [['00100010', 'PN', 'ROE^RICHARD']])];

    const failures = await Promise.all(
      Array.from({ length: 20 }, (_, index) => failureOf(storeDataset(archive.store, contents[index % 2]!))),
    );

    expect(failures.filter((failure) => failure === null)).toHaveLength(10);
    expect(failures.filter((failure) => failure !== null)).toMatchObject(
      Array.from({ length: 10 }, () => ({ step: 'storage', cause: 'conflict' })),
    );
    expect(await dicomFiles(folder.path)).toHaveLength(1);
  });

  it('makes its sender wait when the disk is slower, and let it go on', async () => {
    await using folder = await temporaryFolder();
    await using archive = await openArchive({ folder: folder.path });
    const pixels = Buffer.alloc(12 * 1024 * 1024, 7);
    const dataset = imageDataset({}, [
      ['00280010', 'US', [3072]],
      ['00280011', 'US', [4096]],
      ['7FE00010', 'OB', pixels],
    ]);
    const writer = archive.store.begin(incoming());
    let mayWrite = true;
    let drained = false;
    writer.onDrain(() => {
      drained = true;
    });

    for (let at = 0; at < dataset.length && mayWrite; at += 65_536) {
      mayWrite = writer.write(dataset.subarray(at, at + 65_536));
    }

    expect(mayWrite).toBe(false);
    await expect.poll(() => drained).toBe(true);
    await writer.discard();
  });

  it('is what it was, however large, and whatever becomes of the memory it came in', async () => {
    await using folder = await temporaryFolder();
    await using archive = await openArchive({ folder: folder.path });
    const pixels = Buffer.from(Uint8Array.from({ length: 3_000_000 }, (_, at) => (at * 31) & 0xff));
    const dataset = imageDataset({}, [
      ['00280010', 'US', [1500]],
      ['00280011', 'US', [2000]],
      ['7FE00010', 'OB', pixels],
    ]);
    const writer = archive.store.begin(incoming());
    const memory = Buffer.alloc(70_001);

    for (let at = 0; at < dataset.length; at += memory.length) {
      const length = dataset.copy(memory, 0, at, at + memory.length);
      writer.write(memory.subarray(0, length));
      memory.fill(0);
    }
    const stored = await writer.commit();

    expect(writer.borrows).toBe(true);
    expect((await datasetBytes(stored.path)).equals(dataset)).toBe(true);
    const frame = await archive.openFrame('1.2.3.4', 1);
    expect(Buffer.from(frame.bytes).equals(pixels)).toBe(true);
  });

  it('arrives beside others without a byte of theirs', async () => {
    await using folder = await temporaryFolder();
    await using archive = await openArchive({ folder: folder.path });
    const datasets = Array.from({ length: 6 }, (_, index) =>
      imageDataset({ sopInstanceUid: `1.2.3.${index}` }, [
        ['7FE00010', 'OB', Buffer.alloc(700_000 + index * 2, index + 1)],
      ]),
    );
    const writers = datasets.map((_, index) =>
      archive.store.begin(incoming({ sopInstanceUid: `1.2.3.${index}` })),
    );

    for (let at = 0; at < 800_000; at += 50_000) {
      for (const [index, writer] of writers.entries()) {
        writer.write(datasets[index]!.subarray(at, at + 50_000));
      }
    }
    const stored = await Promise.all(writers.map((writer) => writer.commit()));

    for (const [index, { path }] of stored.entries()) {
      expect((await datasetBytes(path)).equals(datasets[index]!)).toBe(true);
    }
  });
});

describe('an instance that is not stored', () => {
  it('leaves nothing behind when it is discarded', async () => {
    await using folder = await temporaryFolder();
    await using archive = await openArchive({ folder: folder.path });
    const writer = archive.store.begin(incoming());
    writer.write(imageDataset());

    await writer.discard();

    expect(await readdir(join(folder.path, 'incoming'))).toEqual([]);
    expect(await dicomFiles(folder.path)).toEqual([]);
  });

  it('has other UIDs than were announced', async () => {
    await using folder = await temporaryFolder();
    await using archive = await openArchive({ folder: folder.path });
    const store = (over: object) => failureOf(storeDataset(archive.store, imageDataset(), over));

    expect(await store({ sopInstanceUid: '1.2.3.5' })).toMatchObject({ step: 'storage', cause: 'mismatch' });
    expect(await store({ sopClassUid: '1.2.840.10008.5.1.4.1.1.2' })).toMatchObject({ cause: 'mismatch' });
    expect(await dicomFiles(folder.path)).toEqual([]);
    expect(await readdir(join(folder.path, 'incoming'))).toEqual([]);
  });

  it('is no data set', async () => {
    await using folder = await temporaryFolder();
    await using archive = await openArchive({ folder: folder.path });
    const garbage = Buffer.from('this is not a data set, but long enough to look into');

    expect(await failureOf(storeDataset(archive.store, garbage))).toMatchObject({ cause: 'unreadable' });
    expect(await failureOf(storeDataset(archive.store, Buffer.alloc(0)))).toMatchObject({
      cause: 'unreadable',
    });
    const deflated = { transferSyntaxUid: '1.2.840.10008.1.2.1.99' };
    expect(await failureOf(storeDataset(archive.store, garbage, deflated))).toMatchObject({
      cause: 'unreadable',
    });
    expect(await readdir(join(folder.path, 'incoming'))).toEqual([]);
  });

  it('has no folder to go to', async () => {
    await using folder = await temporaryFolder();
    await using archive = await openArchive({ folder: folder.path });
    await rm(join(folder.path, 'incoming'), { recursive: true });

    const failure = await failureOf(storeDataset(archive.store, imageDataset()));

    expect(failure).toMatchObject({ step: 'storage', cause: 'broken', detail: 'ENOENT' });
  });

  it('finds the disk full, and the next finds room', async ({ skip }) => {
    await using folder = await temporaryFolder();
    await using disk = smallDisk(folder.path);
    if (disk === null) return skip('needs the right to mount');
    await using archive = await openArchive({ folder: folder.path });
    const large = imageDataset({ sopInstanceUid: '1.2.3.5' }, [
      ['7FE00010', 'OB', Buffer.alloc(8 * 1024 * 1024)],
    ]);

    const failure = await failureOf(storeDataset(archive.store, large, { sopInstanceUid: '1.2.3.5' }));
    const stored = await storeDataset(archive.store, imageDataset());

    expect(failure).toMatchObject({ step: 'storage', cause: 'full', detail: 'ENOSPC' });
    expect(await dicomFiles(folder.path)).toEqual([stored.path]);
    expect(await readdir(join(folder.path, 'incoming'))).toEqual([]);
    expect(await archive.instanceUids('1.2')).toEqual(['1.2.3.4']);
  });
});

describe('an archive that is opened', () => {
  it('removes what a crash left half received, and indexes whole files it does not know', async () => {
    await using folder = await temporaryFolder();
    await using other = await temporaryFolder();
    let stored: StoredInstance;
    {
      await using archive = await openArchive({ folder: folder.path });
      stored = await storeDataset(archive.store, imageDataset());
    }
    const target = stored.path.replace(folder.path, other.path);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(stored.path, target);
    await mkdir(join(other.path, 'incoming'));
    await writeFile(join(other.path, 'incoming', 'half.part'), 'half');

    await using archive = await openArchive({ folder: other.path });

    expect(await archive.studies()).toMatchObject([{ studyInstanceUid: '1.2', instanceCount: 1 }]);
    expect(await readdir(join(other.path, 'incoming'))).toEqual([]);
    expect(await failureOf(archive.openFrame('1.2.3.4', 1))).toBeNull();
  });

  it('forgets what is gone', async () => {
    await using folder = await temporaryFolder();
    {
      await using archive = await openArchive({ folder: folder.path });
      const { path } = await storeDataset(archive.store, imageDataset());
      await rm(path);
    }

    await using archive = await openArchive({ folder: folder.path });

    expect(await archive.studies()).toEqual([]);
    expect(await archive.study('1.2')).toBeNull();
  });

  it.each(['not a database at all', ''])('makes a damaged index again: "%s"', async (content) => {
    await using folder = await temporaryFolder();
    {
      await using archive = await openArchive({ folder: folder.path });
      await storeDataset(archive.store, imageDataset());
    }
    await writeFile(join(folder.path, 'index.sqlite'), content.repeat(300));

    await using archive = await openArchive({ folder: folder.path });

    expect(await archive.instanceUids('1.2')).toEqual(['1.2.3.4']);
  });

  it('keeps what it knows when it is opened again', async () => {
    await using folder = await temporaryFolder();
    const before = await openArchive({ folder: folder.path });
    await storeDataset(before.store, imageDataset());
    const studies = await before.studies();
    await before.close();

    await using archive = await openArchive({ folder: folder.path });

    expect(await archive.studies()).toEqual(studies);
  });

  it('stores what is under way before it closes', async () => {
    await using folder = await temporaryFolder();
    const archive = await openArchive({ folder: folder.path });

    const [stored] = await Promise.all([storeDataset(archive.store, imageDataset()), archive.close()]);

    expect(existsSync(stored.path)).toBe(true);
  });

  it('fails where no folder can be', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'file');
    await writeFile(file, '');

    expect(await failureOf(openArchive({ folder: join(file, 'archive') }))).toMatchObject({
      step: 'storage',
      cause: 'broken',
      detail: 'ENOTDIR',
    });
  });

  it('keeps no sender waiting when it is closed, and tells it at the end', { timeout: 60_000 }, async () => {
    await using folder = await temporaryFolder();
    const archive = await openArchive({ folder: folder.path });
    const writer = archive.store.begin(incoming());
    const chunk = Buffer.alloc(1024 * 1024);
    let waiting = false;
    writer.onDrain(() => {
      waiting = false;
    });
    while (!waiting) waiting = !writer.write(chunk);

    await archive.close();

    await expect.poll(() => waiting).toBe(false);
    for (let more = 0; more < 20; more += 1) waiting = !writer.write(chunk);
    await expect.poll(() => waiting).toBe(false);
    expect(await failureOf(writer.commit())).toMatchObject({ step: 'storage', cause: 'broken' });
    await writer.discard();
  });

  it('fails every question after it was closed', async () => {
    await using folder = await temporaryFolder();
    const archive = await openArchive({ folder: folder.path });
    await archive.close();

    expect(await failureOf(archive.studies())).toMatchObject({ step: 'storage', cause: 'broken' });
    expect(await failureOf(storeDataset(archive.store, imageDataset()))).toMatchObject({ step: 'storage' });
  });
});
