import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import { transferSyntaxName } from '../../electron/contract/uid-names.ts';
import { startDcmqrscp, type Dcmqrscp } from '../support/peers/index.ts';
import { writeSyntheticStudy } from '../support/synthetic-study.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';
import { expectAccessible } from './support/expect-accessible.ts';
import { tabTo } from './support/keyboard.ts';
import { launchApp, type RunningApp } from './support/launch-app.ts';
import { goTo, studyRow } from './support/screens.ts';
import { addServer } from './support/servers-form.ts';

/** What was really seen of a server: in its form, in the log and beside the links that are declared. */
test.describe.configure({ mode: 'serial' });

let app: RunningApp;
let pacs: Dcmqrscp;
let folder: TemporaryFolder;

test.beforeAll(async () => {
  folder = await temporaryFolder();
  const set = join(folder.path, 'set');
  await mkdir(set);
  const files = await writeSyntheticStudy(set, {
    patientName: 'DOE^JANE',
    patientId: 'SEEN1',
    studyDate: '20260110',
    series: [
      { modality: 'CT', instances: 2, encoding: 'jpeg-ls' },
      { modality: 'MR', instances: 1 },
    ],
  });
  app = await launchApp();
  pacs = await startDcmqrscp({
    aeTitle: 'QR',
    files: files.map(({ path }) => path),
    moveDestinations: [{ aeTitle: 'GANTRY', host: '127.0.0.1', port: app.listenPort }],
  });
});
test.afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await pacs[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const button = (name: string): Locator => app.page.getByRole('button', { name, exact: true });
const negotiated = (): Locator => app.page.getByRole('region', { name: 'Negotiated last time' });

/** By modality: what the log says was negotiated. */
async function logged(): Promise<readonly string[]> {
  const log = await readFile(join(app.home, 'logs', 'gantry.log'), 'utf8');
  const entries = log
    .split('\n')
    .filter((line) => line.includes('"transfer.negotiated"'))
    .map((line) => JSON.parse(line) as Record<'kind' | 'transferSyntaxUid' | 'count', string>);
  return entries.map(({ kind, transferSyntaxUid }) => `${kind} ${transferSyntaxName(transferSyntaxUid)}`);
}

test('after a retrieve the form shows what was negotiated, as the log has it', async () => {
  await addServer(app.page, { name: 'Main PACS', ...pacs });
  await expect(negotiated()).toContainText('Nothing has come or gone yet');
  await goTo(app.page, 'Query');
  await button('Search').click();
  await studyRow(app.page, 'SEEN1').click();
  await button('Retrieve').click();
  await goTo(app.page, 'Transfers');
  const transfer = app.page.getByRole('list', { name: 'Transfers' }).getByRole('listitem').first();
  await expect(transfer).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
  await goTo(app.page, 'Servers');

  await expect(negotiated().getByRole('row', { name: 'CT' })).toContainText('JPEG-LS Lossless');
  await expect(negotiated().getByRole('row', { name: 'MR' })).toContainText('Explicit VR Little Endian');
  await expect(negotiated().getByRole('row', { name: 'CT' })).toContainText(/B\/s/);
  await expect
    .poll(async () => (await logged()).toSorted((a, b) => a.localeCompare(b)))
    .toEqual(['c-move Explicit VR Little Endian', 'c-move JPEG-LS Lossless']);
  await expectAccessible(app.page);
});

test('what was seen stands beside the links that are declared, by keyboard', async () => {
  const { page } = app;
  await tabTo(page, button('List actions'));
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Links…' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await tabTo(page, dialog.getByRole('button', { name: 'Declared and seen…' }));
  await page.keyboard.press('Enter');

  const seen = dialog.getByRole('table');
  await expect(seen.getByRole('row', { name: /^Main PACS/ })).toContainText('no link');
  await expect(seen.getByRole('row', { name: /^Main PACS/ })).toContainText('C-MOVE');
  await expectAccessible(page);

  await tabTo(page, dialog.getByRole('button', { name: 'Back to the links' }));
  await page.keyboard.press('Enter');
  await tabTo(page, dialog.getByRole('button', { name: 'New link' }));
  await page.keyboard.press('Enter');
  await dialog.getByLabel('To', { exact: true }).selectOption({ label: 'Main PACS' });
  await dialog.getByLabel('Direction').selectOption({ index: 0 });
  await tabTo(page, dialog.getByRole('button', { name: 'Save link' }));
  await page.keyboard.press('Enter');
  await tabTo(page, dialog.getByRole('button', { name: 'Declared and seen…' }));
  await page.keyboard.press('Enter');

  await expect(dialog).toContainText('Images were retrieved from Main PACS');
  await expect(dialog).toContainText('no link is for that: this one is PUSH.');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('all of it is there after a restart', async () => {
  await app.quit();
  app = await launchApp({ home: app.home });
  await goTo(app.page, 'Servers');
  await app.page.getByRole('option', { name: 'Main PACS' }).click();

  await expect(negotiated().getByRole('row', { name: 'CT' })).toContainText('JPEG-LS Lossless');
  expect(app.pageErrors).toEqual([]);
});
