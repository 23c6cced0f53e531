import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { ArchiveSeries, ArchiveStudy } from '../../electron/contract/archive.ts';
import { mustRun } from '../support/peers/index.ts';
import { runCli } from '../support/run-cli.ts';
import { ask } from './support/bridge.ts';
import { launchApp, type RunningApp } from './support/launch-app.ts';
import { goTo, viewport } from './support/screens.ts';

/**
 * Files of many makers, the broken ones among them: each that the archive is given either shows, or
 * says why not.
 */
const data = join(import.meta.dirname, '../../../shared/data');

test.describe.configure({ mode: 'serial' });
test.skip(!existsSync(data), 'the collection of real files is not here');

/** What the viewport said of one instance. */
interface Outcome {
  readonly state: string;
  readonly words: string;
}

let app: RunningApp;
let studies: readonly ArchiveStudy[];
const outcomes = new Map<string, Outcome>();

test.beforeAll(async () => {
  app = await launchApp();
});
test.afterAll(() => app[Symbol.asyncDispose]());

test('every file is sent to the app, and taken or refused with a reason', async () => {
  const { lines } = await runCli([
    'send',
    ...['--host', '127.0.0.1', '--port', `${app.listenPort}`, '--called', 'GANTRY'],
    data,
  ]);

  const files = lines.filter((line) => 'file' in line);
  const silent = files.filter((line) => line['outcome'] !== 'stored' && !line['failure']);
  print('Sent', countBy(files, wordsOfLine));
  expect(files.length).toBeGreaterThan(400);
  expect(silent).toEqual([]);
  const listed = await ask<readonly ArchiveStudy[]>(app.page, 'archive.studies', undefined);
  studies = listed.ok ? listed.value : [];
  expect(studies.length).toBeGreaterThan(100);
});

test('every instance in the archive shows, or says why it does not', async () => {
  test.setTimeout(300_000);
  await goTo(app.page, 'Viewer');
  const list = app.page.getByRole('listbox', { name: 'Studies in the local archive' });
  await expect(list.getByRole('option').first()).toBeVisible();
  await list.getByRole('option').first().focus();
  await app.page.keyboard.press('Home');

  for (const [index] of studies.entries()) {
    if (index > 0) {
      await list.focus();
      await app.page.keyboard.press('ArrowDown');
    }
    await app.page.keyboard.press('Enter');
    const selected = list.locator('[aria-selected="true"]');
    await expect(selected).toBeFocused();
    await walkStudy((await selected.getAttribute('data-key'))!);
  }

  print('Viewed', countBy([...outcomes.values()], ({ state, words }) => (words === '' ? state : words)));
  const wordless = [...outcomes].filter(([, { state, words }]) => state === 'failed' && words === '');
  expect(wordless).toEqual([]);
  expect(outcomes.size).toBe(studies.reduce((all, { instanceCount }) => all + instanceCount, 0));
});

test('the app is as alive as before', async () => {
  await mustRun('echoscu', ['-aec', 'GANTRY', '127.0.0.1', `${app.listenPort}`]);
  await goTo(app.page, 'Query');
  await expect(app.page.getByRole('heading', { name: 'Query and retrieve' })).toBeVisible();

  // A frame that can't be read is answered with 422, which the browser tells as an error of its own.
  const unexpected = app.pageErrors.filter((error) => !/Failed to load resource.*(422|404)/.test(error));
  expect(unexpected).toEqual([]);
});

/** Goes through the series by Page Down, through the images by the arrow, all frames of one at once. */
async function walkStudy(studyInstanceUid: string): Promise<void> {
  const answer = await ask<readonly ArchiveSeries[]>(app.page, 'archive.series', studyInstanceUid);
  const series = answer.ok ? answer.value : [];
  for (const [index, { instances }] of series.entries()) {
    if (index > 0) await viewport(app.page).press('PageDown');
    const uids = instances.map(({ sopInstanceUid }) => sopInstanceUid);
    await settled({ among: uids, index: 0 });
    let at = 0;
    for (const { sopInstanceUid, image } of instances) {
      if (at > 0) await settled({ among: [sopInstanceUid], index: at });
      outcomes.set(sopInstanceUid, await outcomeInSight());
      const frames = image?.frameCount ?? 1;
      at += frames;
      for (let tens = 0; tens < Math.floor(frames / 10); tens += 1) {
        await viewport(app.page).press('Shift+ArrowDown');
      }
      for (let ones = 0; ones < frames % 10; ones += 1) await viewport(app.page).press('ArrowDown');
    }
  }
}

/** Waits until one of these instances is in sight at this place, shown or not. */
async function settled(wanted: { readonly among: readonly string[]; readonly index: number }): Promise<void> {
  await app.page.waitForFunction(
    ({ among, index }) => {
      const { imageIndex, sopInstanceUid = '', state = '' } =
        document.querySelector<HTMLElement>('.viewport')?.dataset ?? {};
      return Number(imageIndex) === index && among.includes(sopInstanceUid) && /shown|failed/.test(state);
    },
    wanted,
    { timeout: 20_000 },
  );
}

async function outcomeInSight(): Promise<Outcome> {
  const notice = viewport(app.page).locator('.viewport-notice');
  return {
    state: (await viewport(app.page).getAttribute('data-state')) ?? '',
    words: (await notice.count()) === 0 ? '' : (await notice.innerText()).replaceAll(/\s+/g, ' ').trim(),
  };
}

function wordsOfLine({ outcome, failure }: Readonly<Record<string, unknown>>): string {
  return failure === undefined || failure === null ? String(outcome) : `${String(outcome)}: ${JSON.stringify(failure)}`;
}

function countBy<Value>(values: readonly Value[], wordsOf: (value: Value) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(wordsOf(value), (counts.get(wordsOf(value)) ?? 0) + 1);
  return counts;
}

function print(title: string, counts: ReadonlyMap<string, number>): void {
  const lines = [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .map(([words, count]) => `${String(count).padStart(5)}  ${words}`);
  console.log([`${title}:`, ...lines].join('\n'));
}
