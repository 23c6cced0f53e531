import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/expect-accessible.ts';
import { launchApp, type RunningApp } from './support/launch-app.ts';
import { goTo, screenNames, studyRow, viewport } from './support/screens.ts';
import { testConnection, testLines } from './support/servers-form.ts';

/** The first five minutes of a newcomer, from the empty window to a picture, in one app. */
test.describe.configure({ mode: 'serial' });

let app: RunningApp;

test.beforeAll(async () => {
  app = await launchApp();
});
test.afterAll(() => app[Symbol.asyncDispose]());

test('opens with its six screens, named in order', async () => {
  const items = app.page.getByRole('navigation').getByRole('button');

  await expect(items).toHaveText([...screenNames]);
  await expect(app.page.getByRole('heading', { name: 'Query and retrieve' })).toBeVisible();
});

test('starts the demo archive from the empty Query screen', async () => {
  await app.page.getByRole('button', { name: 'Try the demo archive' }).click();

  await expect(app.page.getByRole('button', { name: 'Search' })).toBeEnabled();
  await goTo(app.page, 'Servers');
  await expect(app.page.getByRole('heading', { name: 'DICOM servers' })).toBeVisible();
  await expect(app.page.getByRole('option').filter({ hasText: 'demonstration' })).toHaveCount(1);
});

test('passes the connection test', async () => {
  await testConnection(app.page);

  await expect(testLines(app.page)).toHaveCount(9);
  await expect(testLines(app.page, 'failed')).toHaveCount(0);
  await expectAccessible(app.page);
});

test('finds studies by a wildcard in names of every script', async () => {
  await goTo(app.page, 'Query');
  await app.page.getByLabel('Patient name').press('Enter');
  await expect(studyRow(app.page, 'DEMO-')).toHaveCount(5);
  await expect(studyRow(app.page, 'Παπαδοπούλου')).toHaveCount(1);
  await expect(studyRow(app.page, '山田')).toHaveCount(1);
  await expectAccessible(app.page);

  await app.page.getByLabel('Patient name').fill('mül*');
  await app.page.getByLabel('Patient name').press('Enter');

  await expect(studyRow(app.page, 'DEMO-')).toHaveCount(2);
});

test('retrieves a study, every instance of it', async () => {
  await studyRow(app.page, 'with contrast').click();
  await app.page.getByRole('button', { name: 'Retrieve', exact: true }).click();

  await goTo(app.page, 'Transfers');
  const transfer = app.page.getByRole('list', { name: 'Transfers' }).getByRole('listitem').first();
  await expect(transfer).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
  await expect(transfer).toContainText('60');
  await expectAccessible(app.page);
});

test('shows the study, and scrolls through it', async () => {
  await goTo(app.page, 'Query');
  await app.page.getByRole('button', { name: 'Open', exact: true }).click();

  const picture = viewport(app.page);
  await expect(picture).toHaveAttribute('data-state', 'shown', { timeout: 30_000 });
  await expect(picture).toHaveAttribute('data-image-count', '60');
  await picture.hover();
  await app.page.mouse.wheel(0, 100);
  await expect(picture).not.toHaveAttribute('data-image-index', '0');
  await expect(picture).toHaveAttribute('data-state', 'shown');
  await expectAccessible(app.page);
});

test('is accessible where nothing has happened yet', async () => {
  for (const screen of ['Send', 'Settings'] as const) {
    await goTo(app.page, screen);
    await expectAccessible(app.page);
  }
});

test('said nothing in error on the way', () => {
  expect(app.pageErrors).toEqual([]);
});
