import { expect, type Locator, type Page } from '@playwright/test';
import { goTo } from './screens.ts';

export interface ServerFields {
  readonly name: string;
  readonly aeTitle: string;
  readonly host: string;
  readonly port: number;
  readonly listenPort?: number;
  readonly tls?: boolean;
}

/** Makes a server by the form, as a person would, and saves it. */
export async function addServer(page: Page, server: ServerFields): Promise<void> {
  await goTo(page, 'Servers');
  await page.getByRole('button', { name: 'New server' }).first().click();
  await fillServer(page, server);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  // The list shows the name before it is saved.
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect(page.getByRole('option').filter({ hasText: server.name })).toHaveCount(1);
}

export async function fillServer(page: Page, server: ServerFields): Promise<void> {
  await page.getByLabel('DICOM server name').fill(server.name);
  await page.getByLabel('AE title', { exact: true }).and(visible(page)).fill(server.aeTitle);
  await page.getByLabel('IP address or domain name').fill(server.host);
  await page.getByLabel('Port number', { exact: true }).fill(`${server.port}`);
  if (server.listenPort !== undefined) {
    await page.getByLabel('Listen port number').fill(`${server.listenPort}`);
  }
  const tls = page.getByLabel('TLS / secured server');
  if ((await tls.isChecked()) !== (server.tls ?? false)) {
    await page.getByText('TLS / secured server', { exact: true }).click();
  }
}

/** Runs the connection test and waits until it has ended. @returns the texts of its lines */
export async function testConnection(page: Page): Promise<readonly string[]> {
  const button = page.getByRole('button', { name: 'Echo', exact: true });
  await button.click();
  await expect(page.getByText(/^(Every step passed|Passed, \d+ with|Failed at )/)).toBeVisible({
    timeout: 40_000,
  });
  await expect(button).toBeEnabled();
  return testLines(page).allInnerTexts();
}

/** The lines of the connection test; `state`: only those that came out so. */
export function testLines(
  page: Page,
  state?: 'passed' | 'warned' | 'failed' | 'skipped' | 'running',
): Locator {
  return page.locator(state === undefined ? '.test-line' : `.test-line[data-state="${state}"]`);
}

/** One line of the connection test, by its step. */
export function testLine(page: Page, step: string): Locator {
  return page.locator(`.test-line[data-step="${step}"]`);
}

/** Screens stay mounted when they are not shown, so a label may be there twice. */
function visible(page: Page) {
  return page.locator(':visible');
}
