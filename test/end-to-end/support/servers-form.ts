import { expect, type Page } from '@playwright/test';
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
  await page.getByLabel('AE title').and(visible(page)).fill(server.aeTitle);
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

/** Runs the echo test and waits until it has ended. @returns the texts of its lines */
export async function echo(page: Page): Promise<readonly string[]> {
  await page.getByRole('button', { name: 'Echo', exact: true }).click();
  const lines = page.getByRole('list', { name: 'Steps' }).getByRole('listitem');
  await expect(page.locator('.echo-line[data-state="running"]')).toHaveCount(0, { timeout: 20_000 });
  await expect(lines).not.toHaveCount(0);
  return lines.allInnerTexts();
}

/** Screens stay mounted when they are not shown, so a label may be there twice. */
function visible(page: Page) {
  return page.locator(':visible');
}
