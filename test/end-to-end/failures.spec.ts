import { once } from 'node:events';
import { createServer, type Server as TcpServer, type Socket } from 'node:net';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import { buildDataset } from '../support/build-dataset.ts';
import { freePort, mustRun, startDcmqrscp, type Dcmqrscp } from '../support/peers/index.ts';
import { startScriptedScp } from '../support/scripted-scp.ts';
import {
  oneSyntaxPerClass,
  writeMixedSet,
  writeSyntheticStudy,
  type SyntheticFile,
} from '../support/synthetic-study.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';
import { archivedFiles, datasetsOf, unfinishedFiles } from './support/archived.ts';
import { saveServer } from './support/bridge.ts';
import { launchApp, type RunningApp } from './support/launch-app.ts';
import { goTo, studyRow } from './support/screens.ts';
import { addServer, testConnection, testLine, testLines } from './support/servers-form.ts';
import { endedTransfer, retrieveStudy, search, transfers } from './support/transfers.ts';

/** Everything that goes wrong between us and a server, said in words; nothing hangs, nothing is lost. */

test.describe('a connection test', () => {
  test.describe.configure({ mode: 'serial' });
  let app: RunningApp;
  let pacs: Dcmqrscp;

  test.beforeAll(async () => {
    app = await launchApp();
    pacs = await startDcmqrscp({ aeTitle: 'QR', files: [], moveDestinations: [] });
  });
  test.afterAll(async () => {
    await app[Symbol.asyncDispose]();
    await pacs[Symbol.asyncDispose]();
  });

  const failedLine = (): Locator => testLines(app.page, 'failed').first();

  test('of a wrong port says that nothing listens there', async () => {
    const port = await freePort();
    await addServer(app.page, { name: 'Wrong port', aeTitle: 'QR', host: '127.0.0.1', port });

    await testConnection(app.page);

    await expect(failedLine()).toHaveCount(1);
    await expect(failedLine()).toContainText('TCP');
    await expect(failedLine()).toContainText(`Nothing listens at 127.0.0.1, port ${port}.`);
    await expect(failedLine()).toContainText('Check the port number');
    await expect(app.page.getByText('Failed at TCP')).toBeVisible();
  });

  test('of a wrong AE title says that the called AE title is not recognised', async () => {
    await addServer(app.page, { name: 'Wrong AE', ...pacs, aeTitle: 'NOBODY' });

    await testConnection(app.page);

    for (const step of ['name', 'tcp']) {
      await expect(testLine(app.page, step)).toHaveAttribute('data-state', 'passed');
    }
    await expect(failedLine()).toContainText('Association');
    await expect(failedLine()).toContainText(
      'Wrong AE refused the association: called AE title not recognised.',
    );
    await expect(failedLine()).toContainText('Result 1, source 1, reason 7');
    await expect(failedLine()).toContainText('Check the AE title of Wrong AE');
  });

  test('with TLS to a plain port says that TLS is not spoken there', async () => {
    await addServer(app.page, { name: 'No TLS there', ...pacs, tls: true });

    await testConnection(app.page);

    await expect(failedLine()).toContainText('TLS');
    // DCMTK hangs up; others answer in plain DICOM first.
    await expect(failedLine()).toContainText(
      /No TLS there (hung up during the TLS greeting|does not speak TLS at this port)\./,
    );
    await expect(failedLine()).toContainText('plain DICOM');
    await expect(failedLine()).toContainText('Untick “TLS / secured server”');
  });

  test('of a silent peer ends by itself, and says that no answer came', async () => {
    await using silent = await startSilentPeer();
    await addServer(app.page, { name: 'Silent', aeTitle: 'SILENT', ...silent.address });

    await testConnection(app.page);

    await expect(failedLine()).toContainText('Association');
    await expect(failedLine()).toContainText('Silent did not answer the association request.');
    await expect(failedLine()).toContainText('ask the administrator of Silent');
  });

  test('of a silent peer is cancelled within a second, the connection with it', async () => {
    await using silent = await startSilentPeer();
    await addServer(app.page, { name: 'Silent too', aeTitle: 'SILENT', ...silent.address });
    await app.page.getByRole('button', { name: 'Echo', exact: true }).click();
    await expect(testLine(app.page, 'association')).toHaveAttribute('data-state', 'running');
    await expect.poll(silent.open).toBeGreaterThan(0);
    const begun = performance.now();

    await app.page
      .getByRole('region', { name: 'Connection test' })
      .getByRole('button', { name: 'Cancel' })
      .click();
    await expect.poll(silent.open, { intervals: [20] }).toBe(0);

    expect(performance.now() - begun).toBeLessThan(1000);
    await expect(app.page.getByText('Cancelled', { exact: true })).toBeVisible();
    await expect(app.page.getByRole('button', { name: 'Echo', exact: true })).toBeEnabled();
  });

  test('works after all of that, and each server keeps how its last echo ended', async () => {
    await addServer(app.page, { name: 'Right', ...pacs });

    await testConnection(app.page);

    await expect(testLine(app.page, 'query')).toHaveAttribute('data-state', 'passed');
    await expect(app.page.getByRole('option', { name: 'Right' })).toContainText('Queryable');
    for (const name of ['Wrong port', 'Wrong AE', 'No TLS there']) {
      await expect(app.page.getByRole('option', { name })).toContainText('Not reachable');
    }
    expect(app.pageErrors).toEqual([]);
  });
});

