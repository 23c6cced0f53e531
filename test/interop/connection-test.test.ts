import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adviceOn, connectionReport } from '../../electron/contract/connection-test-report.ts';
import { endedSteps, headlineOf, outcomeOf } from '../../electron/contract/connection-test-outcome.ts';
import type { TestStep } from '../../electron/contract/connection-test.ts';
import type { DicomwebPlan } from '../../electron/dicomweb/index.ts';
import { testWebConnection, type PeerAddress } from '../../electron/servers/index.ts';
import {
  ourAeTitle,
  ourSideAt,
  partiesOf,
  portOf,
  runTest,
  serverAt,
  testOptions,
} from '../support/connection-testing.ts';
import {
  freePort,
  startDcmqrscp,
  startOrthanc,
  startStorescp,
  whichPeers,
  type MoveDestination,
} from '../support/peers/index.ts';
import { runCli } from '../support/run-cli.ts';
import { startStagedArchive } from '../support/staged-archive.ts';
import { oneSyntaxPerClass, writeMixedSet } from '../support/synthetic-study.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTlsFront } from '../support/tls-front.ts';
import { makeTlsIdentities } from '../support/tls-identities.ts';

const peers = whichPeers();

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let files: readonly string[];

beforeAll(async () => {
  folder = await temporaryFolder();
  files = (await writeMixedSet(folder.path, oneSyntaxPerClass)).map(({ path }) => path);
});

afterAll(() => folder[Symbol.asyncDispose]());

interface Archive extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly aeTitle: string;
}

const archives: readonly (readonly [
  string,
  boolean,
  (to: readonly MoveDestination[]) => Promise<Archive>,
])[] = [
  ['dcmqrscp', peers.dcmtk, (moveDestinations) => startDcmqrscp({ aeTitle: 'QR', files, moveDestinations })],
  ['Orthanc', peers.orthanc, (modalities) => startOrthanc({ aeTitle: 'ORTHANC', files, modalities })],
];

describe.each(archives)('the connection test of %s', (_, isHere, start) => {
  it.skipIf(!isHere)(
    'goes through both ways in less than five seconds, and the image is not kept',
    async () => {
      await using ours = await ourSideAt();
      await using peer = await start([{ aeTitle: ourAeTitle, host: '127.0.0.1', port: portOf(ours) }]);

      const quick = await runTest(serverAt(peer), testOptions(ours));
      const whole = await runTest(serverAt(peer), testOptions(ours, { sendOneImage: true }));

      expect(quick.ms).toBeLessThan(5_000);
      expect(headlineOf(outcomeOf(quick.steps, 'now'))).toBe('READY TO QUERY; RETRIEVE NOT PROVEN');
      expect(headlineOf(outcomeOf(whole.steps, 'now'))).toBe('READY TO QUERY AND RETRIEVE');
      expect(whole.facts('return-path')).toMatchObject({
        method: 'C-MOVE',
        callingAeTitle: peer.aeTitle,
        calledAeTitle: ourAeTitle,
        remoteAddress: '127.0.0.1',
        port: portOf(ours),
        bytes: expect.any(Number),
      });
      expect(whole.facts('services').services).toMatchObject({ find: true, move: true, get: true });
      expect(whole.facts('services').storage?.accepted).toBeGreaterThan(0);
      expect(whole.facts('association').implementationVersionName).toContain('OFFIS_DCMTK');
      expect(whole.facts('tcp').again).toHaveLength(3);
    },
  );

  it.skipIf(!isHere)('is written down as plain text, a line for each step', async () => {
    await using ours = await ourSideAt();
    await using peer = await start([{ aeTitle: ourAeTitle, host: '127.0.0.1', port: portOf(ours) }]);
    const server = serverAt(peer);

    const { steps } = await runTest(server, testOptions(ours));
    const report = connectionReport({ parties: partiesOf(server), steps, at: '2026-01-02T03:04:05Z' });

    const lines = report.split('\n');
    expect(lines[0]).toBe(
      `Main PACS  ${peer.aeTitle}@127.0.0.1:${peer.port}  as GANTRY from 127.0.0.1  READY TO QUERY; RETRIEVE NOT PROVEN`,
    );
    expect(lines[2]).toMatch(/^ 2 TCP +open at 127\.0\.0\.1, 4 of 4, \d+\/\d+\/\d+\/\d+ ms {2}\d+ ms$/);
    expect(lines[5]).toMatch(/^ 5 C-ECHO +status 0000H {2}\d+ ms$/);
    expect(lines[6]).toMatch(/^ 6 Services +FIND yes, MOVE yes, GET yes, STORE \d+ of \d+ classes, MWL no/);
    expect(lines[7]).toMatch(/^ 7 Query +C-FIND random UID \(Study Root\): success, 0 matches/);
    expect(lines[9]).toMatch(/^ 9 Return path +not tested: it needs one image/);
  });
});

