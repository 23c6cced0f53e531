import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import type { ServerList } from '../../electron/contract/server.ts';
import type { SettingsView } from '../../electron/contract/settings.ts';
import { freePort, startStorescp, type Storescp } from '../support/peers/index.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';
import { ask, draftOf, saveServer } from './support/bridge.ts';
import { launchApp, type RunningApp } from './support/launch-app.ts';
import { goTo } from './support/screens.ts';
import { testConnection, testLine } from './support/servers-form.ts';

/** The administrator's file: its servers and settings, from its line in the file to the refusal in main. */
test.describe.configure({ mode: 'serial' });

let folder: TemporaryFolder;
let file: string;
let lines: readonly string[];
let pacs: Storescp;
let managedPort: number;
let app: RunningApp;

test.beforeAll(async () => {
  folder = await temporaryFolder();
  file = join(folder.path, 'hospital.ini');
  pacs = await startStorescp({ aeTitle: 'MAINPACS' });
  managedPort = await freePort();
  lines = adminIni(pacs.port, managedPort);
  await writeFile(file, lines.join('\n'));
  app = await launchApp({ args: ['--admin-ini', file] });
});
test.afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await pacs[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const options = (): Locator => app.page.getByRole('listbox', { name: 'Servers' }).getByRole('option');
const lineOf = (text: string): number => lines.indexOf(text) + 1;
const field = (label: string): Locator => app.page.getByLabel(label, { exact: true }).locator('visible=true');

async function serverList(): Promise<ServerList> {
  const result = await ask<ServerList>(app.page, 'servers.list', undefined);
  if (!result.ok) throw new Error('no list');
  return result.value;
}

test("shows the administrator's servers first, marked as such, in the order of the file", async () => {
  await saveServer(app.page, { name: 'A server of mine', aeTitle: 'MINE', host: '127.0.0.1', port: 104 });

  await goTo(app.page, 'Servers');

  await expect(options()).toHaveCount(3);
  await expect(options().nth(0)).toContainText('Main PACS');
  await expect(options().nth(0)).toContainText('administrator');
  await expect(options().nth(1)).toContainText('Teaching files; read only');
  await expect(options().nth(1)).toContainText('administrator');
  await expect(options().nth(2)).toContainText('A server of mine');
  await expect(options().nth(2)).toContainText('user');
});

test('shows them in the same form, to be read and not changed, with the line they come from', async () => {
  await options().nth(0).click();

  await expect(app.page.getByText(`From ${file}, line ${lineOf('[server:main]')}`)).toBeVisible();
  for (const [label, value] of [
    ['DICOM server name', 'Main PACS'],
    ['AE title', 'MAINPACS'],
    ['IP address or domain name', '127.0.0.1'],
    ['Port number', `${pacs.port}`],
    ['Listen port number', '11113'],
    ['Description', 'Radiology archive'],
  ] as const) {
    await expect(field(label)).toHaveValue(value);
    await expect(field(label)).toHaveAttribute('readonly', '');
  }
  await expect(field('Preferred compression')).toHaveAttribute('readonly', '');
  await app.page.getByText('TLS / secured server', { exact: true }).click({ force: true });
  await expect(app.page.getByLabel('TLS / secured server')).not.toBeChecked();
  await expect(app.page.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0);
  await expect(app.page.getByRole('button', { name: 'Delete' })).toBeDisabled();
});

test('lists a faulty server by file, line, key and reason', async () => {
  const problems = app.page.getByRole('region', { name: "Administrator's file" });

  await expect(problems.getByRole('listitem').filter({ hasText: 'Fault' })).toHaveText(
    `hospital.ini:${lineOf('port=99999')} portFault: A port is a whole number from 1 to 65535.`,
  );
  await expect(problems.getByRole('listitem').filter({ hasText: 'Warning' })).toContainText(
    `hospital.ini:${lineOf('colour=blue')} colour`,
  );
  await expect(app.page.getByText('Broken server')).toHaveCount(0);
});

test('uses the others: an echo passes and is remembered', async () => {
  await testConnection(app.page);

  await expect(testLine(app.page, 'echo')).toHaveAttribute('data-state', 'passed');
  await expect(options().nth(0)).toContainText(/(Queryable|queried|Reachable) just now/);
});

test('refuses in the main process to change or delete them, whoever asks', async () => {
  const before = await serverList();
  const main = before.servers[0]!;
  const managed = {
    ok: false,
    failure: { step: 'managed', file, line: lineOf('[server:main]') },
  };

  const draft = draftOf({ name: 'Hijacked', aeTitle: 'EVIL', host: '10.0.0.1', port: 104 });
  expect(await ask(app.page, 'servers.save', { id: main.id, draft })).toEqual(managed);
  expect(await ask(app.page, 'servers.delete', main.id)).toEqual(managed);

  expect(await serverList()).toEqual(before);
});

test('makes a copy of one by Duplicate, which is the person’s own', async () => {
  await options().nth(0).click();

  await app.page.getByRole('button', { name: 'Duplicate' }).click();

  const copy = options().filter({ hasText: 'Main PACS copy' });
  await expect(copy).toContainText('user');
  await expect(field('DICOM server name')).toHaveValue('Main PACS copy');
  await field('Port number').fill('4242');
  await app.page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(app.page.getByText('Saved', { exact: true })).toBeVisible();
  await options().nth(0).click();
  await expect(field('Port number')).toHaveValue(`${pacs.port}`);
});

test('locks the settings it sets, says by which line, and refuses others', async () => {
  await goTo(app.page, 'Settings');

  for (const [label, value, line] of [
    ['AE title', 'HOSPITAL', 'ae_title=HOSPITAL'],
    ['Listen port', `${managedPort}`, `listen_port=${managedPort}`],
    ['Listen address', '127.0.0.1', 'listen_address=127.0.0.1'],
  ] as const) {
    await expect(field(label)).toHaveValue(value);
    await expect(field(label)).toHaveAttribute('readonly', '');
    await expect(field(label)).toHaveAccessibleDescription(`Set by ${file}:${lineOf(line)}`);
  }
  await expect(app.page.getByText(`Listening at 127.0.0.1:${managedPort}`).first()).toBeVisible();

  const draft = {
    aeTitle: 'EVIL',
    listenPort: managedPort,
    listenAddress: '127.0.0.1',
    listenTls: false,
    listenCertificate: null,
    unknownClasses: true,
  };
  const refused = await ask(app.page, 'settings.save', draft);

  expect(refused).toEqual({
    ok: false,
    failure: { step: 'managed', file, line: lineOf('ae_title=HOSPITAL') },
  });
  const settings = await ask<SettingsView>(app.page, 'settings.get', undefined);
  expect(settings).toMatchObject({ ok: true, value: { aeTitle: { value: 'HOSPITAL', locked: true } } });
});

test("a settings file edited by hand changes nothing of the administrator's", async () => {
  const main = (await serverList()).servers[0]!;
  await app.quit();
  const settingsFile = join(app.home, 'settings.json');
  const settings = JSON.parse(await readFile(settingsFile, 'utf8')) as {
    settings: Record<string, unknown>;
    servers: { entries: unknown[] };
  };
  const draft = draftOf({ name: 'Hijacked', aeTitle: 'EVIL', host: '10.0.0.1', port: 104 });
  settings.servers.entries.unshift({ id: main.id, origin: 'user', draft });
  settings.settings['aeTitle'] = 'EVIL';
  settings.settings['listenPort'] = 4242;
  await writeFile(settingsFile, JSON.stringify(settings));

  app = await launchApp({ home: app.home, args: ['--admin-ini', file] });

  const { servers } = await serverList();
  expect(servers[0]).toMatchObject({ id: main.id, name: 'Main PACS', aeTitle: 'MAINPACS', port: pacs.port });
  expect(servers.map(({ name }) => name)).not.toContain('Hijacked');
  await goTo(app.page, 'Settings');
  await expect(field('AE title')).toHaveValue('HOSPITAL');
  await expect(field('Listen port')).toHaveValue(`${managedPort}`);
  expect(app.pageErrors).toEqual([]);
});

test('is found by GANTRY_ADMIN_INI; --admin-ini comes before it', async () => {
  await app.quit();
  const other = join(folder.path, 'other.ini');
  await writeFile(other, '[server:other]\nname=Other PACS\nae=OTHER\nhost=10.0.0.2\nport=104\n');

  app = await launchApp({ home: app.home, env: { GANTRY_ADMIN_INI: other } });
  expect((await serverList()).servers.map(({ name }) => name)).toEqual([
    'Other PACS',
    'Hijacked',
    'A server of mine',
    'Main PACS copy',
  ]);

  await app.quit();
  app = await launchApp({ home: app.home, args: ['--admin-ini', file], env: { GANTRY_ADMIN_INI: other } });
  expect((await serverList()).adminFile).toBe(file);
});

test('that is named and not there is said, and takes nothing of the person’s own away', async () => {
  await app.quit();

  app = await launchApp({ home: app.home, args: ['--admin-ini', join(folder.path, 'missing.ini')] });
  await goTo(app.page, 'Servers');

  await expect(app.page.getByRole('region', { name: "Administrator's file" })).toContainText('missing.ini:1');
  await expect(options().filter({ hasText: 'A server of mine' })).toHaveCount(1);
  expect(app.pageErrors).toEqual([]);
});

function adminIni(port: number, listenPort: number): readonly string[] {
  return [
    '; The servers of St Elsewhere',
    '[file]',
    'version=1',
    '',
    '[policy]',
    'lock_local_ae=yes',
    'lock_listener=yes',
    '',
    '[local]',
    'ae_title=HOSPITAL',
    `listen_port=${listenPort}`,
    'listen_address=127.0.0.1',
    '',
    '[server:main]',
    'name=Main PACS',
    'ae=MAINPACS',
    'host=127.0.0.1',
    `port=${port}`,
    'listen_port=11113',
    'description=Radiology archive',
    '',
    '[server:broken]',
    'name=Broken server',
    'ae=BROKEN',
    'host=127.0.0.1',
    'port=99999',
    '',
    '[server:teaching]',
    'name="Teaching files; read only"',
    'ae=TEACH',
    'host=fd12:3456:789a::5',
    'port=2762',
    'colour=blue',
    '',
  ];
}