test.describe('a query', () => {
  test.describe.configure({ mode: 'serial' });
  let app: RunningApp;

  test.beforeAll(async () => {
    app = await launchApp();
  });
  test.afterAll(() => app[Symbol.asyncDispose]());

  test('to a server that is not there shows its failure, and never that there are no studies', async () => {
    const port = await freePort();
    await saveServer(app.page, { name: 'Dead', aeTitle: 'DEAD', host: '127.0.0.1', port });

    await search(app.page, 'Dead');

    const alert = app.page.getByRole('alert');
    await expect(alert).toContainText(`Nothing listens at 127.0.0.1, port ${port}.`);
    await expect(app.page.getByText(/Failed after/)).toBeVisible();
    await expect(app.page.locator('.query').getByText(/no study matches|0 studies/i)).toHaveCount(0);
    await expect(alert.getByRole('button', { name: 'Search again' })).toBeVisible();
    await expect(alert.getByRole('button', { name: 'Edit this server' })).toBeVisible();
  });

  test('that is cut off in the middle keeps what came, and says that it is not all', async () => {
    await using scp = await startScriptedScp({
      accept: () => ({ result: 0, transferSyntaxUid: '1.2.840.10008.1.2.1' }),
      onMessage: async (message, { connection, respond }) => {
        for (const number of [1, 2, 3]) {
          await respond(message, { 0x0900: 0xff00 }, studyNumbered(number));
        }
        connection.socket.destroy();
      },
    });
    await saveServer(app.page, { name: 'Dying', aeTitle: 'DYING', host: scp.host, port: scp.port });

    await search(app.page, 'Dying');

    await expect(app.page.getByRole('alert')).toContainText('The connection to Dying was lost.');
    await expect(app.page.getByText(/Incomplete: 3 studies came before it failed/)).toBeVisible();
    await expect(studyRow(app.page, /CUT\d/)).toHaveCount(3);
    expect(app.pageErrors).toEqual([]);
  });
});

