import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import type { ServerList } from '../../electron/contract/server.ts';
import { startDcmqrscp } from '../support/peers/index.ts';
import { writeSyntheticStudy } from '../support/synthetic-study.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ask, saveServer } from './support/bridge.ts';
import { tabTo } from './support/keyboard.ts';
import { launchApp, type RunningApp } from './support/launch-app.ts';
import { goTo, studyRow, viewport } from './support/screens.ts';
import { fillServer } from './support/servers-form.ts';

test.describe('the form of a server', () => {
  test.describe.configure({ mode: 'serial' });
  let app: RunningApp;

  test.beforeAll(async () => {
    app = await launchApp();
    await goTo(app.page, 'Servers');
  });
  test.afterAll(() => app[Symbol.asyncDispose]());

  const field = (label: string): Locator =>
    app.page.getByLabel(label, { exact: true }).locator('visible=true');
  const button = (name: string): Locator => app.page.getByRole('button', { name, exact: true });
  const option = (text: string): Locator => app.page.getByRole('option').filter({ hasText: text });
  const newServer = (): Promise<void> => button('New server').first().click();
  const good = { name: 'Good', aeTitle: 'GOOD', host: '10.0.0.5', port: 104 } as const;

  test('says what is wrong at each field, and at Save how many there are', async () => {
    await newServer();
    await field('Port number').fill('70000');
    await field('Listen port number').fill('abc');

    await button('Save').click();

    for (const [label, message] of [
      ['DICOM server name', 'The name is missing.'],
      ['AE title', 'The AE title is missing.'],
      ['IP address or domain name', 'The IP address or domain name is missing.'],
      ['Port number', 'A port is a whole number from 1 to 65535.'],
      ['Listen port number', 'A port is a whole number from 1 to 65535.'],
    ] as const) {
      await expect(field(label)).toHaveAttribute('aria-invalid', 'true');
      await expect(field(label)).toHaveAccessibleDescription(new RegExp(message));
    }
    await expect(app.page.getByText('5 fields need attention')).toBeVisible();
    await expect(field('DICOM server name')).toBeFocused();
    await expect(option('not saved')).toHaveCount(1);

    await field('DICOM server name').fill('Named');
    await expect(app.page.getByText('4 fields need attention')).toBeVisible();
    await expect(field('DICOM server name')).not.toHaveAttribute('aria-invalid', 'true');
  });

  for (const { label, value, message } of [
    { label: 'AE title', value: 'BACK\\SLASH', message: 'may not contain a backslash (character 5)' },
    { label: 'AE title', value: 'SEVENTEEN_LETTERS', message: 'has 17 characters. Shorten it to 16.' },
    { label: 'AE title', value: 'PACS\u0410', message: '“\u0410” (U+0410) (character 5)' },
    { label: 'AE title', value: 'NO\u00a0BREAK', message: 'a no-break space (U+00A0)' },
    { label: 'Port number', value: '0', message: 'A port is a whole number from 1 to 65535.' },
    { label: 'Port number', value: '1e3', message: 'A port is a whole number from 1 to 65535.' },
    { label: 'Listen port number', value: '65536', message: 'A port is a whole number from 1 to 65535.' },
    { label: 'IP address or domain name', value: '300.1.1.1', message: 'neither an IP address nor' },
    { label: 'IP address or domain name', value: 'http://pacs', message: 'neither an IP address nor' },
    { label: 'IP address or domain name', value: '::1::2', message: 'neither an IP address nor' },
  ]) {
    test(`refuses ${JSON.stringify(value)} as ${label}, with the reason once it is left`, async () => {
      await newServer();
      await discardIfAsked();
      await fillServer(app.page, good);

      await field(label).fill(value);
      await field(label).blur();

      await expect(field(label)).toHaveAccessibleDescription(new RegExp(escaped(message)));
      await button('Save').click();
      await expect(app.page.getByText('1 field needs attention')).toBeVisible();
      await expect(field(label)).toBeFocused();
    });
  }

  test('counts the characters of an AE title and keeps its case', async () => {
    await newServer();
    await discardIfAsked();
    await fillServer(app.page, { ...good, name: 'Mixed case', aeTitle: 'MixedCase_ae' });

    await expect(app.page.getByText('12/16', { exact: true })).toBeVisible();
    await button('Save').click();
    await expect(app.page.getByText('Saved', { exact: true })).toBeVisible();

    await expect(option('Mixed case')).toContainText('MixedCase_ae');
  });

  for (const host of [
    '0:0:0:0:0:ffff:a00:40c',
    'fe80::1',
    '::ffff:10.0.4.12',
    'pacs-1.example.org',
    '10.0.4.12',
  ]) {
    test(`takes ${host} as an address`, async () => {
      await newServer();
      await fillServer(app.page, { ...good, name: `At ${host}`, host });

      await button('Save').click();

      await expect(app.page.getByText('Saved', { exact: true })).toBeVisible();
      await expect(field('IP address or domain name')).toHaveValue(host);
    });
  }

  test('shows an empty listen port as the same number as the port', async () => {
    await newServer();
    await fillServer(app.page, { ...good, name: 'Same port', port: 4242 });

    await expect(field('Listen port number')).toHaveValue('');
    await expect(field('Listen port number')).toHaveAttribute('placeholder', '4242');
    await expect(field('Listen port number')).toHaveAccessibleDescription('Same as port number');
    await button('Save').click();

    await expect(app.page.getByText('Saved', { exact: true })).toBeVisible();
    expect(await savedNamed('Same port')).toMatchObject({ port: 4242, listenPort: null });
  });

  test('keeps compression, description and TLS as they were chosen', async () => {
    await field('Preferred compression').selectOption({ index: 4 });
    await field('Description').fill('Two\nlines');
    await app.page.getByText('TLS / secured server', { exact: true }).click();
    await app.page.getByText('Verify server certificate', { exact: true }).click();
    await button('Save').click();
    await expect(app.page.getByText('Saved', { exact: true })).toBeVisible();

    expect(await savedNamed('Same port')).toMatchObject({
      preferredCompression: 'jpeg-ls-lossless',
      description: 'Two\nlines',
      tls: true,
      verifyCertificate: false,
    });
  });

  test('goes back by Revert', async () => {
    await field('Description').fill('Changed');
    await expect(app.page.getByRole('heading', { name: 'Same port (changed)' })).toBeVisible();

    await button('Revert').click();

    await expect(field('Description')).toHaveValue('Two\nlines');
    await expect(button('Save')).toBeDisabled();
  });

  test('asks before it loses changes, and does what is answered', async () => {
    const dialog = app.page.getByRole('alertdialog', { name: 'Save the changes to Same port?' });
    await field('Description').fill('First change');

    await option('Mixed case').click();
    await dialog.getByRole('button', { name: 'Keep editing' }).click();
    await expect(field('Description')).toHaveValue('First change');

    await option('Mixed case').click();
    await dialog.getByRole('button', { name: 'Discard' }).click();
    await expect(field('DICOM server name')).toHaveValue('Mixed case');
    expect(await savedNamed('Same port')).toMatchObject({ description: 'Two\nlines' });

    await option('Same port').click();
    await field('Description').fill('Second change');
    await option('Mixed case').click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(field('DICOM server name')).toHaveValue('Mixed case');
    expect(await savedNamed('Same port')).toMatchObject({ description: 'Second change' });
  });

  test('keeps what was typed while another screen is in sight', async () => {
    await field('Description').fill('Half a sent');

    await goTo(app.page, 'Query');
    await goTo(app.page, 'Servers');

    await expect(field('Description')).toHaveValue('Half a sent');
    await button('Revert').click();
  });

  test('asks before it deletes a server', async () => {
    await expect(field('DICOM server name')).toHaveValue('Mixed case');
    const dialog = app.page.getByRole('alertdialog', { name: 'Delete Mixed case?' });

    await button('Delete').click();
    await dialog.getByRole('button', { name: 'Keep' }).click();
    await expect(option('Mixed case')).toHaveCount(1);
    await button('Delete').click();
    await dialog.getByRole('button', { name: 'Delete' }).click();

    await expect(option('Mixed case')).toHaveCount(0);
    expect(await savedNamed('Mixed case')).toBeUndefined();
    expect(app.pageErrors).toEqual([]);
  });

  async function savedNamed(name: string): Promise<unknown> {
    const list = await ask<ServerList>(app.page, 'servers.list', undefined);
    return list.ok ? list.value.servers.find((server) => server.name === name) : null;
  }

  async function discardIfAsked(): Promise<void> {
    const discard = button('Discard');
    await expect(discard.or(field('DICOM server name').and(app.page.locator('[value=""]')))).toBeVisible();
    if (await discard.isVisible()) await discard.click();
    await expect(field('DICOM server name')).toHaveValue('');
  }
});

