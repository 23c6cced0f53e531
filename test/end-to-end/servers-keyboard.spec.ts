import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import { freePort, startDcmqrscp, type Dcmqrscp } from '../support/peers/index.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';
import { expectAccessible } from './support/expect-accessible.ts';
import { tabTo } from './support/keyboard.ts';
import { launchApp, type RunningApp } from './support/launch-app.ts';
import { testLine } from './support/servers-form.ts';

/** The whole Servers screen without a mouse, and axe on every state of it. */
test.describe.configure({ mode: 'serial' });

let app: RunningApp;
let pacs: Dcmqrscp;
let folder: TemporaryFolder;
/** Takes connections, and never says a word. */
let silent: Server;
let silentPort: number;

test.beforeAll(async () => {
  folder = await temporaryFolder();
  const ini = join(folder.path, 'site.ini');
  await writeFile(ini, '[file]\nversion=1\nsite=St Elsewhere\n\n[policy]\nlossy_allowed=yes\ncolour=red\n');
  app = await launchApp({ args: ['--admin-ini', ini] });
  pacs = await startDcmqrscp({ aeTitle: 'QR', files: [], moveDestinations: [] });
  silent = createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  silentPort = (silent.address() as AddressInfo).port;
});
test.afterAll(async () => {
  await app[Symbol.asyncDispose]();
  silent.close();
  await pacs[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const field = (label: string): Locator => app.page.getByLabel(label, { exact: true }).locator('visible=true');
const dialog = (): Locator => app.page.getByRole('dialog').or(app.page.getByRole('alertdialog'));
const text = (words: string | RegExp): Locator => app.page.getByText(words).locator('visible=true').first();
const press = (...keys: readonly string[]): Promise<void> =>
  keys.reduce((before, key) => before.then(() => app.page.keyboard.press(key)), Promise.resolve());

/** In the dialog, where one is open. */
async function pressButton(name: string | RegExp): Promise<void> {
  const within = (await dialog().count()) > 0 ? dialog() : app.page;
  const button = within.getByRole('button', { name, exact: true }).locator('visible=true');
  await tabTo(app.page, button.first());
  await press('Enter');
}

async function write(label: string, value: string): Promise<void> {
  await tabTo(app.page, field(label));
  await press('Control+a');
  await app.page.keyboard.insertText(value);
}

/** Opens the menu of the list, and goes to an item by its first letters. */
async function choose(item: string): Promise<void> {
  await pressButton('List actions');
  await expect(app.page.getByRole('menu')).toBeVisible();
  const chosen = app.page.getByRole('menuitem', { name: item });
  for (let steps = 0; steps < 12; steps += 1) {
    if (await chosen.evaluate((element) => element === document.activeElement)) break;
    await press('ArrowDown');
  }
  await expect(chosen).toBeFocused();
  await press('Enter');
}

async function closesByEscape(): Promise<void> {
  await press('Escape');
  await expect(dialog()).toHaveCount(0);
}

test('the empty screen', async () => {
  await press('Control+5');
  await expect(text('No server yet')).toBeVisible();
  await expectAccessible(app.page);
});

test('a new form, with everything wrong, then right', async () => {
  await pressButton('New server');
  await expectAccessible(app.page);
  await press('Control+s');
  await expect(text('3 fields need attention')).toBeVisible();
  await expect(field('DICOM server name')).toBeFocused();
  await expectAccessible(app.page);

  await write('DICOM server name', 'Archive');
  await write('AE title', 'QR');
  await write('IP address or domain name', 'localhost');
  await expect(text(/^A+ (127\.0\.0\.1|::1)/)).toBeVisible();
  await write('IP address or domain name', pacs.host);
  await write('Port number', `${pacs.port}`);
  await press('Control+s');
  await expect(text('Saved')).toBeVisible();
  await expectAccessible(app.page);
});

test('everything behind “More”', async () => {
  await pressButton(/^More /);
  await expect(field('Group or location')).toBeVisible();
  await write('Group or location', 'Basement');
  await press('Control+s');
  await expect(app.page.getByRole('group', { name: 'Basement' })).toBeVisible();
  await expectAccessible(app.page);
  await pressButton(/^More /);
});

test('a connection test that is under way, cancelled, done, and one that failed', async () => {
  await pressButton('Echo');
  await expect(text('READY TO QUERY; RETRIEVE NOT PROVEN')).toBeVisible();
  await expectAccessible(app.page);

  await pressButton('Test with one image…');
  await expect(dialog()).toBeVisible();
  await expectAccessible(app.page);
  await closesByEscape();

  await pressButton('Duplicate');
  await write('DICOM server name', 'Nobody');
  await write('Port number', `${silentPort}`);
  await press('Control+s');
  await expect(text('Saved')).toBeVisible();
  await pressButton('Echo');
  await expect(text('Talking to Nobody…')).toBeVisible();
  await expect(testLine(app.page, 'association')).toHaveAttribute('data-state', 'running');
  await expectAccessible(app.page);
  await pressButton('Cancel');
  await expect(text('Cancelled')).toBeVisible();
  await expectAccessible(app.page);

  await write('Port number', `${await freePort()}`);
  await press('Control+s');
  await expect(text('Saved')).toBeVisible();
  await pressButton('Echo');
  await expect(text('Failed at TCP')).toBeVisible();
  await expectAccessible(app.page);
});

test('the question about what is not saved', async () => {
  await write('Description', 'Half a sent');
  await tabTo(app.page, app.page.getByRole('option'));
  await press('Home', 'Enter');
  await expect(dialog()).toBeVisible();
  await expectAccessible(app.page);
  await pressButton('Discard');
  await expect(dialog()).toHaveCount(0);
});

test('the reply of an administrator', async () => {
  await choose('Paste the administrator’s reply…');
  await expectAccessible(app.page);
  await write('Mail, table or line', 'AE title: PACS9\nIP address: 10.0.4.12\nPort: 11112');
  await expect(app.page.getByRole('list', { name: 'Found in the reply' })).toContainText('PACS9');
  await expectAccessible(app.page);
  await pressButton('Fill a new server’s form');
  await expect(field('AE title')).toHaveValue('PACS9');
  await write('DICOM server name', 'From a mail');
  await press('Control+s');
  await expect(text('Saved')).toBeVisible();
});

test('the connection card', async () => {
  await choose('My connection card…');
  await expect(app.page.getByRole('figure', { name: 'The card as a QR code' })).toBeVisible();
  await expectAccessible(app.page);
  await pressButton('Copy as text');
  await closesByEscape();
});

test('links: none, a wrong one, a right one, and what was seen of it', async () => {
  await choose('Links…');
  await expectAccessible(app.page);
  await pressButton('New link');
  await tabTo(app.page, field('To').last());
  await press('Home');
  await expectAccessible(app.page);
  await app.page.keyboard.type('Archive');
  await expectAccessible(app.page);
  await pressButton('Save link');
  await expect(dialog().getByText(/This viewer .* Archive/)).toBeVisible();
  await expectAccessible(app.page);
  await pressButton('Declared and seen…');
  await expect(dialog().getByRole('heading', { name: 'Links: declared and seen' })).toBeVisible();
  await expectAccessible(app.page);
  await closesByEscape();
});

test('a list that is looked at, and taken over but for one row', async () => {
  await choose('Import from CSV…');
  await expectAccessible(app.page);
  await write(
    'Or paste the rows here',
    'name,ae,host,port\nOne,ONE,10.0.7.1,104\nTwo,TWO,10.0.7.2,104\nBad,BAD,10.0.7.3,99999',
  );
  await pressButton('Look at these rows');
  await expect(app.page.getByRole('radio', { name: '1 bad' })).toBeVisible();
  await expectAccessible(app.page);

  await tabTo(app.page, app.page.getByRole('radio'));
  await press('Home', 'Enter');
  await expect(app.page.getByRole('radio', { name: '3 rows' })).toBeChecked();
  await tabTo(app.page, app.page.getByRole('grid', { name: 'Rows of the list' }).getByRole('row'));
  await press('Home', 'Enter');
  await expect(app.page.getByRole('checkbox', { name: 'Take over line 2, One' })).not.toBeChecked();
  await expectAccessible(app.page);
  await pressButton('Take over: 1 added, 0 changed, 0 removed');
  await expect(text('1 added, 0 changed, 0 removed.')).toBeVisible();
  await expectAccessible(app.page);
  await pressButton('Undo');
  await expect(text('as they were before the import')).toBeVisible();
  await expectAccessible(app.page);
  await closesByEscape();
});

test('the test of all servers', async () => {
  await choose('Test all…');
  await expect(text('Test all servers')).toBeVisible();
  await expectAccessible(app.page);
  await expect(dialog().getByRole('button', { name: 'Save report as CSV…' })).toBeEnabled({
    timeout: 60_000,
  });
  await expectAccessible(app.page);
  await closesByEscape();
});

test('retiring and deleting', async () => {
  await pressButton('Retire');
  await expect(dialog()).toBeVisible();
  await expectAccessible(app.page);
  await closesByEscape();

  await pressButton('Delete');
  await expect(dialog()).toBeVisible();
  await expectAccessible(app.page);
  await closesByEscape();
});

test('certificates, and the effective configuration', async () => {
  await press('Control+6');
  await tabTo(app.page, app.page.getByRole('tab'));
  await press('ArrowRight');
  await expect(text('No certificates yet')).toBeVisible();
  await expectAccessible(app.page);
  await pressButton('Import our certificate…');
  await expectAccessible(app.page);
  await closesByEscape();

  await tabTo(app.page, app.page.getByRole('tab'));
  await press('ArrowRight');
  await expect(text('1 warning')).toBeVisible();
  await expectAccessible(app.page);
  expect(app.pageErrors).toEqual([]);
});