test.describe('a retrieve', () => {
  test.describe.configure({ mode: 'serial' });
  let app: RunningApp;
  let folder: TemporaryFolder;
  let files: readonly SyntheticFile[];

  test.beforeAll(async () => {
    folder = await temporaryFolder();
    files = await writeMixedSet(folder.path, oneSyntaxPerClass);
    app = await launchApp();
  });
  test.afterAll(async () => {
    await app[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  const paths = (): readonly string[] => files.map(({ path }) => path);

  test('from a server that does not know us as a destination says so, and whom to ask for what', async () => {
    await using pacs = await startDcmqrscp({ aeTitle: 'QR', files: paths(), moveDestinations: [] });
    await saveServer(app.page, { name: 'Stranger', ...endpointOf(pacs) });

    await retrieveStudy(app.page, 'Stranger', 'A1');

    const transfer = await endedTransfer(app.page, 'failed');
    await expect(transfer).toContainText('Stranger could not send the study: move destination unknown.');
    await expect(transfer).toContainText('A801H');
    await expect(transfer).toContainText(
      'Ask the administrator of Stranger to add AE title GANTRY, this computer’s address and its listen port',
    );
    expect(await archivedFiles(app.home)).toEqual([]);
  });

  test('whose own listen port is taken says so, and completes by the shared one', async () => {
    await using taken = await occupy(await freePort());
    await using pacs = await startDcmqrscp({
      aeTitle: 'QR',
      files: paths(),
      moveDestinations: [{ aeTitle: 'GANTRY', host: '127.0.0.1', port: app.listenPort }],
    });

    await addServer(app.page, { name: 'Taken port', ...endpointOf(pacs), listenPort: taken.port });
    await expect(
      app.page.getByText(
        new RegExp(
          `Port ${taken.port} is already in use on this computer[.] .*Retrieves will use the shared listener [(]port ${app.listenPort}[)]`,
        ),
      ),
    ).toBeVisible();
    await retrieveStudy(app.page, 'Taken port', 'A1');

    const transfer = await endedTransfer(app.page, 'done');
    await expect(transfer).toContainText(
      `Port ${taken.port} could not be listened on; it went on with the shared listen port.`,
    );
    expect(await archivedFiles(app.home)).toHaveLength(8);
  });

  test('with a listen port of its own arrives there, and lets go of it', async () => {
    const port = await freePort();
    await using pacs = await startDcmqrscp({
      aeTitle: 'QR',
      files: paths(),
      moveDestinations: [{ aeTitle: 'GANTRY', host: '127.0.0.1', port }],
    });
    await saveServer(app.page, { name: 'Own port', ...endpointOf(pacs), listenPort: port });

    await retrieveStudy(app.page, 'Own port', 'A2');

    const transfer = await endedTransfer(app.page, 'done');
    await expect(transfer).toContainText('There is nothing more to tell of it.');
    expect(await archivedFiles(app.home)).toHaveLength(11);
    await using _free = await occupy(port);
    expect(app.pageErrors).toEqual([]);
  });
});

test('a retrieve whose server is killed ends in words, keeps what came, and completes the second time', async () => {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, 'study'));
  const files = await writeSyntheticStudy(join(folder.path, 'study'), {
    patientName: 'LARGE^STUDY',
    patientId: 'L1',
    studyDate: '20260401',
    size: 384,
    series: [{ modality: 'CT', instances: 300 }],
  });
  await using app = await launchApp();
  const options = {
    aeTitle: 'QR',
    files: files.map(({ path }) => path),
    moveDestinations: [{ aeTitle: 'GANTRY', host: '127.0.0.1', port: app.listenPort }],
  };
  const killed = await startDcmqrscp(options);
  const { port } = killed;
  await saveServer(app.page, { name: 'Mortal', ...endpointOf(killed) });
  await retrieveStudy(app.page, 'Mortal', 'L1');
  await expect
    .poll(async () => (await archivedFiles(app.home)).length, { intervals: [20] })
    .toBeGreaterThan(10);

  await killed.child.kill();

  const transfer = await endedTransfer(app.page, 'incomplete');
  await expect(transfer).toContainText('The connection to Mortal was lost.');
  await expect(transfer).toContainText('Check the network and that Mortal is running, then try again.');
  const kept = await archivedFiles(app.home);
  expect(kept.length).toBeLessThan(files.length);
  // What was on its way when the server died may have come to its end after that was said.
  const said = Number(/(\d+) of 300/.exec(await transfer.locator('.transfer-line').innerText())?.[1]);
  expect(said).toBeGreaterThanOrEqual(10);
  expect(kept.length).toBeGreaterThanOrEqual(said);
  const sources = await datasetsOf(options.files);
  expect(sources).toEqual(expect.arrayContaining([...(await datasetsOf(kept))]));
  await expect.poll(() => unfinishedFiles(app.home)).toEqual([]);

  await using back = await startDcmqrscp({ ...options, port });
  expect(back.port).toBe(port);
  await transfer.getByRole('button', { name: 'Retry failed' }).click();

  await expect(transfers(app.page)).toHaveCount(2);
  await endedTransfer(app.page, 'done');
  expect(await datasetsOf(await archivedFiles(app.home))).toEqual(sources);
  expect(app.pageErrors).toEqual([]);
  await killed[Symbol.asyncDispose]();
});

test('a listen port that is taken at the start is said, and had as soon as it is free', async () => {
  const taken = await occupy(await freePort());
  const { port } = taken;
  await using app = await launchApp({ settings: { listenPort: port } });
  await using pacs = await startDcmqrscp({ aeTitle: 'QR', files: [], moveDestinations: [] });

  await expect(
    app.page.getByText(`Not listening: Port ${port} is already in use on this computer.`),
  ).toBeVisible();
  await goTo(app.page, 'Settings');
  await expect(app.page.getByText('Tried again every 10 s.')).toBeVisible();
  await addServer(app.page, { name: 'Reachable', ...endpointOf(pacs) });
  await testConnection(app.page);
  await expect(testLine(app.page, 'echo')).toHaveAttribute('data-state', 'passed');

  await taken[Symbol.asyncDispose]();

  await expect(app.page.getByText(`Listening at 127.0.0.1:${port}`).first()).toBeVisible({ timeout: 20_000 });
  await mustRun('echoscu', ['-aec', 'GANTRY', '127.0.0.1', `${port}`]);
  expect(app.pageErrors).toEqual([]);
});

function endpointOf({ host, port, aeTitle }: Dcmqrscp): Pick<Dcmqrscp, 'host' | 'port' | 'aeTitle'> {
  return { host, port, aeTitle };
}

function studyNumbered(number: number): Buffer {
  return buildDataset([
    ['00080020', 'DA', '20260101'],
    ['00080052', 'CS', 'STUDY'],
    ['00100010', 'PN', 'CUT^OFF'],
    ['00100020', 'LO', `CUT${number}`],
    ['0020000D', 'UI', `2.25.77${number}`],
  ]);
}

interface SilentPeer extends AsyncDisposable {
  readonly address: { readonly host: string; readonly port: number };
  /** How many connections are open now. */
  readonly open: () => number;
}

/** Takes connections, reads what comes, and never says anything. */
async function startSilentPeer(): Promise<SilentPeer> {
  const server = createServer();
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket.resume().on('error', () => undefined));
    socket.on('close', () => sockets.delete(socket));
  });
  const port = await listening(server, 0);
  return {
    address: { host: '127.0.0.1', port },
    open: () => sockets.size,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await closing(server);
    },
  };
}

/** Holds a port, as another program would. */
async function occupy(port: number): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createServer();
  return {
    port: await listening(server, port),
    [Symbol.asyncDispose]: () => closing(server),
  };
}

async function listening(server: TcpServer, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function closing(server: TcpServer): Promise<void> {
  if (!server.listening) return;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
}
