import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SendItemId, type SendItem } from '../../../electron/contract/send.ts';
import { findFiles } from '../../../electron/transfers/find-files.ts';
import { Outbox } from '../../../electron/transfers/outbox.ts';
import { buildDataset, uidFor, writeP10 } from '../../support/build-dataset.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';

const never = new AbortController().signal;
const ctImageStorage = '1.2.840.10008.5.1.4.1.1.2';

const meta = {
  sopClassUid: ctImageStorage,
  sopInstanceUid: uidFor('a'),
  transferSyntaxUid: '1.2.840.10008.1.2.1',
};

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder[Symbol.asyncDispose]());

describe('finding files to send', () => {
  it('goes below folders in order of name and says where below what was chosen each file lies', async () => {
    await mkdir(join(folder.path, 'chosen/b'), { recursive: true });
    for (const name of ['chosen/c.dcm', 'chosen/a.dcm', 'chosen/b/x.dcm']) {
      await writeFile(join(folder.path, name), '');
    }

    const found = await allOf(findFiles(join(folder.path, 'chosen'), never));

    expect(found.map(({ file }) => file)).toEqual(['chosen/a.dcm', 'chosen/b/x.dcm', 'chosen/c.dcm']);
  });

  it('does not go round in a circle of links', async () => {
    await writeFile(join(folder.path, 'a.dcm'), '');
    await symlink(folder.path, join(folder.path, 'again'));

    expect(await allOf(findFiles(folder.path, never))).toHaveLength(1);
  });

  it('follows a link to a file', async () => {
    await mkdir(join(folder.path, 'chosen'));
    await writeFile(join(folder.path, 'elsewhere.dcm'), 'abc');
    await symlink(join(folder.path, 'elsewhere.dcm'), join(folder.path, 'chosen/link.dcm'));

    const found = await allOf(findFiles(join(folder.path, 'chosen'), never));

    expect(found).toEqual([expect.objectContaining({ file: 'chosen/link.dcm', bytes: 3 })]);
  });

  it('stops when it is told to', async () => {
    await writeFile(join(folder.path, 'a.dcm'), '');

    await expect(allOf(findFiles(folder.path, AbortSignal.abort()))).rejects.toMatchObject({
      failure: { step: 'cancelled' },
    });
  });
});

describe('the outbox', () => {
  it('says of each file what it is, and of what is not DICOM why it cannot be sent', async () => {
    const path = join(folder.path, 'a.dcm');
    const dataset = buildDataset([
      ['00080016', 'UI', ctImageStorage],
      ['00080018', 'UI', uidFor('a')],
      ['00100010', 'PN', 'DOE^JANE'],
      ['0020000D', 'UI', uidFor('study')],
    ]);
    await writeP10(path, meta, dataset);
    await writeFile(join(folder.path, 'notes.txt'), 'not an image');
    const outbox = newOutbox();

    const items = (await allOf(outbox.inspect([folder.path], never))).flat();

    expect(items.map(({ patientName, sopInstanceUid }) => [patientName, sopInstanceUid])).toEqual([
      ['DOE^JANE', uidFor('a')],
      ['', ''],
    ]);
    expect(items[1]?.failure).toMatchObject({ step: 'file', cause: 'not-dicom' });
  });

  it('accounts for a path where nothing is', async () => {
    const items = (await allOf(newOutbox().inspect([join(folder.path, 'gone')], never))).flat();

    expect(items).toEqual([
      expect.objectContaining({
        file: 'gone',
        failure: expect.objectContaining({ step: 'file', cause: 'missing' }),
      }),
    ]);
  });

  it('hands files over by id only, and forgets them when told', async () => {
    await writeFile(join(folder.path, 'notes.txt'), 'not an image');
    const outbox = newOutbox();
    const [item] = (await allOf(outbox.inspect([folder.path], never))).flat() as [SendItem];

    expect(outbox.take([item.id])).toEqual([
      expect.objectContaining({ path: join(folder.path, 'notes.txt'), header: null }),
    ]);
    outbox.forget([item.id]);
    expect(() => outbox.take([item.id])).toThrow(expect.objectContaining({ failure: expect.anything() }));
  });
});

function newOutbox(): Outbox {
  let last = 0;
  return new Outbox(() => SendItemId.parse(`item${++last}`));
}

async function allOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
