import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { freePort, mustRun, startDcmqrscp, type Dcmqrscp } from '../support/peers/index.ts';
import { writeSyntheticStudy } from '../support/synthetic-study.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';
import { saveServer } from './support/bridge.ts';
import { expectAccessible } from './support/expect-accessible.ts';
import { expectFits } from './support/expect-fits.ts';
import { launchApp, type RunningApp } from './support/launch-app.ts';
import { testConnection, testLines } from './support/servers-form.ts';
import { goTo, screenNames, studyRow, viewport, type ScreenName } from './support/screens.ts';
import { endedTransfer, retrieveStudy, search } from './support/transfers.ts';

/**
 * Each screen with nothing on it, with what a person came for, and with what went wrong: accessible,
 * and whole in the smallest and a large window and at 200 % zoom.
 */
test.describe.configure({ mode: 'serial' });

const small = { width: 1280, height: 800 };
const large = { width: 1920, height: 1080 };
/** 1280x800 at 200 %: the page has half as many pixels of its own. */
const zoomed = { width: 640, height: 400 };

let app: RunningApp;
let pacs: Dcmqrscp;
let folder: TemporaryFolder;

test.beforeAll(async () => {
  folder = await temporaryFolder();
  app = await launchApp();
  pacs = await startDcmqrscp({
    aeTitle: 'QR',
    files: await studyIn(folder.path),
    moveDestinations: [{ aeTitle: 'GANTRY', host: '127.0.0.1', port: app.listenPort }],
  });
});
test.afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await pacs[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

interface Look {
  readonly screen: ScreenName;
  readonly state: string;
  readonly arrange: (page: Page) => Promise<void>;
}

const empty: readonly Look[] = screenNames.map((screen) => ({
  screen,
  state: 'with nothing on it',
  arrange: (page) => goTo(page, screen),
}));

const full: readonly Look[] = [
  {
    screen: 'Servers',
    state: 'with a server whose echo passed',
    arrange: async (page) => {
      const { host, port, aeTitle } = pacs;
      await saveServer(page, { name: 'Archive', host, port, aeTitle });
      await saveServer(page, { name: 'Dead', host: '127.0.0.1', port: await freePort(), aeTitle: 'DEAD' });
      await goTo(page, 'Servers');
      await page.getByRole('option').filter({ hasText: 'Archive' }).click();
      await testConnection(page);
      await expect(testLines(page, 'failed')).toHaveCount(0);
    },
  },
  {
    screen: 'Query',
    state: 'with results, one of them selected',
    arrange: async (page) => {
      await search(page, 'Archive');
      await expect(studyRow(page, 'LOOKS')).toHaveCount(1);
      await studyRow(page, 'LOOKS').click();
      await expect(page.locator('.series-list').locator('visible=true').getByRole('listitem')).toHaveCount(2);
    },
  },
  {
    screen: 'Transfers',
    state: 'with a transfer that is done',
    arrange: async (page) => {
      await retrieveStudy(page, 'Archive', 'LOOKS');
      await endedTransfer(page, 'done');
    },
  },
  {
    screen: 'Viewer',
    state: 'with a picture',
    arrange: async (page) => {
      await goTo(page, 'Transfers');
      await page.getByRole('button', { name: 'Open', exact: true }).locator('visible=true').first().click();
      await expect(viewport(page)).toHaveAttribute('data-state', 'shown');
    },
  },
  {
    screen: 'Send',
    state: 'with files, some of which can not be sent',
    arrange: async (page) => {
      await goTo(page, 'Send');
      await app.electron.evaluate(({ dialog }, path) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
      }, folder.path);
      await page.getByRole('button', { name: 'Add folder…' }).click();
      await expect(page.getByRole('region', { name: 'Can not be sent' })).toBeVisible();
    },
  },
];

