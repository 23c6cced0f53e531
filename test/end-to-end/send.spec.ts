import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import { startStorescp, writeAssociationProfiles, type Storescp } from '../support/peers/index.ts';
import { writeMixedSet, writeSyntheticStudy, type SyntheticFile } from '../support/synthetic-study.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';
import { datasetsOf } from './support/archived.ts';
import { ask, draftOf, saveServer } from './support/bridge.ts';
import { expectAccessible } from './support/expect-accessible.ts';
import { dropFiles } from './support/drop-files.ts';
import { launchApp, type RunningApp } from './support/launch-app.ts';
import { goTo } from './support/screens.ts';

/** What is sent: every file that was added comes to an outcome with its reason, and they add up. */

let app: RunningApp;
let folder: TemporaryFolder;

test.beforeAll(async () => {
  folder = await temporaryFolder();
  app = await launchApp();
});
test.beforeEach(async () => {
  await goTo(app.page, 'Send');
  const removeAll = app.page.getByRole('button', { name: 'Remove all' });
  if (await removeAll.isVisible()) await removeAll.click();
});
test.afterAll(async () => {
  expect(app.pageErrors).toEqual([]);
  await app[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const rows = (): Locator => app.page.getByRole('grid', { name: 'Files' }).getByRole('row');
const row = (file: string): Locator => rows().filter({ hasText: file });
const button = (name: string): Locator => app.page.getByRole('button', { name, exact: true });

test('sends the files of a dialog, each data set as it is in its file', async () => {
  await using scp = await startStorescp();
  const files = await writeMixedSet(await subfolder('by-dialog'));
  await chooseServer('Takes all', scp);

  await addBy('Add files…', pathsOf(files));
  await expect(rows().first()).toBeVisible();
  await send();

  expect(await sum()).toEqual({ files: 17, toSend: 0, stored: 17, warning: 0, refused: 0, failed: 0 });
  expect(await datasetsOf(await scp.files())).toEqual(await datasetsOf(pathsOf(files)));
  await expectAccessible(app.page);
});

test('sends a folder to its bottom, and says of each other file why it can not be sent', async () => {
  await using scp = await startStorescp();
  const root = await subfolder('mixed');
  await mkdir(join(root, 'deeper', 'still'), { recursive: true });
  const files = await writeMixedSet(join(root, 'deeper', 'still'));
  await writeFile(join(root, 'notes.txt'), 'Not an image.\n');
  await writeFile(join(root, 'deeper', 'empty.dcm'), '');
  await chooseServer('Takes a folder', scp);

  await addBy('Add folder…', [root]);
  await expect(app.page.getByText('19 files ·')).toBeVisible();
  const others = app.page.getByRole('region', { name: 'Can not be sent' });
  await expect(others.getByRole('listitem')).toHaveCount(2);
  await expect(others).toContainText('mixed/notes.txt');
  await send();

  expect(await sum()).toEqual({ files: 19, toSend: 0, stored: 17, warning: 0, refused: 0, failed: 2 });
  await expect(row('notes.txt')).toContainText('failed');
  await expect(row('notes.txt')).toContainText('This is not a DICOM file.');
  await expect(row('empty.dcm')).toContainText('The file is empty.');
  expect(await datasetsOf(await scp.files())).toEqual(await datasetsOf(pathsOf(files)));
  await expectAccessible(app.page);
});

test('takes a file that is dropped', async () => {
  await using scp = await startStorescp();
  const [file] = await writeSyntheticStudy(await subfolder('dropped'), ctOnly(1));
  await chooseServer('Takes a drop', scp);

  await dropFiles(app.page, app.page.getByRole('region', { name: 'To send' }), [file!.path]);
  await expect(row(basename(file!.path))).toContainText('to send');
  await send();

  expect(await sum()).toMatchObject({ files: 1, stored: 1 });
  expect(await datasetsOf(await scp.files())).toEqual(await datasetsOf([file!.path]));
});

test('names each file that the server refuses at negotiation, and sends the rest', async () => {
  await using scp = await startStorescp({ accept: ['+xi'] });
  const root = await subfolder('syntaxes');
  const files = await writeSyntheticStudy(root, {
    patientName: 'SYN^TAXES',
    patientId: 'S1',
    studyDate: '20260601',
    series: [
      { modality: 'CT', instances: 2, encoding: 'implicit' },
      { modality: 'MR', instances: 2, encoding: 'jpeg-ls' },
      { modality: 'CT', instances: 1, encoding: 'rle' },
    ],
  });
  await chooseServer('Implicit only', scp);

  await addBy('Add folder…', [root]);
  await expect(row('S1-1-1.dcm')).toBeVisible();
  await send();

  expect(await sum()).toEqual({ files: 5, toSend: 0, stored: 2, warning: 0, refused: 3, failed: 0 });
  for (const name of ['S1-2-1.dcm', 'S1-2-2.dcm', 'S1-3-1.dcm']) {
    await expect(row(name)).toContainText('refused');
    await expect(row(name)).toContainText('none of the encodings offered');
  }
  await expect(row('S1-2-1.dcm')).toContainText('1.2.840.10008.1.2.4.80');
  expect(await datasetsOf(await scp.files())).toEqual(
    await datasetsOf(
      pathsOf(files.filter(({ transferSyntaxUid }) => transferSyntaxUid === '1.2.840.10008.1.2')),
    ),
  );
  await expectAccessible(app.page);
});

test('shows only the files of one outcome when that is pressed', async () => {
  await using scp = await startStorescp();
  const root = await subfolder('filter');
  await writeSyntheticStudy(root, ctOnly(2));
  await writeFile(join(root, 'notes.txt'), 'Not an image.\n');
  await chooseServer('Filtered', scp);
  await addBy('Add folder…', [root]);
  await expect(row('notes.txt')).toBeVisible();
  await send();

  await outcomes().getByText('1 failed').click();

  await expect(row('notes.txt')).toHaveCount(1);
  await expect(row('CT1-1-1.dcm')).toHaveCount(0);
});

test('accounts for every file when the server aborts after each', async () => {
  await using scp = await startStorescp({ args: ['--abort-after'] });
  const root = await subfolder('aborted');
  await writeSyntheticStudy(root, ctOnly(5));
  await chooseServer('Aborts', scp);

  await addBy('Add folder…', [root]);
  await expect(row('CT1-1-5.dcm')).toBeVisible();
  await send();

  expect(await sum()).toEqual({ files: 5, toSend: 0, stored: 0, warning: 0, refused: 0, failed: 5 });
  await expect(row('CT1-1-1.dcm')).toContainText('Aborts broke off in the middle of its answer.');
  await expect(row('CT1-1-5.dcm')).toContainText('Aborts');
});

test('sends by “Retry failed” only what was refused or failed', async () => {
  const profiles = join(folder.path, 'profiles.cfg');
  await writeAssociationProfiles(profiles);
  const root = await subfolder('retried');
  const files = await writeSyntheticStudy(root, {
    ...ctOnly(3),
    patientId: 'R1',
    series: [
      { modality: 'CT', instances: 3 },
      { modality: 'MR', instances: 2 },
    ],
  });
  await using strict = await startStorescp({ accept: ['-xf', profiles, 'MrOnly'] });
  const { id } = await chooseServer('Grows', strict);
  await addBy('Add folder…', [root]);
  await expect(row('R1-2-2.dcm')).toBeVisible();
  await send();
  expect(await sum()).toEqual({ files: 5, toSend: 0, stored: 2, warning: 0, refused: 3, failed: 0 });
  await expect(row('R1-1-1.dcm')).toContainText('does not support this kind of object');

  await using lenient = await startStorescp();
  const draft = draftOf({ name: 'Grows', aeTitle: 'STORESCP', host: lenient.host, port: lenient.port });
  expect(await ask(app.page, 'servers.save', { id, draft })).toMatchObject({ ok: true });
  await button('Retry failed').click();

  await expect.poll(sum).toEqual({ files: 5, toSend: 0, stored: 5, warning: 0, refused: 0, failed: 0 });
  await expect(button('Retry failed')).toBeDisabled();
  const retried = files.filter(({ path }) => basename(path).startsWith('R1-1-'));
  expect(await datasetsOf(await lenient.files())).toEqual(await datasetsOf(pathsOf(retried)));
});

test('stops by Cancel without waiting for the server, and still accounts for every file', async () => {
  await using slow = await startStorescp({ args: ['--sleep-after', '5'] });
  const root = await subfolder('cancelled');
  await writeSyntheticStudy(root, ctOnly(6));
  await chooseServer('Slow', slow);
  await addBy('Add folder…', [root]);
  await expect(row('CT1-1-6.dcm')).toBeVisible();
  await button('Send').and(app.page.locator('[data-kind="primary"]')).click();
  await expect.poll(async () => (await slow.files()).length, { intervals: [20] }).toBeGreaterThan(0);
  const begun = performance.now();

  await app.page
    .getByRole('region', { name: 'Sending' })
    .getByRole('button', { name: /^Cancel/ })
    .click();
  await expect.poll(() => button('Remove all').isEnabled(), { intervals: [20] }).toBe(true);

  expect(performance.now() - begun).toBeLessThan(2000);
  const { files, toSend, stored, warning, refused, failed } = await sum();
  expect(files).toBe(6);
  expect(toSend + stored + warning + refused + failed).toBe(6);
  expect(stored).toBeLessThan(6);
});

test('says of every file that a server is not there', async () => {
  const scp = await startStorescp();
  await scp[Symbol.asyncDispose]();
  const root = await subfolder('nobody');
  await writeSyntheticStudy(root, ctOnly(3));
  await chooseServer('Nobody', scp);
  await addBy('Add folder…', [root]);
  await expect(row('CT1-1-3.dcm')).toBeVisible();

  await send();

  expect(await sum()).toEqual({ files: 3, toSend: 0, stored: 0, warning: 0, refused: 0, failed: 3 });
  await expect(row('CT1-1-3.dcm')).toContainText(`Nothing listens at 127.0.0.1, port ${scp.port}.`);
});

async function subfolder(name: string): Promise<string> {
  const path = join(folder.path, name);
  await mkdir(path, { recursive: true });
  return path;
}

function ctOnly(instances: number): Parameters<typeof writeSyntheticStudy>[1] {
  return {
    patientName: 'ONLY^CT',
    patientId: 'CT1',
    studyDate: '20260602',
    series: [{ modality: 'CT', instances }],
  };
}

function pathsOf(files: readonly SyntheticFile[]): readonly string[] {
  return files.map(({ path }) => path);
}

async function chooseServer(name: string, { host, port, aeTitle }: Storescp) {
  const server = await saveServer(app.page, { name, host, port, aeTitle });
  await app.page
    .getByRole('region', { name: 'Sending' })
    .getByLabel('DICOM server')
    .selectOption({ label: name });
  return server;
}

/** Presses the button, and has the system's dialog answer these paths. */
async function addBy(name: 'Add files…' | 'Add folder…', paths: readonly string[]): Promise<void> {
  await app.electron.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...filePaths] });
  }, paths);
  await button(name).click();
}

/** Sends, and waits until every file has come to something. */
async function send(): Promise<void> {
  await button('Send').and(app.page.locator('[data-kind="primary"]')).click();
  await expect(outcomes().getByText(/^0 to send$/)).toBeVisible({ timeout: 30_000 });
  await expect(button('Remove all')).toBeEnabled();
}

function outcomes(): Locator {
  return app.page.locator('.send-filter');
}

/** The line above the files, as numbers. */
async function sum() {
  const text = (await outcomes().innerText()).replaceAll(/\s+/g, ' ');
  const count = (words: RegExp): number => Number(words.exec(text)?.[1] ?? Number.NaN);
  return {
    files: count(/(\d+) files?/),
    toSend: count(/(\d+) to send/),
    stored: count(/(\d+) stored/),
    warning: count(/(\d+) warning/),
    refused: count(/(\d+) refused/),
    failed: count(/(\d+) failed/),
  };
}
