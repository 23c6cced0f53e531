import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { runDcmtk, startDcmqrscp, startOrthanc, type MoveDestination } from '../support/peers/index.ts';
import { datasetBytes } from '../support/same-dataset.ts';
import {
  mixedStudies,
  oneSyntaxPerClass,
  writeMixedSet,
  type SyntheticFile,
} from '../support/synthetic-study.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';
import { canvasAgrees } from './support/canvas-agrees.ts';
import { launchApp, type RunningApp } from './support/launch-app.ts';
import { goTo, studyRow, viewport } from './support/screens.ts';
import { archivedFiles } from './support/archived.ts';
import { addServer, testConnection, testLine, testLines } from './support/servers-form.ts';

interface Pacs extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly aeTitle: string;
}

const archives = [
  {
    name: 'Orthanc',
    studies: mixedStudies,
    start: (files: readonly string[], destination: MoveDestination): Promise<Pacs> =>
      startOrthanc({ aeTitle: 'ORTHANC', files, modalities: [destination] }),
  },
  {
    name: 'dcmqrscp',
    studies: oneSyntaxPerClass,
    start: (files: readonly string[], destination: MoveDestination): Promise<Pacs> =>
      startDcmqrscp({ aeTitle: 'QR', files, moveDestinations: [destination] }),
  },
] as const;

for (const { name, studies, start } of archives) {
  test.describe(`with ${name}`, () => {
    test.describe.configure({ mode: 'serial' });
    let app: RunningApp;
    let pacs: Pacs;
    let folder: TemporaryFolder;
    let files: readonly SyntheticFile[];

    test.beforeAll(async () => {
      folder = await temporaryFolder();
      await mkdir(join(folder.path, 'studies'));
      files = await writeMixedSet(join(folder.path, 'studies'), studies);
      app = await launchApp();
      const destination = { aeTitle: 'GANTRY', host: '127.0.0.1', port: app.listenPort };
      pacs = await start(
        files.map(({ path }) => path),
        destination,
      );
    });
    test.afterAll(async () => {
      await app[Symbol.asyncDispose]();
      await pacs[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    });

    test('a server is added by the form, and its connection test passes as far as it can', async () => {
      await addServer(app.page, { name, ...pacs });

      const lines = await testConnection(app.page);

      expect(lines).toHaveLength(9);
      await expect(testLines(app.page, 'failed')).toHaveCount(0);
      await expect(testLine(app.page, 'query')).toHaveAttribute('data-state', 'passed');
      await expect(app.page.getByText('READY TO QUERY; RETRIEVE NOT PROVEN')).toBeVisible();
    });

    test('one image proves the way back, and nothing of it is kept', async () => {
      await app.page.getByRole('button', { name: 'Test with one image…' }).click();
      await app.page.getByRole('dialog').getByRole('button', { name: 'Test with one image' }).click();

      await expect(testLine(app.page, 'return-path')).toHaveAttribute('data-state', 'passed', {
        timeout: 40_000,
      });
      await expect(app.page.getByText('READY TO QUERY AND RETRIEVE')).toBeVisible();
      await expect(app.page.getByRole('option', { name })).toContainText('Queryable');
      expect(await archivedFiles(app.home)).toEqual([]);
    });

    for (const { what, keys, fill } of [
      {
        what: 'a wildcard in the name',
        keys: ['PatientName=DOE*'],
        fill: (page: Page) => page.getByLabel('Patient name').fill('DOE*'),
      },
      {
        what: 'a range of dates',
        keys: ['StudyDate=20260101-20260131'],
        fill: async (page: Page) => {
          await page.getByLabel('Patient name').fill('');
          await page.getByLabel('Study date').selectOption({ label: 'Between' });
          await page.getByLabel('From').fill('2026-01-01');
          await page.getByLabel('To', { exact: true }).fill('2026-01-31');
        },
      },
    ]) {
      test(`a query by ${what} finds what findscu finds`, async () => {
        await goTo(app.page, 'Query');
        await fill(app.page);

        await app.page.getByRole('button', { name: 'Search' }).click();

        const count = await findscuCount(pacs, keys);
        expect(count).toBeGreaterThan(0);
        await expect(studyRow(app.page, /\d{4}/)).toHaveCount(count);
      });
    }

    test('a retrieved study is here whole, every data set as it was', async () => {
      const study = files.filter(({ studyInstanceUid }) => studyInstanceUid === files[0]?.studyInstanceUid);

      await studyRow(app.page, 'A1').click();
      await app.page.getByRole('button', { name: 'Retrieve', exact: true }).click();
      await goTo(app.page, 'Transfers');
      const transfer = app.page.getByRole('list', { name: 'Transfers' }).getByRole('listitem').first();
      await expect(transfer).toHaveAttribute('data-state', 'done', { timeout: 60_000 });

      expect(await archived(app.home)).toEqual(await bytesOf(study.map(({ path }) => path)));
    });

    test('the viewport shows it, pixel by pixel', async () => {
      await goTo(app.page, 'Query');
      await studyRow(app.page, 'A1').click();
      await app.page.getByRole('button', { name: 'Open', exact: true }).click();
      await expect(viewport(app.page)).toHaveAttribute('data-state', 'shown', { timeout: 30_000 });

      await canvasAgrees(app.page, files);
    });

    test('nothing was said in error on the way', () => {
      expect(app.pageErrors).toEqual([]);
    });
  });
}

async function findscuCount({ host, port, aeTitle }: Pacs, keys: readonly string[]): Promise<number> {
  const asked = ['QueryRetrieveLevel=STUDY', 'StudyInstanceUID', ...keys].flatMap((key) => ['-k', key]);
  const { stderr } = await runDcmtk('findscu', ['-S', '-v', '-aec', aeTitle, host, `${port}`, ...asked]);
  return stderr.match(/Find Response: \d+ \(Pending\)/g)?.length ?? 0;
}

/** The data sets of every instance in the app's archive, in an order of their own. */
async function archived(home: string): Promise<readonly string[]> {
  const entries = await readdir(join(home, 'archive'), { recursive: true });
  return bytesOf(
    entries.filter((entry) => entry.endsWith('.dcm')).map((entry) => join(home, 'archive', entry)),
  );
}

async function bytesOf(paths: readonly string[]): Promise<readonly string[]> {
  const datasets = await Promise.all(paths.map(datasetBytes));
  return datasets.map((dataset) => dataset.toString('latin1')).toSorted();
}