const failed: readonly Look[] = [
  {
    screen: 'Servers',
    state: 'with problems in the form and an echo that failed',
    arrange: async (page) => {
      await goTo(page, 'Servers');
      await page.getByRole('option').filter({ hasText: 'Dead' }).click();
      await testConnection(page);
      await expect(testLines(page, 'failed').first()).toBeVisible();
      await page.getByLabel('Port number', { exact: true }).fill('70000');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByText('1 field needs attention')).toBeVisible();
    },
  },
  {
    screen: 'Servers',
    state: 'while it asks about unsaved changes',
    arrange: async (page) => {
      await page.getByRole('option').filter({ hasText: 'Archive' }).click();
      await expect(page.getByRole('alertdialog')).toBeVisible();
    },
  },
  {
    screen: 'Query',
    state: 'with a query that failed',
    arrange: async (page) => {
      await page.getByRole('button', { name: 'Discard' }).click();
      await search(page, 'Dead');
      await expect(page.getByRole('alert').locator('visible=true')).toContainText('Nothing listens at');
    },
  },
  {
    screen: 'Transfers',
    state: 'with a transfer that failed, its details open',
    arrange: async (page) => {
      await search(page, 'Archive');
      await studyRow(page, 'LOOKS').click();
      await pacs.child.kill();
      await page.getByRole('button', { name: 'Retrieve', exact: true }).click();
      await goTo(page, 'Transfers');
      await endedTransfer(page, 'failed');
    },
  },
  {
    screen: 'Send',
    state: 'with files of every outcome',
    arrange: async (page) => {
      await goTo(page, 'Send');
      await page.getByRole('button', { name: 'Send', exact: true }).and(page.locator('[data-kind]')).click();
      await expect(page.locator('.send-filter').getByText('0 to send')).toBeVisible();
    },
  },
  {
    screen: 'Viewer',
    state: 'with a damaged image in the picture’s place',
    arrange: async (page) => {
      const damaged = join(folder.path, 'damaged', 'damaged.dcm');
      await mustRun('dcmsend', ['-dn', '-aec', 'GANTRY', '127.0.0.1', `${app.listenPort}`, damaged]);
      await goTo(page, 'Viewer');
      await page.getByRole('option', { name: /DAMAGED/ }).click();
      await expect(viewport(page)).toHaveAttribute('data-state', 'failed');
      await expect(page.locator('.viewport-notice')).toContainText('damaged');
    },
  },
  {
    screen: 'Settings',
    state: 'with a listen address that is open to others, and no port',
    arrange: async (page) => {
      await goTo(page, 'Settings');
      await page.getByLabel('Listen address').fill('0.0.0.0');
      await page.getByLabel('Listen port', { exact: true }).fill('');
      await page.getByRole('button', { name: 'Save', exact: true }).locator('visible=true').click();
      await expect(page.getByText('1 field needs attention')).toBeVisible();
    },
  },
  {
    screen: 'Settings',
    state: 'with the list of keys over it',
    arrange: async (page) => {
      await page.getByRole('button', { name: 'Revert' }).locator('visible=true').click();
      await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
];

for (const { screen, state, arrange } of [...empty, ...full, ...failed]) {
  test(`${screen} ${state} is accessible and fits its window`, async () => {
    await app.page.setViewportSize(small);
    await arrange(app.page);

    await expectAccessible(app.page);
    await expectFits(app.page);
    await app.page.setViewportSize(large);
    await expectFits(app.page);
  });
}

test('each screen can be used at 200 % zoom', async () => {
  const { page } = app;
  await page.keyboard.press('Escape');
  await page.setViewportSize(zoomed);

  // A click scrolls there first, and fails where something else lies on top.
  for (const screen of screenNames) {
    await goTo(page, screen);
    await expectFits(page);
    const buttons = await page
      .locator('main')
      .getByRole('button', { disabled: false })
      .locator('visible=true')
      .all();
    for (const button of buttons) await button.click({ trial: true, timeout: 5_000 });
  }
  await goTo(page, 'Servers');
  await page.getByRole('button', { name: 'New server' }).first().click();
  await page.getByLabel('DICOM server name').fill('Zoomed');
  await page.getByLabel('AE title').locator('visible=true').fill('ZOOM');
  await page.getByLabel('IP address or domain name').fill('127.0.0.1');
  await page.getByLabel('Port number', { exact: true }).fill('104');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  expect(app.pageErrors).toEqual([]);
});

/** A study of two series, a text file and, in a folder of its own, an image cut short. @returns the study's files */
async function studyIn(path: string): Promise<readonly string[]> {
  await mkdir(join(path, 'study'));
  await mkdir(join(path, 'damaged'));
  const files = await writeSyntheticStudy(join(path, 'study'), {
    patientName: 'LOOKS^GOOD',
    patientId: 'LOOK1',
    studyDate: '20260701',
    description: 'Thorax and abdomen, plain and with contrast medium',
    series: [
      { modality: 'CT', instances: 6, description: 'Axial 2.5 mm' },
      { modality: 'MR', instances: 3, description: 'Axial T2' },
    ],
  });
  await writeFile(join(path, 'notes.txt'), 'Not an image.\n');
  const [whole] = await writeSyntheticStudy(join(path, 'damaged'), {
    patientName: 'DAMAGED^IMAGE',
    patientId: 'DAMAGED1',
    studyDate: '20260702',
    series: [{ modality: 'CT', instances: 1 }],
  });
  await mustRun('dcmodify', ['-nb', '-m', 'Rows=512', whole!.path]);
  await mustRun('mv', [whole!.path, join(path, 'damaged', 'damaged.dcm')]);
  return files.map((file) => file.path);
}
