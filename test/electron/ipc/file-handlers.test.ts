import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fileHandlers } from '../../../electron/ipc/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const signal = new AbortController().signal;
const input = { suggestedName: 'servers.csv', text: 'Name,AE title\nZürich,PACS\n' };

it('saves a text where the person says, whole, and answers the name of the file', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'mine.csv');
  await writeFile(path, 'what was there before, which was longer than what comes');
  const suggested: string[] = [];
  const { saveText } = fileHandlers({ chooseTarget: async (name) => (suggested.push(name), path) });

  expect(await saveText(input, signal)).toBe('mine.csv');

  expect(suggested).toEqual(['servers.csv']);
  expect(await readFile(path, 'utf8')).toBe(input.text);
  expect(await readdir(folder.path)).toEqual(['mine.csv']);
});

it('writes nothing when the person thinks better of it', async () => {
  const { saveText } = fileHandlers({ chooseTarget: async () => null });

  expect(await saveText(input, signal)).toBeNull();
});

it('says why it could not write, and leaves nothing behind', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'taken');
  await mkdir(path);
  const { saveText } = fileHandlers({ chooseTarget: async () => path });

  await expect(saveText(input, signal)).rejects.toMatchObject({
    failure: { step: 'file', cause: 'not-written', detail: 'EISDIR' },
  });
  expect(await readdir(folder.path)).toEqual(['taken']);
});
