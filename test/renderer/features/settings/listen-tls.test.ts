import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHarness, type Harness } from '../../harness/open-harness.ts';

let harness: Harness | null = null;

beforeAll(async () => {
  harness = await openHarness();
}, 180_000);

afterAll(async () => {
  await harness?.[Symbol.asyncDispose]();
});

async function open(skip: (note: string) => void, query: string): Promise<Page> {
  if (harness === null) skip('there is no Chromium');
  const page = await harness!.open(query);
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  return page;
}

async function violations(page: Page): Promise<readonly string[]> {
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe('listening with TLS', () => {
  it('is turned on by the keyboard, and says what is missing', async ({ skip }) => {
    const page = await open(skip, '?scene=full');
    const shown = page.getByLabel('Certificate to show');
    expect(await shown.isDisabled()).toBe(true);

    await page.getByRole('checkbox', { name: 'Listen with TLS' }).focus();
    await page.keyboard.press('Space');

    await page.getByText('Without one nothing listens').waitFor();
    expect(await shown.isDisabled()).toBe(false);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Control+s');
    await page.getByText('Listening at 127.0.0.1:11112 with TLS').first().waitFor();
    await page.getByText('Yes, and nothing else').waitFor();
  });

  it('shows one of our certificates, and who was refused', async ({ skip }) => {
    const page = await open(skip, '?scene=broken');
    await page.getByText('10.0.4.12 spoke plain DICOM at our TLS port, and was refused.').waitFor();
    await page.getByRole('checkbox', { name: 'Listen with TLS' }).click();

    await page.getByLabel('Certificate to show').selectOption({ label: 'viewer7.example.org' });

    await page.getByText('One of ours, imported in Certificates').waitFor();
    expect(await page.getByLabel('Certificate to show').locator('option').allInnerTexts()).toEqual([
      'None is chosen',
      'viewer7.example.org',
    ]);
    expect(await violations(page)).toEqual([]);
  });
});
