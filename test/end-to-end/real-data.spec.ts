import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { ArchiveSeries, ArchiveStudy } from '../../electron/contract/archive.ts';
import { mustRun } from '../support/peers/index.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
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
  const files = await sendToApp(data);
  const conflicts = files.filter(({ failure }) => isConflict(failure));
  // Many are one object in several encodings: those go again as objects of their own.
  await using folder = await temporaryFolder();
  const renumbered = await renumber(conflicts, folder.path);
  const again = renumbered === 0 ? [] : await sendToApp(folder.path);

  print('Sent', countBy(files, wordsOfLine));
  print('Sent again under numbers of their own', countBy(again, wordsOfLine));
  const all = [...files, ...again];
  expect(files.length).toBeGreaterThan(400);
  expect(all.filter(({ outcome, failure }) => outcome !== 'stored' && !failure)).toEqual([]);
  const listed = await ask<readonly ArchiveStudy[]>(app.page, 'archive.studies', undefined);
  studies = listed.ok ? listed.value : [];
  const held = studies.reduce((sum, { instanceCount }) => sum + instanceCount, 0);
  const stored = all.filter(({ outcome }) => outcome === 'stored');
  expect(held).toBe(new Set(stored.map(({ sopInstanceUid }) => sopInstanceUid)).size);
});

test('every instance in the archive shows, or says why it does not', async () => {
  test.setTimeout(300_000);
  await goTo(app.page, 'Viewer');
  const list = app.page.getByRole('listbox', { name: 'Studies in the local archive' });
  await expect(list.getByRole('option').first()).toBeVisible();
  for (const [index] of studies.entries()) {
    const option = list.getByRole('option', index === 0 ? {} : { selected: true }).first();
    await option.focus();
    if (index > 0) await app.page.keyboard.press('ArrowDown');
    const uid = await list.locator(':focus').getAttribute('data-key');
    await app.page.keyboard.press('Enter');
    await walkStudy(uid!);
  }

  print(
    'Viewed',
    countBy([...outcomes.values()], ({ state, words }) => (words === '' ? state : words)),
  );
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

type Line = Readonly<Record<string, unknown>>;

async function sendToApp(path: string): Promise<readonly Line[]> {
  const { lines } = await runCli([
    'send',
    ...['--host', '127.0.0.1', '--port', `${app.listenPort}`, '--called', 'GANTRY'],
    path,
  ]);
  return lines.filter((line) => 'file' in line);
}

/** What we answer to another object under a UID that is taken. */
function isConflict(failure: unknown): boolean {
  return typeof failure === 'object' && failure !== null && Reflect.get(failure, 'status') === 0xc001;
}

/** Copies these files into a folder, each under a SOP Instance UID of its own. @returns how many it could */
async function renumber(lines: readonly Line[], folder: string): Promise<number> {
  let copies = 0;
  for (const [index, { file, sopInstanceUid }] of lines.entries()) {
    const bytes = await readFile(join(dirname(data), String(file)));
    const uid = String(sopInstanceUid);
    const own = `2.25.${String(index + 1)
      .padStart(uid.length - 6, '0')
      .padStart(uid.length - 5, '1')}`;
    const inMeta = replaceUid(bytes, [0x02, 0x00, 0x03, 0x00], { uid, own });
    const inDataset =
      replaceUid(bytes, [0x08, 0x00, 0x18, 0x00], { uid, own }) ||
      replaceUid(bytes, [0x00, 0x08, 0x00, 0x18], { uid, own });
    // The data set of a deflated file can't be changed like this.
    if (!inMeta || !inDataset) continue;
    await writeFile(join(folder, `${index}.dcm`), bytes);
    copies += 1;
  }
  return copies;
}

/** Puts one UID in the place of another of the same length, in the first element of this tag that holds it. */
function replaceUid(
  bytes: Buffer,
  tag: readonly number[],
  { uid, own }: { readonly uid: string; readonly own: string },
): boolean {
  for (let at = bytes.indexOf(Buffer.from(tag)); at >= 0; at = bytes.indexOf(Buffer.from(tag), at + 1)) {
    if (bytes.toString('latin1', at + 8, at + 8 + uid.length) !== uid) continue;
    bytes.write(own, at + 8, 'latin1');
    return true;
  }
  return false;
}

/** Goes through the series by Page Down, through the images by the arrow, all frames of one at once. */
async function walkStudy(studyInstanceUid: string): Promise<void> {
  const answer = await ask<readonly ArchiveSeries[]>(app.page, 'archive.series', studyInstanceUid);
  const series = answer.ok ? answer.value : [];
  // It opens at its first series with pictures.
  const all = series.flatMap(({ instances }) => instances.map(({ sopInstanceUid }) => sopInstanceUid));
  await settled({ among: all, index: 0 });
  for (const _ of series.slice(1)) await viewport(app.page).press('PageUp');
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
      const {
        imageIndex,
        sopInstanceUid = '',
        state = '',
      } = document.querySelector<HTMLElement>('.viewport')?.dataset ?? {};
      return Number(imageIndex) === index && among.includes(sopInstanceUid) && /shown|failed/.test(state);
    },
    wanted,
    { timeout: 20_000 },
  );
}

async function outcomeInSight(): Promise<Outcome> {
  return app.page.evaluate(() => {
    const viewport = document.querySelector<HTMLElement>('.viewport');
    const notice = viewport?.querySelector<HTMLElement>('.viewport-notice')?.innerText ?? '';
    return { state: viewport?.dataset['state'] ?? '', words: notice.replaceAll(/\s+/g, ' ').trim() };
  });
}

function wordsOfLine({ outcome, failure }: Line): string {
  return failure === undefined || failure === null
    ? String(outcome)
    : `${String(outcome)}: ${JSON.stringify(failure)}`;
}

function countBy<Value>(
  values: readonly Value[],
  wordsOf: (value: Value) => string,
): ReadonlyMap<string, number> {
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