test('a broken settings file is kept aside and said, never overwritten', async () => {
  await using first = await launchApp();
  await saveServer(first.page, { name: 'Kept', aeTitle: 'KEPT', host: '10.0.0.1', port: 104 });
  await first.quit();
  const file = join(first.home, 'settings.json');
  const broken = (await readFile(file, 'utf8')).slice(0, -20);
  await writeFile(file, broken);

  await using second = await launchApp({ home: first.home });
  await saveServer(second.page, { name: 'New', aeTitle: 'NEW', host: '10.0.0.2', port: 104 });

  const kept = (await readdir(first.home)).filter((name) => name.startsWith('settings.broken-'));
  expect(kept).toHaveLength(1);
  expect(await readFile(join(first.home, kept[0]!), 'utf8')).toBe(broken);
  await goTo(second.page, 'Settings');
  await expect(second.page.getByText('The settings file could not be read')).toBeVisible();
  await expect(second.page.getByText(kept[0]!)).toBeVisible();
});

test('everything from a new server to a picture is done without the mouse', async () => {
  await using folder = await temporaryFolder();
  const files = await writeSyntheticStudy(folder.path, {
    patientName: 'KEYS^ONLY',
    patientId: 'K1',
    studyDate: '20260501',
    series: [{ modality: 'CT', instances: 5 }],
  });
  await using app = await launchApp();
  await using pacs = await startDcmqrscp({
    aeTitle: 'QR',
    files: files.map(({ path }) => path),
    moveDestinations: [{ aeTitle: 'GANTRY', host: '127.0.0.1', port: app.listenPort }],
  });
  const { page } = app;
  const { keyboard } = page;
  const named = (label: string): Locator => page.getByLabel(label, { exact: true }).locator('visible=true');
  const button = (name: string): Locator =>
    page.getByRole('button', { name, exact: true }).locator('visible=true');

  await keyboard.press('Control+5');
  await tabTo(page, button('New server').first());
  await keyboard.press('Enter');
  for (const [label, value] of [
    ['DICOM server name', 'Keys'],
    ['AE title', 'QR'],
    ['IP address or domain name', pacs.host],
    ['Port number', `${pacs.port}`],
  ] as const) {
    await tabTo(page, named(label));
    await keyboard.press('Control+a');
    await keyboard.type(value);
  }
  await keyboard.press('Control+s');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();

  await tabTo(page, button('Echo'));
  await keyboard.press('Enter');
  await expect(page.getByText('READY TO QUERY; RETRIEVE NOT PROVEN')).toBeVisible();

  await keyboard.press('Control+1');
  await tabTo(page, named('Patient name'));
  await keyboard.type('KEYS*');
  await keyboard.press('Enter');
  await expect(studyRow(page, 'K1')).toHaveCount(1);

  await tabTo(
    page,
    page.getByRole('grid', { name: 'Studies' }).getByRole('row').or(page.getByRole('gridcell')),
  );
  await keyboard.press('ArrowDown');
  await keyboard.press('Shift+Enter');
  await expect(viewport(page)).toHaveAttribute('data-state', 'shown', { timeout: 30_000 });
  await expect(viewport(page)).toHaveAttribute('data-image-count', '5');

  await expect(viewport(page)).toBeFocused();
  await keyboard.press('End');
  await expect(viewport(page)).toHaveAttribute('data-image-index', '4');
  await keyboard.press('Home');
  await keyboard.press('ArrowDown');
  await expect(viewport(page)).toHaveAttribute('data-image-index', '1');
  await expect(viewport(page)).toHaveAttribute('data-state', 'shown');
  expect(app.pageErrors).toEqual([]);
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
