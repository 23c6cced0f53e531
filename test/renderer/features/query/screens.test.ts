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
async function open(skip: (note: string) => void, query: string): Promise<Page> {
  if (harness === null) skip('there is no Chromium');
  return await harness!.open(query);
}

const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Studies' });
const rowAt = (page: Page, index: number): Locator => grid(page).locator(`[aria-rowindex="${index}"]`);
const button = (page: Page, name: string): Locator =>
  page.getByRole('main').getByRole('button', { name, exact: true });

/** By pressing its button: a key may be pressed before the page hears keys. */
async function goTo(page: Page, screen: 'Transfers' | 'Send'): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: screen }).click();
}

async function search(page: Page): Promise<void> {
  await button(page, 'Search').click();
  await page.getByText(/ · limit |limit .* reached/).waitFor();
}

async function violations(page: Page): Promise<readonly string[]> {
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe('the query screen', () => {
  it('is built so that everyone can use it', async ({ skip }) => {
    const page = await open(skip, '?scene=full');
    await search(page);
    await rowAt(page, 2).click();
    await page.getByText('Scout').waitFor();

    expect(await violations(page)).toEqual([]);
  });

  it('finds by Enter in a field, and moves through rows by keys alone', async ({ skip }) => {
    const page = await open(skip, '?scene=full&rows=2000');
    await page.getByLabel('Limit').fill('2000');
    await page.getByLabel('Patient name').press('Enter');
    await page.getByText('2,000 studies').waitFor();
    await rowAt(page, 2).focus();

    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focusedRow(page)).toBe('3');
    await page.keyboard.press('End');
    await expect.poll(() => focusedRow(page)).toBe('2001');
    await page.keyboard.press('PageUp');
    await expect.poll(async () => Number(await focusedRow(page))).toBeLessThan(1990);
    await page.keyboard.press('Home');
    await expect.poll(() => focusedRow(page)).toBe('2');
    expect(await grid(page).getAttribute('aria-rowcount')).toBe('2001');
    expect(await rowAt(page, 2).getAttribute('aria-selected')).toBe('true');
  });

  it('draws only the rows in sight, and keeps the focus on one that is scrolled away', async ({ skip }) => {
    const page = await open(skip, '?scene=full&rows=9000&pace=0');
    await page.getByLabel('Limit').fill('10000');
    await search(page);
    await rowAt(page, 3).click();
    await grid(page).evaluate((element) => {
      element.scrollTop = element.scrollHeight / 2;
    });

    await rowAt(page, 4500).waitFor();
    expect(await grid(page).getByRole('row').count()).toBeLessThan(80);
    expect(await focusedRow(page)).toBe('3');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focusedRow(page)).toBe('4');
  });

  it('finds a row by typing the beginning of its name', async ({ skip }) => {
    const page = await open(skip, '?scene=full');
    await search(page);
    await rowAt(page, 2).focus();

    await page.keyboard.type('mul');
    await expect.poll(() => page.locator(':focus').innerText()).toContain('Müller');
  });

  it('sorts by a column and says so', async ({ skip }) => {
    const page = await open(skip, '?scene=full');
    await search(page);

    await grid(page).getByRole('button', { name: 'Patient name' }).click();
    const heading = grid(page).getByRole('columnheader', { name: 'Patient name' });
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    await expect.poll(() => rowAt(page, 2).innerText()).toContain('Adams');
    await heading.getByRole('button').press('Enter');
    await expect.poll(() => heading.getAttribute('aria-sort')).toBe('descending');
  });

  it('widens a column by keys and by its edge', async ({ skip }) => {
    const page = await open(skip, '?scene=full');
    const heading = grid(page).getByRole('columnheader', { name: 'Patient ID' });
    const width = async (): Promise<number> => (await heading.boundingBox())!.width;
    const before = await width();

    await heading.getByRole('button').press('Alt+ArrowRight');
    await expect.poll(width).toBe(before + 16);
    const box = (await heading.boundingBox())!;
    await page.mouse.move(box.x + box.width - 2, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width + 38, box.y + 10);
    await page.mouse.up();
    await expect.poll(width).toBe(before + 56);
  });

  it('never shows a failure as zero results', async ({ skip }) => {
    const page = await open(skip, '?scene=full');
    await page.getByLabel('Patient ID').fill('refused');
    await page.getByLabel('Patient ID').press('Enter');

    await page.getByRole('alert').waitFor();
    expect(await page.getByText('No study matches').count()).toBe(0);
    expect(await page.getByText(/\b0 studies/).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
  });

  it('keeps the rows that came before it failed, marked as incomplete', async ({ skip }) => {
    const page = await open(skip, '?scene=full&rows=120');
    await page.getByLabel('Accession number').fill('some');
    await page.getByLabel('Patient ID').fill('status');
    await page.getByLabel('Patient ID').press('Enter');

    await page.getByRole('alert').waitFor();
    await page.getByText('Incomplete: 50 studies came before it failed').waitFor();
    expect(await grid(page).getAttribute('aria-rowcount')).toBe('51');
  });

  it('says what was asked when nothing matches', async ({ skip }) => {
    const page = await open(skip, '?scene=full');
    await page.getByLabel('Patient name').fill('nobody');
    await page.getByLabel('Modality').fill('ct');
    await page.getByLabel('Patient name').press('Enter');

    await expect
      .poll(() => page.getByText('it has none for patient name nobody*, CT.').isVisible())
      .toBe(true);
  });

  it('stops in the place where it was started, without a jump', async ({ skip }) => {
    const page = await open(skip, '?scene=full&rows=900&pace=300');
    const before = await button(page, 'Search').boundingBox();
    await button(page, 'Search').click();
    await rowAt(page, 2).waitFor();

    expect(await button(page, 'Stop').boundingBox()).toEqual(before);
    await button(page, 'Stop').click();
    await page.getByText(/^Stopped · \d+ studies so far/).waitFor();
    expect(await button(page, 'Search').boundingBox()).toEqual(before);
  });

  it('says that the limit cut', async ({ skip }) => {
    const page = await open(skip, '?scene=full&rows=900&pace=0');
    await button(page, 'Search').click();

    const advice = 'limit 500 reached: there are more; narrow the search or raise the limit';
    await expect.poll(() => page.getByText(advice).isVisible()).toBe(true);
  });

  it('retrieves with Enter, and shows how much of it is here as it arrives', async ({ skip }) => {
    const page = await open(skip, '?scene=full&steps=5');
    await search(page);
    await rowAt(page, 2).press('Enter');

    await page.getByText(/Receiving · \d+ of 12/).waitFor();
    await rowAt(page, 2).getByText('complete').waitFor();
    await expect.poll(() => page.getByText('All here · 12 of 12').isVisible()).toBe(true);
  });

  it('asks for a server first when there is none', async ({ skip }) => {
    const page = await open(skip, '?scene=empty');
    await button(page, 'New server').waitFor();
    expect(await violations(page)).toEqual([]);

    await button(page, 'Try the demo archive').click();
    await expect.poll(() => page.getByRole('combobox', { name: 'DICOM server' }).inputValue()).toBe('f');
  });
});

