import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openHarness, type Harness } from '../../../harness/open-harness.ts';

let harness: Harness | null = null;

beforeAll(async () => {
  harness = await openHarness();
}, 180_000);

afterAll(async () => {
  await harness?.[Symbol.asyncDispose]();
});

it('shows the name that was read in the letters of the record, for a person to judge', async ({ skip }) => {
  if (harness === null) skip('there is no Chromium');
  const page = await harness!.open('?scene=full');
  await page.getByRole('navigation').getByRole('button', { name: 'Servers' }).click();
  await page.getByRole('listbox', { name: 'Servers' }).getByRole('option', { name: 'Main PACS' }).click();
  await page.getByRole('button', { name: /^More / }).click();
  await page.getByLabel('Query character set').selectOption({ value: '\\ISO 2022 IR 87' });

  await page.getByRole('button', { name: 'Echo', exact: true }).locator('visible=true').click();

  const line = page.locator('.test-line[data-step="query"]');
  await line.getByText('山田 太郎').waitFor();
  await expect.poll(() => line.innerText()).toContain('names read as \\ISO 2022 IR 87, as it says: Yamada');
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});
