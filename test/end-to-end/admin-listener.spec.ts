import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import { freePort, runDcmtk, startDcmqrscp, type Dcmqrscp, type Outcome } from '../support/peers/index.ts';
import { writeSyntheticStudy } from '../support/synthetic-study.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';
import { makeTlsIdentities, type TlsIdentities } from '../support/tls-identities.ts';
import { ask } from './support/bridge.ts';
import { archivedFiles } from './support/archived.ts';
import { expectAccessible } from './support/expect-accessible.ts';
import { launchApp, type RunningApp } from './support/launch-app.ts';
import { goTo, studyRow } from './support/screens.ts';
import { search } from './support/transfers.ts';

/** The administrator's file has this viewer listen in TLS only, and a server for searching only. */
test.describe.configure({ mode: 'serial' });

let app: RunningApp;
let folder: TemporaryFolder;
let made: TlsIdentities;
let pacs: Dcmqrscp;
let file: string;
let lines: readonly string[];
let files: readonly string[];
let listenPort: number;

test.beforeAll(async () => {
  folder = await temporaryFolder();
  made = await makeTlsIdentities();
  listenPort = await freePort();
  const written = await writeSyntheticStudy(folder.path, {
    patientName: 'LISTEN^TLS',
    patientId: 'TLS1',
    studyDate: '20260801',
    series: [{ modality: 'CT', instances: 2 }],
  });
  files = written.map(({ path }) => path);
  pacs = await startDcmqrscp({ aeTitle: 'QR', files, moveDestinations: [] });
  await writeFile(join(folder.path, 'ours.pem'), made.good.cert + made.good.key);
  file = join(folder.path, 'site.ini');
  lines = [
    ...['[file]', 'version=1', '[policy]', 'lock_listener=yes'],
    ...['[local]', `listen_port=${listenPort}`, 'listen_tls=yes', 'listen_cert=ours.pem'],
    ...['[server:main]', 'name=Main', 'ae=QR', 'host=127.0.0.1', `port=${pacs.port}`, 'roles=query, send'],
  ];
  await writeFile(file, lines.join('\n'));
  app = await launchApp({ args: ['--admin-ini', file] });
});
test.afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await pacs[Symbol.asyncDispose]();
  await made[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const lineOf = (text: string): number => lines.indexOf(text) + 1;
const visible = (locator: Locator): Locator => locator.locator('visible=true');

function storescu(more: readonly string[]): Promise<Outcome> {
  return runDcmtk('storescu', [...more, '-aec', 'GANTRY', '127.0.0.1', `${listenPort}`, ...files]);
}

test('says that it listens in TLS, by whose line, and lets nobody turn it off', async () => {
  await goTo(app.page, 'Settings');

  await expect(app.page.getByText(`Listening at 127.0.0.1:${listenPort} with TLS`).first()).toBeVisible();
  const tick = app.page.getByRole('checkbox', { name: 'Listen with TLS' });
  await expect(tick).toBeChecked();
  await expect(tick).toBeDisabled();
  await expect(tick).toHaveAccessibleDescription(`Set by ${file}:${lineOf('listen_tls=yes')}`);
  await expect(app.page.getByLabel('Certificate to show')).toHaveValue('good');
  await expectAccessible(app.page);

  const set = { aeTitle: 'GANTRY', listenPort, listenAddress: '127.0.0.1', unknownClasses: true };
  const off = await ask(app.page, 'settings.save', { ...set, listenTls: false, listenCertificate: null });
  expect(off).toEqual({
    ok: false,
    failure: { step: 'managed', file, line: lineOf('listen_tls=yes') },
  });
});

test('refuses who speaks plain DICOM, and shows who it was', async () => {
  expect((await storescu([])).code).not.toBe(0);

  await expect(
    app.page.getByText('127.0.0.1 spoke plain DICOM at our TLS port, and was refused.'),
  ).toBeVisible();
  expect(await archivedFiles(app.home)).toEqual([]);
  await expectAccessible(app.page);
});

test('takes the same images in TLS', async () => {
  const { code } = await storescu(['--anonymous-tls', '+cf', made.trusted.certFile]);

  expect(code).toBe(0);
  expect(await archivedFiles(app.home)).toHaveLength(2);
});

test('tells it in the effective configuration', async () => {
  await app.page.getByRole('tab', { name: 'Effective configuration' }).click();

  const row = app.page.getByRole('row', { name: /^listen_tls/ });
  await expect(row).toContainText(`${file}:${lineOf('listen_tls=yes')}`);
  await expect(row.getByLabel('Locked')).toBeVisible();
  await expectAccessible(app.page);
});

test('offers no retrieve from a server that has no such role, and names the line', async () => {
  await search(app.page, 'Main');
  await studyRow(app.page, 'LISTEN').click();

  await expect(visible(app.page.getByRole('button', { name: /^Retrieve/ })).first()).toBeDisabled();
  const why = `The administrator’s file gives Main no role retrieve (roles in ${file}, line ${lineOf('roles=query, send')}).`;
  await expect(app.page.getByText(why).first()).toBeVisible();
  await expectAccessible(app.page);
});
