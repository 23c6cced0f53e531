import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHarness, type Harness } from '../../../harness/open-harness.ts';

let harness: Harness | null = null;

beforeAll(async () => {
  harness = await openHarness();
}, 180_000);

afterAll(async () => {
  await harness?.[Symbol.asyncDispose]();
});

async function violations(page: Page): Promise<readonly string[]> {
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe('a listen port that the firewall shuts', () => {
  it('is named with the rule, and opened by a command that is shown before', async ({ skip }) => {
    if (harness === null) skip('there is no Chromium');
    const page = await harness!.open('?scene=shut');
    await page.getByRole('navigation').getByRole('button', { name: 'Servers' }).click();
    await page.getByRole('option', { name: 'Main PACS' }).click();

    await page.getByRole('button', { name: 'Echo', exact: true }).click();
    const line = page.locator('[data-step="our-side"]');
    await line.getByText('lets nobody in at port 11112').waitFor();
    await line.getByText('What decides it: Default: deny (incoming).').waitFor();

    const allow = line.getByRole('button', { name: 'Allow port 11112…' });
    await allow.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('/usr/bin/pkexec /usr/sbin/ufw allow 11112/tcp').waitFor();
    await dialog.getByText('asks for an administrator’s password').waitFor();
    expect(await violations(page)).toEqual([]);

    await dialog.getByRole('button', { name: 'Allow port 11112' }).click();
    await dialog.getByText('The firewall lets it in now').waitFor();
    expect(await violations(page)).toEqual([]);
    // While the test runs anew the button is away; the one that comes back is another.
    await page
      .locator('[data-step="our-side"] button')
      .first()
      .evaluate((element) => {
        element.dataset['before'] = '';
      });
    await dialog.getByRole('button', { name: 'Test again' }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => page.locator('[data-before]').count()).toBe(0);
  });

  it('has nothing to open while the form has changed since the test', async ({ skip }) => {
    if (harness === null) skip('there is no Chromium');
    const page = await harness!.open('?scene=shut');
    await page.getByRole('navigation').getByRole('button', { name: 'Servers' }).click();
    await page.getByRole('option', { name: 'Main PACS' }).click();
    await page.getByRole('button', { name: 'Echo', exact: true }).click();
    const allow = page.getByRole('button', { name: 'Allow port 11112…' });
    await allow.waitFor();

    await page.getByLabel('Listen port number').fill('4242');

    await expect.poll(() => allow.count()).toBe(0);
  });
});
