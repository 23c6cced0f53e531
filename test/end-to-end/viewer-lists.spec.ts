import { expect, test, type Locator } from '@playwright/test';
import { mustRun } from '../support/peers/index.ts';
import { writeObjectStudy } from '../support/object-study.ts';
import { writeSyntheticStudy } from '../support/synthetic-study.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';
import { launchApp, type RunningApp } from './support/launch-app.ts';
import { goTo, viewport } from './support/screens.ts';

/** The two lists beside the picture: whole where it counts, and calling things what they are. */
test.describe.configure({ mode: 'serial' });

const modalities = ['CT', 'KO', 'PR', 'RTDOSE', 'RTPLAN', 'SEG', 'SR', 'OT', 'REG'];

let app: RunningApp;
let folder: TemporaryFolder;

test.beforeAll(async () => {
  folder = await temporaryFolder();
  app = await launchApp();
  const files = await writeSyntheticStudy(folder.path, {
    patientName: 'MANY^KINDS',
    patientId: 'MANY',
    studyDate: '20260401',
    series: modalities.map(() => ({ modality: 'CT', instances: 1, description: 'Planning' })),
  });
  for (const [index, file] of files.entries()) {
    await mustRun('dcmodify', ['-nb', '-m', `Modality=${modalities[index]}`, file.path]);
  }
  await send(files.map(({ path }) => path));
  await goTo(app.page, 'Viewer');
});
test.afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const study = (name: RegExp): Locator => app.page.getByRole('option', { name });

test('a study of many modalities still says how many objects it has', async () => {
  const facts = study(/KINDS/).locator('.study-item-facts');

  await expect(facts).toContainText('9 objects');
  const overflow = await facts.evaluate((line) => {
    const count = line.lastElementChild!.getBoundingClientRect();
    return count.right - line.getBoundingClientRect().right;
  });
  expect(overflow).toBeLessThanOrEqual(0.5);
  expect(await facts.locator('.study-item-modalities').getAttribute('title')).toContain('RTPLAN');
});

test('the words of a series have the same room to the edge as those of a study', async () => {
  await study(/KINDS/).click();
  const series = app.page.getByRole('listbox', { name: 'Series of the study' });
  await expect(series.getByRole('option')).toHaveCount(9);

  const gap = async (list: string, words: Locator): Promise<number> => {
    const edge = await app.page.getByRole('listbox', { name: list }).boundingBox();
    return (await words.boundingBox())!.x - edge!.x;
  };
  const seriesGap = await gap('Series of the study', series.locator('.muted').first());

  expect(seriesGap).toBeGreaterThanOrEqual(8);
});

test('a report is called an object, not an image', async () => {
  await using objects = await temporaryFolder();
  const files = await writeObjectStudy(objects.path);
  const report = files.find(({ sopClassUid }) => sopClassUid.startsWith('1.2.840.10008.5.1.4.1.1.88.'));
  if (report === undefined) throw new Error('the study of objects has no report');
  await send([report.path]);

  await study(/OBJECTS/).click();

  await expect(viewport(app.page)).toHaveAttribute('aria-label', /^Object 1 of 1/);
  await expect(app.page.locator('.overlay')).toContainText('Object 1 of 1');
  expect(app.pageErrors).toEqual([]);
});

async function send(paths: readonly string[]): Promise<void> {
  await mustRun('dcmsend', ['-dn', '-aec', 'GANTRY', '127.0.0.1', `${app.listenPort}`, ...paths]);
}