describe('the connection test', () => {
  it.skipIf(!peers.openssl)(
    'says what TLS was met with: version, chain, name, days, our certificate',
    async () => {
      await using them = await makeTlsIdentities();
      await using inside = await startStagedArchive();
      const mutual = { cert: them.good.cert, key: them.good.key, requestCert: true, ca: them.trusted.cert };
      await using peer = await startTlsFront(inside.port, mutual);
      await using ours = await ourSideAt();
      const identity = { cert: them.client.cert, key: them.client.key };
      const tlsOptions = { ca: [them.trusted.cert], identity };
      const server: PeerAddress = serverAt(peer, { host: 'localhost', tls: true, tlsOptions });

      const tested = await runTest(server, testOptions(ours));

      expect(tested.facts('tls')).toMatchObject({
        protocol: 'TLSv1.3',
        chain: [{ subject: 'good', issuer: 'Trusted', daysLeft: expect.any(Number) }, { subject: 'Trusted' }],
        name: { expected: 'localhost', matches: true },
        trusted: true,
        verified: true,
        ourCertificate: 'presented',
      });
      // Made for ten days.
      expect(tested.findings('tls')[0]).toMatchObject({ kind: 'certificate-ends', subject: 'good' });
      expect(tested.summary).toContain('query passed');
      expect(peer.serverNames).toContain('localhost');
    },
  );

  it.skipIf(!peers.openssl)('says that a certificate is not checked, and why it would not pass', async () => {
    await using them = await makeTlsIdentities();
    await using inside = await startStagedArchive();
    await using peer = await startTlsFront(inside.port, { cert: them.named.cert, key: them.named.key });
    await using ours = await ourSideAt();
    const trusting = { tls: true, verifyCertificate: false, tlsOptions: { ca: [them.trusted.cert] } };

    const named = await runTest(serverAt(peer, trusting), testOptions(ours));
    const unknown = await runTest(serverAt(peer, { ...trusting, tlsOptions: {} }), testOptions(ours));

    expect(named.findings('tls')).toContainEqual({ kind: 'not-verified', reason: 'other-name' });
    expect(unknown.findings('tls')).toContainEqual({ kind: 'not-verified', reason: 'untrusted' });
    expect(named.summary).toContain('query passed');
  });

  it.skipIf(!peers.dcmtk)('does not send anything to a server that only stores', async () => {
    await using peer = await startStorescp();
    await using ours = await ourSideAt();

    const tested = await runTest(serverAt(peer), testOptions(ours, { sendOneImage: true }));

    expect(tested.summary).toEqual(
      expect.arrayContaining(['echo passed', 'services passed', 'query failed']),
    );
    expect(headlineOf(outcomeOf(tested.steps, 'now'))).toBe('REACHABLE; CAN’T BE QUERIED');
    expect(await peer.files()).toEqual([]);
  });
});

interface WebTested {
  readonly summary: readonly string[];
  readonly steps: readonly TestStep[];
  readonly cause: string | null;
  readonly owner: string | null;
}

async function testWeb(
  changes: Partial<DicomwebPlan> & Pick<DicomwebPlan, 'baseUrl'>,
  sendOneImage = false,
): Promise<WebTested> {
  const plan: DicomwebPlan = {
    qidoPath: '',
    wadoPath: '',
    stowPath: '',
    authentication: { kind: 'none' },
    tls: { verify: true },
    ...changes,
  };
  const steps: TestStep[] = [];
  for await (const step of testWebConnection(plan, { sendOneImage }, new AbortController().signal)) {
    steps.push(step);
  }
  const ended = endedSteps(steps);
  const failed = ended.find(({ kind }) => kind === 'failed');
  const [advice] = failed === undefined ? [] : adviceOn(failed, partiesOf(serverAt({ port: 1 })));
  return {
    summary: ended.map(({ kind, step }) => `${step} ${kind}`),
    steps,
    cause: advice?.cause ?? null,
    owner: advice?.owner ?? null,
  };
}

