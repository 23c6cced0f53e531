import { join } from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import { exportPkcs12 } from '../support/certificates.ts';
import { startOrthanc, startStorescp, whichPeers } from '../support/peers/index.ts';
import { writeSyntheticStudy } from '../support/synthetic-study.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTlsFront } from '../support/tls-front.ts';
import { makeTlsIdentities, type TlsIdentities } from '../support/tls-identities.ts';
import { dropFiles } from './support/drop-files.ts';
import { expectAccessible } from './support/expect-accessible.ts';
import { launchApp, type RunningApp } from './support/launch-app.ts';
import { goTo, studyRow, viewport } from './support/screens.ts';
import { addServer, testConnection, testLine } from './support/servers-form.ts';
import { endedTransfer, retrieveStudy } from './support/transfers.ts';

/** Certificates, pins and passwords by the form alone, with servers that really ask for them. */
test.describe.configure({ mode: 'serial' });

let app: RunningApp;
let made: TlsIdentities;

test.beforeAll(async () => {
  made = await makeTlsIdentities();
  app = await launchApp();
});
test.afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await made[Symbol.asyncDispose]();
});

const button = (name: string | RegExp): Locator =>
  app.page.getByRole('button', { name, exact: true }).locator('visible=true');
const field = (label: string): Locator => app.page.getByLabel(label, { exact: true }).locator('visible=true');
const saved = (): Locator => app.page.getByText('Saved', { exact: true }).locator('visible=true');

/** The system's dialog for choosing files answers with this one. */
async function chooses(path: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, path);
}

async function openCertificates(): Promise<void> {
  await goTo(app.page, 'Settings');
  await app.page.getByRole('tab', { name: 'Certificates' }).click();
}

async function openMore(): Promise<void> {
  const more = app.page.getByRole('button', { name: /^More / });
  if ((await more.getAttribute('aria-expanded')) !== 'true') await more.click();
}

async function save(): Promise<void> {
  await button('Save').click();
  await expect(saved()).toBeVisible();
}

test('a PKCS#12 file is imported with its password, and refused with another', async () => {
  const file = join(made.folder, 'viewer.p12');
  await exportPkcs12(file, made.client, 'geheim');
  await openCertificates();
  await expectAccessible(app.page);
  await button('Import our certificate…').click();
  const dialog = app.page.getByRole('dialog');
  await chooses(file);
  await dialog.getByRole('button', { name: 'Choose file: Certificate' }).click();
  await expect(dialog.getByText('viewer.p12')).toBeVisible();

  await dialog.getByLabel('Passphrase').fill('falsch');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText(/passphrase|password/i);
  await expectAccessible(app.page);

  await dialog.getByLabel('Passphrase').fill('geheim');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(app.page.getByRole('list', { name: 'Chain of client' })).toBeVisible();
  await expect(dialog).toHaveCount(0);
});

test('authorities are imported by one drop, for the servers whose records name them', async () => {
  await dropFiles(app.page, app.page.locator('.certificates'), [made.trusted.certFile]);
  await expect(app.page.getByRole('dialog', { name: 'Import authorities' })).toBeVisible();
  await app.page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click();

  await expect(app.page.getByRole('list', { name: 'Chain of Trusted' })).toBeVisible();
  await expectAccessible(app.page);
});

test('a server that asks for a certificate is shown the one that its form names', async () => {
  const tls = ['+tls', made.good.keyFile, made.good.certFile, '+cf', made.trusted.certFile, '-rc'];
  await using peer = await startStorescp({ args: tls });
  await addServer(app.page, { name: 'Mutual', ...peer, tls: true });

  await testConnection(app.page);
  await expect(testLine(app.page, 'tls')).toContainText('authority this computer does not know');

  await openMore();
  await field('Certificate authorities').selectOption({ label: 'Trusted' });
  await save();
  await testConnection(app.page);
  await expect(testLine(app.page, 'tls')).toContainText('asks for a certificate of this viewer');

  await field('Our certificate').selectOption({ label: 'client' });
  await save();
  await testConnection(app.page);
  await expect(testLine(app.page, 'tls')).toHaveAttribute('data-state', 'warned');
  await expect(testLine(app.page, 'tls')).toContainText('our certificate accepted');
  await expect(testLine(app.page, 'echo')).toHaveAttribute('data-state', 'passed');
  await expectAccessible(app.page);
});

