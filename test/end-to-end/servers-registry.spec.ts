import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import type { ServerList } from '../../electron/contract/server.ts';
import { startDcmqrscp, type Dcmqrscp } from '../support/peers/index.ts';
import { writeSyntheticStudy } from '../support/synthetic-study.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';
import { ask, saveServer } from './support/bridge.ts';
import { expectAccessible } from './support/expect-accessible.ts';
import { expectFits } from './support/expect-fits.ts';
import { launchApp, type RunningApp } from './support/launch-app.ts';
import { goTo, studyRow } from './support/screens.ts';
import { testConnection, testLine } from './support/servers-form.ts';
import { search } from './support/transfers.ts';

/** The list of servers as a register: its order, its files, its links, and what follows from them. */
test.describe.configure({ mode: 'serial' });

let app: RunningApp;
let pacs: Dcmqrscp;
let folder: TemporaryFolder;

test.beforeAll(async () => {
  folder = await temporaryFolder();
  app = await launchApp();
  const files = await writeSyntheticStudy(folder.path, {
    patientName: 'LINKED^STUDY',
    patientId: 'LINK1',
    studyDate: '20260801',
    series: [{ modality: 'CT', instances: 2 }],
  });
  pacs = await startDcmqrscp({
    aeTitle: 'QR',
    files: files.map(({ path }) => path),
    moveDestinations: [{ aeTitle: 'GANTRY', host: '127.0.0.1', port: app.listenPort }],
  });
  const { host, port, aeTitle } = pacs;
  await saveServer(app.page, { name: 'Archive', host, port, aeTitle });
  await saveServer(app.page, { name: 'Spare', host: '10.0.0.9', port: 11112, aeTitle: 'SPARE' });
  await goTo(app.page, 'Servers');
});
test.afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await pacs[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const button = (name: string | RegExp): Locator =>
  app.page.getByRole('button', { name, exact: true }).locator('visible=true');
const option = (text: string): Locator =>
  app.page.getByRole('listbox', { name: 'Servers' }).getByRole('option').filter({ hasText: text });
const dialog = (name: string | RegExp): Locator => app.page.getByRole('dialog', { name });

async function choose(item: string): Promise<void> {
  await button('List actions').click();
  await app.page.getByRole('menuitem', { name: item }).click();
}

async function saved(): Promise<ServerList> {
  const list = await ask<ServerList>(app.page, 'servers.list', undefined);
  if (!list.ok) throw new Error('no list');
  return list.value;
}

test('the order is changed by keys and kept', async () => {
  await option('Spare').click();
  await app.page.keyboard.press('Alt+ArrowUp');

  await expect
    .poll(async () => (await saved()).servers.map(({ name }) => name))
    .toEqual(['Spare', 'Archive']);
  await choose('Move down (Alt+↓)');
  await expect
    .poll(async () => (await saved()).servers.map(({ name }) => name))
    .toEqual(['Archive', 'Spare']);
});

test('servers of one group stand together', async () => {
  await option('Spare').click();
  await app.page.getByRole('button', { name: /^More / }).click();
  await app.page.getByLabel('Group or location').fill('Basement');
  await button('Save').click();
  await expect(app.page.getByText('Saved', { exact: true })).toBeVisible();

  await expect(app.page.getByRole('group', { name: 'Basement' }).getByRole('option')).toHaveCount(1);
  await expect(app.page.getByRole('group', { name: 'No group' }).getByRole('option')).toHaveCount(1);
  await expectAccessible(app.page);
});

test('a list is looked at, taken over, and taken back', async () => {
  const rows = [
    'name,ae,host,port',
    'Cardiology,CARDIO,10.0.7.3,104',
    'Broken,BROKEN,10.0.7.4,99999',
    'Twin,TWIN\\ONE,10.0.7.5,104',
    'Left out,LEFT,10.0.7.6,104',
  ].join('\n');
  await choose('Import from CSV…');
  await dialog('Import servers from CSV').getByLabel('Or paste the rows here').fill(rows);
  await button('Look at these rows').click();

  await expect(app.page.getByRole('radio', { name: '2 bad' })).toBeVisible();
  await expect(app.page.getByRole('grid', { name: 'Rows of the list' })).toContainText('whole number');
  await expectAccessible(app.page);
  expect((await saved()).servers).toHaveLength(2);
  await app.page.getByRole('radio', { name: '4 rows' }).click();
  await app.page.getByRole('checkbox', { name: 'Take over line 5, Left out' }).uncheck();
  await button(/^Take over: 1 added/).click();
  await expect(app.page.getByText('1 added, 0 changed, 0 removed.')).toBeVisible();
  await expect
    .poll(async () => (await saved()).servers.map(({ name }) => name))
    .toEqual(['Archive', 'Spare', 'Cardiology']);
  expect((await saved()).servers.at(-1)).toMatchObject({ origin: { kind: 'csv' } });
  await button('Undo').click();
  await expect(app.page.getByText('as they were before the import')).toBeVisible();
  expect((await saved()).servers).toHaveLength(2);
  await button('Close').click();
});

test('the list goes out as a file, and comes back as it was', async () => {
  const path = join(folder.path, 'servers.csv');
  await app.electron.evaluate(({ dialog: dialogs }, filePath) => {
    dialogs.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
  await choose('Export as CSV…');
  await expect(app.page.getByText('Saved as servers.csv')).toBeVisible();

  const text = await readFile(path, 'utf8');
  await choose('Import from CSV…');
  await app.page.getByLabel('Or paste the rows here').fill(text);
  await button('Look at these rows').click();
  await expect(app.page.getByRole('radio', { name: '2 unchanged' })).toBeVisible();
  await closeDialog(app.page);
});

test('the administrator’s reply fills a form, piece by piece', async () => {
  await choose('Paste the administrator’s reply…');
  await app.page
    .getByLabel('Mail, table or line')
    .fill('Hello,\n\nhere you are.\nAE title: PACS9\nIP address: 10.0.4.12\nPort: 11112\n\nRegards');

  await expect(app.page.getByRole('list', { name: 'Found in the reply' })).toContainText('10.0.4.12');
  await expectAccessible(app.page);
  await button('Fill a new server’s form').click();
  const field = (label: string): Locator =>
    app.page.getByLabel(label, { exact: true }).locator('visible=true');
  await expect(field('IP address or domain name')).toHaveValue('10.0.4.12');
  await expect(field('Port number')).toHaveValue('11112');
  await expect(field('AE title')).toHaveValue('PACS9');
  await button('Revert').click();
  await option('Archive').click();
});

test('our card names the address that this server sees', async () => {
  await choose('My connection card…');
  const card = dialog('My connection card for Archive');

  await expect(card.getByText('the one this server sees')).toBeVisible();
  await expect(card.getByRole('figure', { name: 'The card as a QR code' })).toBeVisible();
  await expectAccessible(app.page);
  await card.getByRole('button', { name: 'Copy as text' }).click();
  await button('Close').click();
  await app.page.getByLabel('Search servers').fill('');
  await app.page.getByLabel('Search servers').press('Control+v');
  await expect(app.page.getByLabel('Search servers')).toHaveValue(/AE title: GANTRY/);
  await app.page.getByLabel('Search servers').fill('');
});

test('a link that is for sending only leaves no retrieve, and says why', async () => {
  await choose('Links…');
  await button('New link').click();
  const links = app.page.getByRole('dialog');
  await links.getByLabel('To', { exact: true }).selectOption({ label: 'Archive' });
  await links.getByLabel('Direction').selectOption({ index: 0 });
  await button('Save link').click();
  await expect(links.getByText('This viewer → Archive')).toBeVisible();
  await expectAccessible(app.page);
  await button('Close').click();

  await goTo(app.page, 'Query');
  await app.page
    .getByLabel('DICOM server')
    .and(app.page.locator(':visible'))
    .selectOption({ label: 'Archive' });
  await expect(button('Search')).toBeDisabled();
  await expect(app.page.locator('.action-note').locator('visible=true')).toContainText('links');
  await expectAccessible(app.page);
  await goTo(app.page, 'Servers');
  await choose('Links…');
  await app.page.getByRole('button', { name: /^Remove This viewer/ }).click();
  await expect(app.page.getByText('No links are written down')).toBeVisible();
  await button('Close').click();
  await search(app.page, 'Archive');
  await expect(studyRow(app.page, 'LINK1')).toHaveCount(1);
  await goTo(app.page, 'Servers');
});

test('a retired server is asked nothing, and names what takes its place', async () => {
  await option('Archive').click();
  await button('Retire').click();
  await app.page.getByRole('alertdialog').getByLabel('Replaced by').selectOption({ label: 'Spare' });
  await app.page.getByRole('alertdialog').getByRole('button', { name: 'Retire' }).click();

  await expect(option('Archive')).toContainText('obsolete');
  await expect(button('Echo')).toBeDisabled();
  await expect(app.page.getByText('Use “Spare” instead').locator('visible=true').first()).toBeVisible();
  await expectAccessible(app.page);
  await button('Bring back').click();
  await expect(button('Echo')).toBeEnabled();
});

test('all servers are tested at once, with a report for the files', async () => {
  await choose('Test all…');
  const all = dialog('Test all servers');
  await expect(all.getByText('2 of 2 servers')).toBeVisible({ timeout: 60_000 });

  await expect(all).toContainText('READY TO QUERY; RETRIEVE NOT PROVEN');
  await expect(all).toContainText('NOT REACHABLE');
  await expectAccessible(app.page);
  const path = join(folder.path, 'tests.csv');
  await app.electron.evaluate(({ dialog: dialogs }, filePath) => {
    dialogs.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
  await button('Save report as CSV…').click();
  await expect(app.page.getByText('Saved as tests.csv')).toBeVisible();
  expect((await readFile(path, 'utf8')).split('\r\n')).toHaveLength(4);
  await button('Close').click();
});

test('a failure says who must act and what to send him', async () => {
  await option('Archive').click();
  await app.page.getByLabel('AE title', { exact: true }).locator('visible=true').fill('NOBODY');
  await testConnection(app.page);

  const failed = testLine(app.page, 'association');
  await expect(failed).toContainText('To be done by');
  await failed.getByRole('button', { name: 'Copy message' }).click();
  await expect(app.page.getByText('Copied').first()).toBeAttached();
  await expectAccessible(app.page);
  await expectFits(app.page);
  await button('Revert').click();
});

test('everything of it can be used at 200 % zoom', async () => {
  await app.page.setViewportSize({ width: 640, height: 400 });
  await expectFits(app.page);
  for (const item of [
    'Paste the administrator’s reply…',
    'My connection card…',
    'Links…',
    'Import from CSV…',
  ]) {
    await choose(item);
    await expectFits(app.page);
    await expectAccessible(app.page);
    await closeDialog(app.page);
  }
  await goTo(app.page, 'Settings');
  for (const tab of ['General', 'Certificates', 'Effective configuration']) {
    await app.page.getByRole('tab', { name: tab }).click();
    await expectFits(app.page);
    await expectAccessible(app.page);
  }
  expect(app.pageErrors).toEqual([]);
});

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

test('the administrator’s file is shown line by line, and its change at once', async () => {
  const file = join(folder.path, 'site.ini');
  const text = (name: string): string =>
    [
      '[file]',
      'version=1',
      '[server:main]',
      `name=${name}`,
      'ae=MAIN',
      'host=10.0.4.12',
      'port=104',
      '',
    ].join('\n');
  await writeFile(file, text('Main PACS'));
  await using managed = await launchApp({ args: ['--admin-ini', file] });
  const { page } = managed;
  await goTo(page, 'Settings');
  await page.getByRole('tab', { name: 'Effective configuration' }).click();

  const row = page.getByRole('row', { name: /^name Main PACS/ });
  await expect(row).toContainText('site.ini:4');
  await expect(row.getByLabel('Locked')).toBeVisible();
  await expect(page.getByText(/SHA-256 [0-9a-f]{64}/)).toBeVisible();
  await expectAccessible(page);

  await writeFile(file, text('Renamed PACS'));
  await expect(page.getByRole('row', { name: /^name Renamed PACS/ })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('Taken over anew')).toBeVisible();
  expect(managed.pageErrors).toEqual([]);
});
