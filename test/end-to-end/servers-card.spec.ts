import { expect, test, type Locator } from '@playwright/test';
import { runDcmtk } from '../support/peers/index.ts';
import { launchApp, type RunningApp } from './support/launch-app.ts';
import { scanQr } from './support/scan-qr.ts';
import { goTo } from './support/screens.ts';

/** Our connection card goes out by a camera and comes in again at another viewer. */
test('the connection card is scanned, pasted, and makes the server that it tells of', async () => {
  await using app: RunningApp = await launchApp({ settings: { aeTitle: 'ROOM7', listenAddress: '0.0.0.0' } });
  await using other = await launchApp({ settings: { aeTitle: 'ARCHIVE1' } });
  await goTo(app.page, 'Servers');
  await app.page.getByRole('button', { name: 'List actions' }).click();
  await app.page.getByRole('menuitem', { name: 'My connection card…' }).click();

  const text = await scanQr(app.page.getByRole('figure', { name: 'The card as a QR code' }));

  expect(text).toMatch(/^AE title: ROOM7\nHost: \S+/);
  expect(text).toContain(`Port: ${app.listenPort}`);
  const shown = await app.page.getByRole('dialog').getByRole('listitem').allInnerTexts();
  expect(shown.length).toBeGreaterThan(0);
  for (const address of shown) expect(text).toContain(address.split(' ')[0]);

  const field = (label: string): Locator =>
    other.page.getByLabel(label, { exact: true }).locator('visible=true');
  await goTo(other.page, 'Servers');
  await other.page.getByRole('button', { name: 'List actions' }).click();
  await other.page.getByRole('menuitem', { name: 'Paste the administrator’s reply…' }).click();
  await other.page.getByLabel('Mail, table or line').fill(text ?? '');
  await other.page.getByRole('button', { name: 'Fill a new server’s form' }).click();
  await expect(field('AE title')).toHaveValue('ROOM7');
  await expect(field('Port number')).toHaveValue(`${app.listenPort}`);
  await field('DICOM server name').fill('Reading room 7');
  await other.page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(other.page.getByText('Saved', { exact: true })).toBeVisible();

  const host = await field('IP address or domain name').inputValue();
  const echoed = await runDcmtk('echoscu', ['-aec', 'ROOM7', host, await field('Port number').inputValue()]);
  expect(echoed).toMatchObject({ code: 0 });
  expect([...app.pageErrors, ...other.pageErrors]).toEqual([]);
});
