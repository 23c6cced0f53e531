import type { Locator, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHarness, type Harness } from '../harness/open-harness.ts';

let harness: Harness | null = null;

beforeAll(async () => {
  harness = await openHarness();
}, 180_000);

afterAll(async () => {
  await harness?.[Symbol.asyncDispose]();
});

/** 1280x800 at 200 %. */
const zoomed = { width: 640, height: 400 };

/** Skips the test where there is no Chromium. */
async function open(skip: (note: string) => void, query: string, screen: string): Promise<Page> {
  if (harness === null) skip('there is no Chromium');
  const page = await harness!.open(query, zoomed);
  await page.getByRole('navigation').getByRole('button', { name: screen }).click();
  return page;
}

describe('at 200 % zoom', () => {
  it('a transfer says whose it is and from where', async ({ skip }) => {
    const page = await open(skip, '?scene=full&transfers', 'Transfers');
    const line = page.locator('.transfer-line').filter({ hasText: 'Yamada' });

    expect(await shownWhole(line.locator('.transfer-words strong'))).toBe(true);
    expect(await shownWhole(line.locator('.transfer-server'))).toBe(true);
    expect(await shownWhole(line.locator('.status-dot'))).toBe(true);
  });

  it('a send says how it goes within the window', async ({ skip }) => {
    const page = await open(skip, '?scene=full&steps=4', 'Send');
    await page.getByRole('button', { name: 'Add folder…' }).click();
    await page.getByText('60 files · 32 MB').waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Send', exact: true }).click();

    await page
      .getByText(/failed/)
      .locator('visible=true')
      .first()
      .waitFor();
    const words = page.locator('.send-progress .progress-words');
    await words.scrollIntoViewIfNeeded();
    expect(await shownWhole(words)).toBe(true);
  });

  it('a form that can’t be saved takes the keyboard to its first problem', async ({ skip }) => {
    const page = await open(skip, '?scene=full', 'Settings');
    const port = page.getByLabel('Listen port', { exact: true }).locator('visible=true');
    await port.fill('0');

    await page.getByRole('button', { name: 'Save', exact: true }).locator('visible=true').click();

    await expect.poll(() => port.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});

/** Neither cut by its own edge nor beyond the window's. */
function shownWhole(text: Locator): Promise<boolean> {
  return text.evaluate((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    for (let box: Element | null = element; box !== null; box = box.parentElement) {
      if (getComputedStyle(box).overflowX === 'visible') continue;
      const edge = box.getBoundingClientRect();
      if (left < edge.left - 1 || right > edge.right + 1) return false;
    }
    return width > 8 && element.scrollWidth <= element.clientWidth + 1 && right <= innerWidth + 1;
  });
}
