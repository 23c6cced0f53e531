import { expect, test, type Locator } from '@playwright/test';
import type { Server } from '../../electron/contract/server.ts';
import { freePort, startDcmqrscp, type Dcmqrscp } from '../support/peers/index.ts';
import { writeSyntheticStudy } from '../support/synthetic-study.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';
import { ask, draftOf, saveServer } from './support/bridge.ts';
import { expectAccessible } from './support/expect-accessible.ts';
import { launchApp, type RunningApp } from './support/launch-app.ts';
import { goTo, studyRow } from './support/screens.ts';
import { endedTransfer, retrieveStudy, search, transfers } from './support/transfers.ts';

/** What the status of a server allows, and how one comes from what failed to the form that mends it. */
test.describe.configure({ mode: 'serial' });

let app: RunningApp;
let pacs: Dcmqrscp;
let folder: TemporaryFolder;
let archive: Server;

test.beforeAll(async () => {
  folder = await temporaryFolder();
  app = await launchApp();
  const files = await writeSyntheticStudy(folder.path, {
    patientName: 'STATUS^STUDY',
    patientId: 'ST1',
    studyDate: '20260801',
    series: [{ modality: 'CT', instances: 2 }],
  });
  pacs = await startDcmqrscp({
    aeTitle: 'QR',
    files: files.map(({ path }) => path),
    // A port where nobody is: what is sent here never arrives.
    moveDestinations: [{ aeTitle: 'GANTRY', host: '127.0.0.1', port: await freePort() }],
  });
  await saveServer(app.page, { name: 'Spare', host: '127.0.0.1', port: 104, aeTitle: 'SPARE' });
  archive = await saveServer(app.page, { name: 'Archive', ...address() });
});
test.afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await pacs[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

function address() {
  const { host, port, aeTitle } = pacs;
  return { host, port, aeTitle, retrieveMethod: 'c-move' } as const;
}

async function setLifecycle(lifecycle: Server['lifecycle']): Promise<void> {
  const draft = { ...draftOf({ name: 'Archive', ...address() }), lifecycle };
  const result = await ask(app.page, 'servers.save', { id: archive.id, draft });
  expect(result).toMatchObject({ ok: true });
}

const button = (name: string): Locator =>
  app.page.getByRole('button', { name, exact: true }).locator('visible=true');
const nameField = (): Locator => app.page.getByLabel('DICOM server name').locator('visible=true');

async function isTheForm(name: string): Promise<void> {
  await expect(nameField()).toHaveValue(name);
}

test('a retrieve that failed leads to the form of its server', async () => {
  await retrieveStudy(app.page, 'Archive', 'ST1');
  const transfer = await endedTransfer(app.page, 'failed');

  await expect(transfer.getByRole('button', { name: 'Retry failed' })).toBeEnabled();
  await transfer.getByRole('button', { name: 'Edit this server' }).click();

  await isTheForm('Archive');
});

test('a retired server is not asked again: “Retry failed” is off, and says why', async () => {
  await setLifecycle('obsolete');
  await goTo(app.page, 'Transfers');
  const transfer = transfers(app.page).first();

  await expect(transfer.getByRole('button', { name: 'Retry failed' })).toBeDisabled();
  await expect(transfer.getByText('It can’t be tried again as things stand')).toBeVisible();
  await expect(transfer.locator('.transfer-details')).toContainText('It is obsolete.');
  await expectAccessible(app.page);

  const { value } = (await ask<readonly { id: string }[]>(app.page, 'transfers.list', undefined)) as {
    value: readonly { id: string }[];
  };
  await ask(app.page, 'transfers.retryFailed', value.at(-1)?.id);
  await expect(transfers(app.page)).toHaveCount(2);
  await expect(transfers(app.page).first().locator('.transfer-pace')).toContainText(
    'may not be retrieved from',
  );
});

test('a search that failed leads to the form of its server', async () => {
  await search(app.page, 'Spare');
  await button('Edit this server').click();

  await isTheForm('Spare');
});

test('the Send screen leads to the form of the server that is chosen', async () => {
  await goTo(app.page, 'Send');
  await app.page
    .getByLabel('DICOM server')
    .and(app.page.locator(':visible'))
    .selectOption({ label: 'Archive' });
  await button('Edit servers').click();

  await isTheForm('Archive');
});

for (const [lifecycle, can] of [
  ['planned', { search: false, test: true }],
  ['approved', { search: true, test: true }],
  ['production', { search: true, test: true }],
  ['deprecated', { search: true, test: true }],
  ['obsolete', { search: false, test: false }],
] as const) {
  test(`a server whose status is ${lifecycle} ${can.search ? 'is' : 'is not'} searched, ${can.test ? 'is' : 'is not'} tested`, async () => {
    await setLifecycle(lifecycle);
    await goTo(app.page, 'Query');
    await app.page
      .getByLabel('DICOM server')
      .and(app.page.locator(':visible'))
      .selectOption({ label: 'Archive' });

    const searching = button('Search');
    if (can.search) {
      const id = app.page.getByLabel('Patient ID').and(app.page.locator(':visible'));
      await id.fill('NOBODY');
      await searching.click();
      await expect(app.page.getByText('No study matches')).toBeVisible();
      await id.fill('');
      await searching.click();
      await expect(studyRow(app.page, 'ST1')).toHaveCount(1);
    } else await expect(searching).toBeDisabled();
    await expectAccessible(app.page);

    await goTo(app.page, 'Servers');
    await app.page.getByRole('option').filter({ hasText: 'Archive' }).click();
    if (can.test) await expect(button('Echo')).toBeEnabled();
    else await expect(button('Echo')).toBeDisabled();
    if (lifecycle === 'deprecated') {
      await goTo(app.page, 'Query');
      await expect(app.page.locator('.action-note:visible')).toContainText('Archive');
    }
    await expectAccessible(app.page);
  });
}
