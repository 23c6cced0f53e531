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

const small = { width: 640, height: 400 };

/** Skips the test where there is no Chromium. */
async function open(
  skip: (note: string) => void,
  query: string,
  size?: { readonly width: number; readonly height: number },
): Promise<Page> {
  if (harness === null) skip('there is no Chromium');
  const page = await harness!.open(query, size);
  await page.getByRole('navigation').getByRole('button', { name: 'Servers' }).click();
  await page.getByRole('option').first().waitFor();
  return page;
}

const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: true }).locator('visible=true');
const server = (page: Page, name: string): Locator => page.getByRole('option', { name });
const names = (page: Page): Promise<readonly string[]> =>
  page.getByRole('listbox', { name: 'Servers' }).locator('.server-row-name').allInnerTexts();

async function violations(page: Page): Promise<readonly string[]> {
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe('the list of servers', () => {
  it('is accessible while there is none', async ({ skip }) => {
    if (harness === null) skip('there is no Chromium');
    const page = await harness!.open('?scene=empty');
    await page.getByRole('navigation').getByRole('button', { name: 'Servers' }).click();
    await page.getByText('No server yet').locator('visible=true').waitFor();

    expect(await violations(page)).toEqual([]);
  });

  it('is put in order by keys, and says so', async ({ skip }) => {
    const page = await open(skip, '?scene=full');
    await server(page, 'Main PACS').click();

    await page.keyboard.press('Alt+ArrowUp');
    expect((await names(page)).slice(0, 2)).toEqual(['Main PACS', 'Radiology PACS']);
    await page.getByText('Main PACS is now number 1 of 6').waitFor({ state: 'attached' });
    await page.keyboard.press('Alt+ArrowUp');
    expect((await names(page))[0]).toBe('Main PACS');
  });

  it('is put in order by dragging', async ({ skip }) => {
    const page = await open(skip, '?scene=full');

    await server(page, 'Demo archive').dragTo(server(page, 'Main PACS'), { targetPosition: { x: 60, y: 4 } });

    await expect.poll(() => names(page)).toContain('Demo archive');
    expect((await names(page)).indexOf('Demo archive')).toBe(1);
  });

  it('is searched by name, AE title and address', async ({ skip }) => {
    const page = await open(skip, '?scene=full');

    await page.getByLabel('Search servers').fill('tokyo2');
    expect(await names(page)).toEqual(['東京第二病院 放射線科']);
    await page.getByLabel('Search servers').fill('nowhere');
    await page.getByText('None of the 6 servers has this in it').waitFor();
  });

  it('retires a server and brings it back', async ({ skip }) => {
    const page = await open(skip, '?scene=full');
    await server(page, 'Main PACS').click();

    await button(page, 'Retire').click();
    await page
      .getByLabel('Replaced by')
      .locator('visible=true')
      .last()
      .selectOption({ label: 'Radiology PACS' });
    await page.getByRole('alertdialog').getByRole('button', { name: 'Retire' }).click();

    await server(page, 'Main PACS').getByText('obsolete').waitFor();
    await page.getByText('Use “Radiology PACS” instead').locator('visible=true').first().waitFor();
    await expect.poll(() => button(page, 'Echo').isDisabled()).toBe(true);
    await button(page, 'Bring back').click();
    await expect.poll(() => server(page, 'Main PACS').getByText('obsolete').count()).toBe(0);
  });
});

describe('the connection test', () => {
  it('fills its nine lines in, and offers the tenth proof', async ({ skip }) => {
    const page = await open(skip, '?scene=full');
    await server(page, 'Main PACS').click();

    await button(page, 'Echo').click();
    await page.getByText('READY TO QUERY; RETRIEVE NOT PROVEN').waitFor();
    await page.getByText('Every step passed').waitFor();
    expect(await page.locator('.test-line').count()).toBe(9);
    expect(await violations(page)).toEqual([]);

    await button(page, 'Test with one image…').click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Test with one image' }).click();
    await page.getByText('READY TO QUERY AND RETRIEVE').waitFor();
    await page.getByText('one image by C-MOVE').waitFor();
  });

  it('says of a failure the cause, who must act, and what to send', async ({ skip }) => {
    const page = await open(skip, '?scene=broken');

    await button(page, 'Echo').click();
    await page.getByText('Failed at Association').waitFor();

    const failed = page.locator('.test-line[data-state="failed"]');
    await failed.getByText('calling AE title not recognised.', { exact: false }).first().waitFor();
    await failed.getByText('To be done by the server’s administrator:').waitFor();
    expect(await violations(page)).toEqual([]);

    await failed.getByRole('button', { name: 'Copy message' }).click();
    await page.getByText('Copied').first().waitFor({ state: 'attached' });
    await page.getByLabel('Search servers').fill('');
    await page.getByLabel('Search servers').press('Control+v');
    expect(await page.getByLabel('Search servers').inputValue()).toContain('Please add READING_ROOM_7');
  });

  it('keeps every line in its place while it runs', async ({ skip }) => {
    const page = await open(skip, '?scene=full');
    await server(page, 'Main PACS').click();
    const top = (): Promise<readonly number[]> =>
      page
        .locator('.test-line')
        .evaluateAll((lines) => lines.map((line) => line.getBoundingClientRect().top));
    const before = await top();

    await button(page, 'Echo').click();
    await page.locator('.test-line[data-state="running"]').first().waitFor();

    expect((await top())[0]).toBe(before[0]);
  });

  it('of all servers counts them, is cancelled, and ends as a file', async ({ skip }) => {
    const page = await open(skip, '?scene=full');
    await button(page, 'List actions').click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('menuitem', { name: 'Test all…' }).click();

    await page.getByText('6 of 6 servers').waitFor();
    expect(await violations(page)).toEqual([]);
    await button(page, 'Save report as CSV…').click();
    await page.getByText('Saved as connection-tests.csv').waitFor();
    await button(page, 'Close').click();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });
});

describe('the form of a server', () => {
  it('has the rest behind More, and opens it for a problem inside', async ({ skip }) => {
    const page = await open(skip, '?scene=full');
    await server(page, 'Main PACS').click();
    await page.getByRole('button', { name: /^More / }).click();
    await page.getByLabel('Protocol').waitFor();
    expect(await violations(page)).toEqual([]);

    await page.getByLabel('Protocol').selectOption({ label: 'DICOM and DICOMweb' });
    await page.getByRole('button', { name: /^More / }).click();
    await button(page, 'Save').click();

    await page.getByText('1 field needs attention').waitFor();
    await expect
      .poll(() => page.getByLabel('Web address').evaluate((element) => element === document.activeElement))
      .toBe(true);
    expect(await violations(page)).toEqual([]);
  });

  it('names another server with the same AE title, and one that looks alike', async ({ skip }) => {
    const page = await open(skip, '?scene=full');
    await server(page, 'Main PACS').click();
    const aeTitle = page.getByLabel('AE title', { exact: true }).locator('visible=true');

    await aeTitle.fill('RADPACS');
    await page.getByText('“Radiology PACS” has this AE title too').waitFor();
    await aeTitle.fill('T0KY02');
    await page.getByText('It looks like TOKYO2').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('pins a certificate only after a yes', async ({ skip }) => {
    const page = await open(skip, '?scene=full');
    await server(page, 'Main PACS').click();
    await page.getByRole('button', { name: /^More / }).click();

    await button(page, 'Fetch its certificate…').click();
    await page.getByText('Compare the SHA-256 fingerprint').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.getByLabel('Pinned certificate, SHA-256').inputValue()).toBe('');
    await button(page, 'Pin this certificate').click();

    expect(await page.getByLabel('Pinned certificate, SHA-256').inputValue()).toMatch(/^([0-9A-F]{2}:){31}/);
    await page.getByText('Not saved yet').waitFor();
  });

  it.each(['?scene=full', '?scene=broken'])('can be used at 200 percent zoom: %s', async (query) => {
    if (harness === null) return;
    const page = await open(() => undefined, query, small);
    await page.getByRole('button', { name: /^More / }).click();

    const beyond = await page
      .locator('main button, main input, main select')
      .locator('visible=true')
      .evaluateAll((controls) =>
        controls
          .filter((control) => control.getBoundingClientRect().right > innerWidth + 1)
          .map((control) => control.outerHTML.slice(0, 120)),
      );
    expect(beyond).toEqual([]);
    expect(await violations(page)).toEqual([]);
  });
});

describe('what opens from the list', () => {
  async function choose(page: Page, item: string): Promise<void> {
    await button(page, 'List actions').click();
    await page.getByRole('menuitem', { name: item }).click();
    await page.getByRole('dialog').waitFor();
  }

  it('a list that is imported is looked at, taken over and taken back', async ({ skip }) => {
    const page = await open(skip, '?scene=full');
    await choose(page, 'Import from CSV…');
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Or paste the rows here').fill('name,ae,host,port');
    await button(page, 'Look at these rows').click();

    await page.getByText('A port is a whole number').waitFor();
    expect(await violations(page)).toEqual([]);
    // The button that had the focus is gone, and the keyboard is still in the dialog.
    expect(await page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)).toBe(true);
    await page.getByRole('radio', { name: '4 rows' }).click();
    await page.getByRole('grid').getByText('Set by the administrator').waitFor();
    await button(page, 'Take over: 1 added, 0 changed, 0 removed').click();
    await page.getByText('1 added, 0 changed, 0 removed.').waitFor();
    await button(page, 'Undo').click();
    await page.getByText('as they were before').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('a row of a list is left out by its tick, by Enter, and with all others', async ({ skip }) => {
    const page = await open(skip, '?scene=full');
    await choose(page, 'Import from CSV…');
    await page.getByLabel('Or paste the rows here').fill('name,ae,host,port');
    await button(page, 'Look at these rows').click();
    await page.getByRole('radio', { name: '4 rows' }).click();
    const tick = page.getByRole('checkbox', { name: 'Take over line 2, Cardiology archive' });
    const nothing = button(page, 'Take over: 0 added, 0 changed, 0 removed');

    await tick.uncheck();
    await expect.poll(() => nothing.isDisabled()).toBe(true);
    expect(await violations(page)).toEqual([]);

    await page.getByRole('row').filter({ has: tick }).focus();
    await page.keyboard.press('Enter');
    await button(page, 'Take over: 1 added, 0 changed, 0 removed').waitFor();
    await button(page, 'Leave all of these out').click();
    await expect.poll(() => tick.isChecked()).toBe(false);
    await button(page, 'Take all of these').click();
    await expect.poll(() => tick.isChecked()).toBe(true);
    expect(await page.getByRole('checkbox', { name: /^Take over line/ }).count()).toBe(1);
  });

  it('a reply shows what was found and from which words, and fills a new form', async ({ skip }) => {
    const page = await open(skip, '?scene=full');
    await choose(page, 'Paste the administrator’s reply…');
    await page.getByLabel('Mail, table or line').fill('AE title: PACS9, listens at 11112');

    await page.getByText('from “AE title: PACS9”').waitFor();
    await page.getByText('It does not say that this is the port').waitFor();
    expect(await violations(page)).toEqual([]);
    await button(page, 'Fill a new server’s form').click();

    expect(await page.getByLabel('AE title', { exact: true }).locator('visible=true').inputValue()).toBe(
      'PACS9',
    );
    expect(await page.getByLabel('Port number', { exact: true }).inputValue()).toBe('11112');
    await page.getByText('not saved', { exact: true }).waitFor();
  });

  it('the connection card is shown, copied and drawn', async ({ skip }) => {
    const page = await open(skip, '?scene=full');
    await choose(page, 'My connection card…');

    await page.getByText('the one this server sees').waitFor();
    expect(await page.getByRole('figure', { name: 'The card as a QR code' }).count()).toBe(1);
    expect(await violations(page)).toEqual([]);
  });

  it('a link is refused with a way out, and then obeyed', async ({ skip }) => {
    const page = await open(skip, '?scene=full');
    await choose(page, 'Links…');
    expect(await violations(page)).toEqual([]);
    await button(page, 'New link').click();
    await page
      .getByLabel('To', { exact: true })
      .locator('visible=true')
      .last()
      .selectOption({ label: 'This viewer' });

    await page.getByText('begins and ends at the same place').waitFor();
    expect(await button(page, 'Save link').isDisabled()).toBe(true);
    expect(await violations(page)).toEqual([]);
    await page
      .getByLabel('To', { exact: true })
      .locator('visible=true')
      .last()
      .selectOption({ label: 'Main PACS' });
    await page.getByLabel('Direction').selectOption({ index: 0 });
    await button(page, 'Save link').click();

    await page.getByText('This viewer → Main PACS').waitFor();
  });
});

describe('the effective configuration', () => {
  it('says of every value who set it, in which line, and whether it is locked', async ({ skip }) => {
    const page = await open(skip, '?scene=broken');
    await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('tab', { name: 'Effective configuration' }).click();

    const row = page.getByRole('row', { name: /ae_title/ });
    await row.getByText('/etc/gantry/servers.ini:4').waitFor();
    await row.getByLabel('Locked').waitFor();
    await page.getByText('9f86d081884c7d65', { exact: false }).waitFor();
    await page.getByText('signature verified').waitFor();
    expect(await violations(page)).toEqual([]);
  });
});

describe('certificates', () => {
  it('are shown with their chains, warned of, and imported', async ({ skip }) => {
    const page = await open(skip, '?scene=broken');
    await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('tab', { name: 'Certificates' }).click();

    await page.getByText('2 certificates run out').waitFor();
    await page.getByText('This system has no keyring').waitFor();
    expect(
      await page.getByRole('list', { name: 'Chain of viewer7.example.org' }).getByRole('listitem').count(),
    ).toBe(2);
    expect(await violations(page)).toEqual([]);

    await button(page, 'Import our certificate…').click();
    await page.getByLabel('Passphrase').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await button(page, 'Import').isDisabled()).toBe(true);
  });

  it('complains of nothing by itself', () => {
    expect(harness?.complaints ?? []).toEqual([]);
  });
});