describe.skipIf(!peers.orthancDicomWeb)('the connection test by DICOMweb', () => {
  it('tries every service of Orthanc, and one image proves the way here', async () => {
    await using peer = await startOrthanc({ aeTitle: 'ORTHANC', files, modalities: [], dicomWeb: true });

    const { summary, steps } = await testWeb(
      { baseUrl: `http://127.0.0.1:${peer.httpPort}/dicom-web` },
      true,
    );

    expect(summary).toEqual([
      'web-name passed',
      'web-tcp passed',
      'web-tls skipped',
      'qido passed',
      'wado passed',
      'stow passed',
      'web-image passed',
    ]);
    expect(headlineOf(outcomeOf(steps, 'now'))).toBe('READY TO QUERY AND RETRIEVE');
    expect(steps.at(-1)).toMatchObject({ facts: { method: 'WADO-RS', bytes: expect.any(Number) } });
  });

  it('names authentication that fails, and a service that is not there', async () => {
    const users = { me: 'right' };
    await using peer = await startOrthanc({
      aeTitle: 'ORTHANC',
      files: [],
      modalities: [],
      dicomWeb: true,
      users,
    });
    const baseUrl = `http://127.0.0.1:${peer.httpPort}/dicom-web`;
    const basic = { kind: 'basic', username: 'me' } as const;

    const nobody = await testWeb({ baseUrl });
    const wrong = await testWeb({ baseUrl, authentication: { ...basic, password: 'wrong' } });
    const forgotten = await testWeb({ baseUrl, authentication: { ...basic, password: null } });
    const right = { ...basic, password: 'right' };
    const elsewhere = await testWeb({ baseUrl: `${baseUrl}-not`, authentication: right });
    const good = await testWeb({ baseUrl, authentication: right });

    for (const refused of [nobody, wrong]) {
      expect(refused).toMatchObject({ cause: 'Main PACS wants to know who is asking.', owner: 'you' });
    }
    expect(forgotten.cause).toBe('The password or token for Main PACS is missing.');
    expect(elsewhere).toMatchObject({ cause: 'Main PACS has nothing at this web address.', owner: 'you' });
    expect(good.summary).toContain('qido passed');
    // It holds nothing that could be looked at.
    expect(good.summary).toContain('wado skipped');
  });

  it.skipIf(!peers.openssl)('names what is wrong with TLS, and a port that has none', async () => {
    await using them = await makeTlsIdentities();
    const { cert, key } = them.unknownCa;
    await using peer = await startOrthanc({ aeTitle: 'ORTHANC', files: [], modalities: [], dicomWeb: true });
    await using front = await startTlsFront(peer.httpPort, { cert, key });
    const baseUrl = `https://127.0.0.1:${front.port}/dicom-web`;

    const unknown = await testWeb({ baseUrl, tls: { verify: true, ca: [them.trusted.cert] } });
    const trusted = await testWeb({ baseUrl, tls: { verify: true, ca: [them.other.cert] } });
    const plain = await testWeb({ baseUrl: `https://127.0.0.1:${peer.httpPort}/dicom-web` });

    expect(unknown.cause).toContain('an authority this computer does not know');
    expect(trusted.summary).toEqual(expect.arrayContaining(['web-tls warned', 'qido passed']));
    expect(plain.summary).toContain('web-tls failed');
    expect(plain.summary).toContain('qido skipped');
  });
});

describe.skipIf(!peers.dcmtk)('cli test', () => {
  it('prints the report, and the image is proof enough for exit code 0', async () => {
    const listen = await freePort();
    const moveDestinations = [{ aeTitle: 'CLI', host: '127.0.0.1', port: listen }];
    await using peer = await startDcmqrscp({ aeTitle: 'QR', files, moveDestinations });
    const place = ['test', '127.0.0.1', `${peer.port}`, 'QR', '--calling', 'CLI', '--listen', `${listen}`];

    const { code, lines } = await runCli([...place, '--json', '--send-one-image']);

    expect(code).toBe(0);
    expect(lines.at(-1)).toMatchObject({ kind: 'passed', step: 'return-path', facts: { port: listen } });
  });

  it('writes a row for a spreadsheet, and fails by its exit code where something failed', async () => {
    const port = await freePort();

    const { code, words, text } = await runCliText([
      'test',
      '127.0.0.1',
      `${port}`,
      'QR',
      '--listen',
      '0',
      '--report',
      'csv',
    ]);

    expect(code).toBe(1);
    expect(words).toContain('TCP …');
    const [head, row] = text.split('\r\n');
    expect(head).toContain('Server,AE title,Host,Port,TLS,Headline');
    expect(row).toContain(`QR,QR,127.0.0.1,${port},no,NOT REACHABLE,no,not tested,not tested,TCP,`);
    expect(row).toContain('the server’s administrator');
  });
});

/** A verb whose stdout is no JSON. */
async function runCliText(args: readonly string[]): Promise<{ code: number; text: string; words: string }> {
  const cli = join(import.meta.dirname, '../../electron/cli.ts');
  return await new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], (error, text, words) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, text, words }),
    );
  });
}