test('a certificate is fetched, compared, pinned, and another is refused then', async () => {
  const tls = ['+tls', made.selfSigned.keyFile, made.selfSigned.certFile, '-ic'];
  await using first = await startStorescp({ args: tls });
  await addServer(app.page, { name: 'Pinned', ...first, tls: true });
  await openMore();

  await button('Fetch its certificate…').click();
  const dialog = app.page.getByRole('dialog', { name: 'Certificate of Pinned' });
  await expect(dialog.getByText('Compare the SHA-256 fingerprint')).toBeVisible();
  await expectAccessible(app.page);
  await dialog.getByRole('button', { name: 'Pin this certificate' }).click();
  await save();
  await testConnection(app.page);
  await expect(testLine(app.page, 'echo')).toHaveAttribute('data-state', 'passed');

  await first[Symbol.asyncDispose]();
  const other = ['+tls', made.good.keyFile, made.good.certFile, '-ic'];
  await using _ = await startStorescp({ port: first.port, args: other });
  await testConnection(app.page);
  await expect(testLine(app.page, 'tls')).toHaveAttribute('data-state', 'failed');
  await expect(testLine(app.page, 'tls')).toContainText('pinned');
});

test('a web server is signed in to, tested, searched, retrieved from and seen', async () => {
  const peers = whichPeers();
  test.skip(!peers.orthanc || !peers.orthancDicomWeb, 'Orthanc or its DICOMweb plugin is not here');
  await using folder = await temporaryFolder();
  const files = await writeSyntheticStudy(folder.path, {
    patientName: 'WEB^ONLY',
    patientId: 'WEB1',
    studyDate: '20260901',
    series: [{ modality: 'CT', instances: 3 }],
  });
  await using orthanc = await startOrthanc({
    aeTitle: 'ORTHANC',
    modalities: [],
    dicomWeb: true,
    users: { viewer: 'geheim' },
    files: files.map(({ path }) => path),
  });
  await using front = await startTlsFront(orthanc.httpPort, { cert: made.good.cert, key: made.good.key });

  await goTo(app.page, 'Servers');
  await button('New server').first().click();
  await field('DICOM server name').fill('Web archive');
  await openMore();
  await field('Protocol').selectOption({ label: 'DICOMweb' });
  await field('Web address').fill(`https://127.0.0.1:${front.port}/dicom-web`);
  await field('Sign in by').selectOption({ index: 1 });
  await field('User name').fill('viewer');
  await field('Certificate authorities').selectOption({ label: 'Trusted' });
  await save();
  await expectAccessible(app.page);

  await field('Password').fill('falsch');
  await button('Keep password').click();
  await expect(app.page.getByText(/^One is kept/)).toBeVisible();
  await testConnection(app.page);
  await expect(testLine(app.page, 'web-tls')).toHaveAttribute('data-state', /passed|warned/);
  await expect(testLine(app.page, 'qido')).toHaveAttribute('data-state', 'failed');

  await field('Password').fill('geheim');
  await button('Keep password').click();
  await expect(field('Password')).toHaveValue('');
  await testConnection(app.page);
  await expect(testLine(app.page, 'qido')).toHaveAttribute('data-state', 'passed');
  await expect(testLine(app.page, 'wado')).toHaveAttribute('data-state', 'passed');
  await expectAccessible(app.page);

  await retrieveStudy(app.page, 'Web archive', 'WEB1');
  const transfer = await endedTransfer(app.page, 'done');
  await transfer.getByRole('button', { name: 'Open' }).click();
  await expect(viewport(app.page)).toHaveAttribute('data-image-count', '3', { timeout: 30_000 });
  await expect(viewport(app.page)).toHaveAttribute('data-state', 'shown', { timeout: 30_000 });
  await goTo(app.page, 'Query');
  await expect(studyRow(app.page, 'WEB1')).toHaveCount(1);
  expect(app.pageErrors).toEqual([]);
});
