import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHarness, type Harness } from '../../harness/open-harness.ts';

let harness: Harness | null = null;

beforeAll(async () => {
  harness = await openHarness();
}, 180_000);

afterAll(async () => {
  await harness?.[Symbol.asyncDispose]();
});

/** Skips the test where there is no Chromium. */
async function openServer(skip: (note: string) => void, name: string): Promise<Page> {
  if (harness === null) skip('there is no Chromium');
  const page = await harness!.open('?scene=full');
  await page.getByRole('navigation').getByRole('button', { name: 'Servers' }).click();
  await page.getByRole('option', { name }).click();
  return page;
}

async function violations(page: Page): Promise<readonly string[]> {
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe('beside the preferred compression', () => {
  const negotiated = (page: Page): Locator => page.getByRole('region', { name: 'Negotiated last time' });

  it('stands what was negotiated last time, for each modality and direction, and how fast it was', async ({
    skip,
  }) => {
    const page = await openServer(skip, 'Main PACS');
    await negotiated(page).getByRole('row').nth(4).waitFor();

    const rows = await negotiated(page).getByRole('row').allInnerTexts();
    const said = rows.slice(1).map((row) => row.replaceAll(/\s+/g, ' ').trim());

    expect(said).toEqual([
      'CT received by C-MOVE JPEG 2000, lossless (JPEG 2000 (Lossless Only)) 38 MB/s 3 min ago',
      'MR received by C-MOVE JPEG, lossless (JPEG Lossless (Process 14, Selection Value 1)) 31 MB/s 3 min ago',
      'Secondary capture image received by C-MOVE Uncompressed (Explicit VR Little Endian) 2 h ago',
      'CT sent by C-STORE out Uncompressed (Explicit VR Little Endian) 26 MB/s 2 days ago',
    ]);
    expect(await violations(page)).toEqual([]);
  });

  it('stands that nothing has come, in the same place', async ({ skip }) => {
    const page = await openServer(skip, 'Main PACS');
    const before = await negotiated(page).boundingBox();

    await page.getByRole('option', { name: 'Demo archive' }).click();
    await negotiated(page).getByText('Nothing has come or gone yet').waitFor();

    expect(await negotiated(page).boundingBox()).toEqual(before);
  });
});

describe('the links that are declared, beside what was seen', () => {
  it('are reached and read by keyboard alone, and saved as a table', async ({ skip }) => {
    const page = await openServer(skip, 'Main PACS');
    await page.getByRole('button', { name: 'List actions' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Links…' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'New link' }).focus();
    await page.keyboard.press('Enter');
    await dialog.getByLabel('To', { exact: true }).selectOption({ label: 'Main PACS' });
    await dialog.getByLabel('Direction').selectOption({ index: 0 });
    await dialog.getByRole('button', { name: 'Save link' }).focus();
    await page.keyboard.press('Enter');
    await dialog.getByText('This viewer → Main PACS').waitFor();

    await dialog.getByRole('button', { name: 'Declared and seen…' }).focus();
    await page.keyboard.press('Enter');

    await page.getByRole('dialog', { name: 'Links: declared and seen' }).waitFor();
    const table = dialog.getByRole('table');
    await table.getByText('Main PACS sent images here by itself (C-STORE)').waitFor();
    expect(await dialog.getByRole('status').first().innerText()).toBe(
      '1 link is declared. One line differs from what was seen.',
    );
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save report as CSV…' }).focus();
    await page.keyboard.press('Enter');
    await dialog.getByText('Saved as links.csv').waitFor();
    await dialog.getByRole('button', { name: 'Back to the links' }).focus();
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'New link' }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(harness!.complaints).toEqual([]);
  });
});
