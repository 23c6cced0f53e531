import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderStore } from '../../../electron/archive/index.ts';
import { datasetBytes } from '../../support/same-dataset.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { failureOf, imageDataset, incoming, storeDataset } from './instances.ts';

describe('a folder that takes instances', () => {
  it('names them by their UID', async () => {
    await using folder = await temporaryFolder();
    const store = folderStore({ folder: join(folder.path, 'new', 'folder'), fsync: true });

    const stored = await storeDataset(store, imageDataset());

    expect(stored).toMatchObject({
      path: join(folder.path, 'new', 'folder', '1.2.3.4.dcm'),
      studyInstanceUid: '1.2',
      seriesInstanceUid: '1.2.3',
      alreadyHere: false,
    });
    expect(await datasetBytes(stored.path)).toEqual(imageDataset());
    expect(await readdir(join(folder.path, 'new', 'folder'))).toEqual(['1.2.3.4.dcm']);
  });

  it.each(['../escaped', '..', '.', '1.2/3', '1.2\\3', '', '1'.repeat(65), 'CON'])(
    'refuses to be named "%s"',
    async (uid) => {
      await using folder = await temporaryFolder();
      const store = folderStore({ folder: folder.path, fsync: false });

      const failure = await failureOf(
        storeDataset(store, imageDataset({ sopInstanceUid: uid }), { sopInstanceUid: uid }),
      );

      expect(failure).toMatchObject({ step: 'storage', cause: 'unreadable' });
      expect(await readdir(folder.path)).toEqual([]);
    },
  );

  it('holds one file however many bring it at once', async () => {
    await using folder = await temporaryFolder();
    const store = folderStore({ folder: folder.path, fsync: true });

    const stored = await Promise.all(Array.from({ length: 20 }, () => storeDataset(store, imageDataset())));

    expect(stored.filter(({ alreadyHere }) => !alreadyHere)).toHaveLength(1);
    expect(await readdir(folder.path)).toEqual(['1.2.3.4.dcm']);
  });

  it('keeps the first of two contents, and the second in quarantine', async () => {
    await using folder = await temporaryFolder();
    const store = folderStore({ folder: folder.path, fsync: false });
    const other = imageDataset({}, [['00100010', 'PN', 'ROE^RICHARD']]);
    const first = await storeDataset(store, imageDataset());

    expect(await failureOf(storeDataset(store, other))).toMatchObject({ step: 'storage', cause: 'conflict' });

    expect(await datasetBytes(first.path)).toEqual(imageDataset());
    const [kept] = await readdir(join(folder.path, 'quarantine'));
    expect(await datasetBytes(join(folder.path, 'quarantine', kept!))).toEqual(other);
  });

  it('refuses what is not what was announced, and leaves nothing of it', async () => {
    await using folder = await temporaryFolder();
    const store = folderStore({ folder: folder.path, fsync: false });

    expect(await failureOf(storeDataset(store, imageDataset(), { sopInstanceUid: '9.9' }))).toMatchObject({
      cause: 'mismatch',
    });
    expect(await failureOf(storeDataset(store, Buffer.from('no data set at all')))).toMatchObject({
      cause: 'unreadable',
    });
    const writer = store.begin(incoming());
    writer.write(imageDataset());
    await writer.discard();

    expect(await readdir(folder.path)).toEqual([]);
  });

  it('fails where no folder can be', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'file');
    await writeFile(file, '');

    const open = async () => folderStore({ folder: join(file, 'below'), fsync: false });

    expect(await failureOf(open())).toMatchObject({ step: 'storage', cause: 'broken' });
  });
});
