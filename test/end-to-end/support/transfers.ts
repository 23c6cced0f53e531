import { expect, type Locator, type Page } from '@playwright/test';
import { goTo, studyRow } from './screens.ts';

/** Searches the server of this name for everything. */
export async function search(page: Page, serverName: string): Promise<void> {
  await goTo(page, 'Query');
  await page.getByLabel('DICOM server').and(page.locator(':visible')).selectOption({ label: serverName });
  await page.getByRole('button', { name: 'Search', exact: true }).click();
}

/** Searches, and retrieves the study whose row holds this text. Leaves the Transfers screen in sight. */
export async function retrieveStudy(page: Page, serverName: string, text: string): Promise<void> {
  await search(page, serverName);
  await studyRow(page, text).click();
  await page.getByRole('button', { name: 'Retrieve', exact: true }).click();
  await goTo(page, 'Transfers');
}

/** The transfers, the newest first. */
export function transfers(page: Page): Locator {
  return page.locator('.transfers-list > li');
}

/** Waits until the newest transfer has ended like this, and opens its details. @returns its line with them */
export async function endedTransfer(
  page: Page,
  state: 'done' | 'incomplete' | 'failed' | 'cancelled',
): Promise<Locator> {
  const newest = transfers(page).first();
  await expect(newest).toHaveAttribute('data-state', /done|incomplete|failed|cancelled/, { timeout: 60_000 });
  await expect(newest).toHaveAttribute('data-state', state);
  await newest.locator('.transfer-subject').click();
  await expect(newest.locator('.transfer-details')).toBeVisible();
  return newest;
}
