import { expect } from '@playwright/test';

/**
 * Walks through the app with the demonstration archive: echo, query, retrieve, look.
 *
 * @param {import('@playwright/test').Page} page
 * @param {{ say: (line: string) => void, picture: (name: string) => Promise<void> }} guide
 */
export async function demoTour(page, { say, picture }) {
  const navigation = page.getByRole('navigation');
  /** @param {string} name */
  const goTo = (name) => navigation.getByRole('button', { name, exact: true }).click();
  const rows = page.getByRole('grid').getByRole('row').filter({ hasText: 'DEMO-' });
  await page.setViewportSize({ width: 1440, height: 900 });
  await navigation.waitFor();
  say('The window is open.');

  await goTo('Servers');
  await page.getByRole('option').filter({ hasText: 'demonstration' }).waitFor();
  await page.getByRole('button', { name: 'Echo', exact: true }).click();
  await expect(page.locator('.test-line[data-step="query"][data-state="passed"]')).toHaveCount(1, {
    timeout: 15_000,
  });
  say('Connection test: name, TCP, association, C-ECHO, services and query passed.');
  await picture('2-servers-test');

  await goTo('Query');
  await page.getByLabel('Patient name').press('Enter');
  await expect(rows).toHaveCount(5, { timeout: 15_000 });
  await rows.filter({ hasText: 'with contrast' }).click();
  await page.getByText('Axial 4.5 mm').first().waitFor();
  say(`Query: ${await rows.count()} studies.`);
  await picture('1-query');

  for (const study of ['with contrast', 'MR head', 'Echocardiography', 'Chest']) {
    await rows.filter({ hasText: study }).click();
    await page.getByRole('button', { name: 'Retrieve', exact: true }).click();
  }
  await goTo('Transfers');
  const transfers = page.getByRole('list', { name: 'Transfers' }).getByRole('listitem');
  const done = page.locator('.transfer[data-state="done"]');
  await expect(transfers).toHaveCount(4);
  await expect(done).toHaveCount(4, { timeout: 120_000 });
  say('Retrieve: 60 CT, 24 MR, 1 ultrasound and 1 radiograph arrived.');
  await picture('4-transfers');

  await goTo('Query');
  await rows.filter({ hasText: 'with contrast' }).click();
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  const viewport = page.locator('.viewport');
  await expect(viewport).toHaveAttribute('data-state', 'shown', { timeout: 60_000 });
  await viewport.hover();
  for (let step = 0; step < 24; step++) await page.mouse.wheel(0, 100);
  await expect(viewport).toHaveAttribute('data-state', 'shown');
  const shown = await viewport.getAttribute('data-image-index');
  say(`Viewer: image ${Number(shown) + 1} of ${await viewport.getAttribute('data-image-count')} is shown.`);
  await picture('3-viewer');
}