describe('the transfers screen', () => {
  it('opens what did not simply work beneath a transfer, in words', async ({ skip }) => {
    const page = await open(skip, '?scene=full&transfers');
    await goTo(page, 'Transfers');
    await page.getByRole('button', { expanded: false }).nth(2).click();

    await page.getByText('Port 104 could not be listened on').waitFor();
    await page.getByText('Main PACS counted 512 instances, 507 arrived here.').waitFor();
    await expect
      .poll(() => page.getByRole('grid', { name: 'What did not simply work' }).getAttribute('aria-rowcount'))
      .toBe('6');
    expect(await violations(page)).toEqual([]);
  });

  it('clears what has ended, and keeps what goes on', async ({ skip }) => {
    const page = await open(skip, '?scene=full&transfers');
    await goTo(page, 'Transfers');
    await button(page, 'Clear ended').click();

    await expect
      .poll(() => page.getByRole('list', { name: 'Transfers' }).getByRole('listitem').count())
      .toBe(2);
  });
});

describe('the send screen', () => {
  it('lists every file with its outcome, and the sum adds up', async ({ skip }) => {
    const page = await open(skip, '?scene=full&steps=4');
    await goTo(page, 'Send');
    await button(page, 'Add folder…').click();
    await page.getByText('60 files · 32 MB').waitFor();
    await button(page, 'Send').click();

    await page.getByRole('radio', { name: '0 to send' }).waitFor();
    const parts = await page.getByRole('radiogroup').getByRole('radio').allInnerTexts();
    const [all, ...rest] = parts.map((text) => Number(/\d+/.exec(text)![0]));
    expect(all).toBe(60);
    expect(rest.reduce((sum, part) => sum + part, 0)).toBe(60);
    await page.getByRole('radio', { name: 'refused' }).click();
    await expect
      .poll(() => page.getByRole('grid', { name: 'Files' }).getAttribute('aria-rowcount'))
      .toBe(String(1 + rest[3]!));
    expect(await violations(page)).toEqual([]);
  });

  it('removes a study from what is to be sent', async ({ skip }) => {
    const page = await open(skip, '?scene=full');
    await goTo(page, 'Send');
    await button(page, 'Add folder…').click();
    await page.getByText('60 files · 32 MB').waitFor();
    await button(page, 'Remove CT Chest with contrast').click();

    await expect.poll(() => page.getByText(/^50 files ·/).isVisible()).toBe(true);
  });
});

it('nothing complained meanwhile', ({ skip }) => {
  if (harness === null) skip('there is no Chromium');
  expect(harness!.complaints).toEqual([]);
});

function focusedRow(page: Page): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex') ?? null);
}
