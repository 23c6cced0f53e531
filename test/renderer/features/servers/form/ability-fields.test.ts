import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHarness, type Harness } from '../../../harness/open-harness.ts';

let harness: Harness | null = null;

beforeAll(async () => {
  harness = await openHarness();
}, 180_000);

afterAll(async () => {
  await harness?.[Symbol.asyncDispose]();
});

describe('what a server is used for', () => {
  it('is ticked by the keyboard, saved, and ticked when it is shown again', async ({ skip }) => {
    if (harness === null) skip('there is no Chromium');
    const page = await harness!.open('?scene=full');
    await page.getByRole('navigation').getByRole('button', { name: 'Servers' }).click();
    await page.getByRole('option', { name: 'Main PACS' }).click();
    await page.getByRole('button', { name: /^More / }).click();
    const uses = page.getByRole('group', { name: 'Used for' });
    await uses.getByText('None ticked: for everything that it offers').waitFor();

    await uses.getByRole('checkbox', { name: 'Query' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await uses.getByText('Nothing else is asked of it from here').waitFor();
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await page.getByRole('button', { name: 'Save', exact: true }).locator('visible=true').click();
    await page.getByText('Saved', { exact: true }).locator('visible=true').waitFor();

    const list = page.getByRole('listbox', { name: 'Servers' });
    await list.getByRole('option', { name: 'Radiology PACS' }).click();
    await expect.poll(() => uses.getByRole('checkbox', { checked: true }).count()).toBe(0);
    await list.getByRole('option', { name: 'Main PACS' }).click();
    await uses.getByText('Nothing else is asked of it from here').waitFor();
    const ticked = await uses
      .getByRole('checkbox', { checked: true })
      .evaluateAll((boxes) => boxes.map((box) => box.closest('label')?.textContent));
    expect(ticked).toEqual(['Query', 'Send']);
  });
});
