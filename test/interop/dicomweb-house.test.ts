import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose, type House } from '../../electron/compose.ts';
import { FailureError } from '../../electron/contract/failure.ts';
import { FileGrantId } from '../../electron/contract/send.ts';
import type { TestStep } from '../../electron/contract/connection-test.ts';
import { draftOf, serverDraft, type Server } from '../../electron/contract/server.ts';
import { StudyKeys, type StudyMatch } from '../../electron/contract/study.ts';
import type { Transfer } from '../../electron/contract/transfer.ts';
import type { FileChooser } from '../../electron/ipc/index.ts';
import { demoUrl, forkDemo } from '../support/fork-demo.ts';
import { keyring } from '../support/keyring.ts';
import { freePort, startOrthanc, whichPeers, type Orthanc } from '../support/peers/index.ts';
import { studyUidOf, writeSyntheticStudy, type SyntheticStudy } from '../support/synthetic-study.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';
import { startTlsFront } from '../support/tls-front.ts';
import { makeTlsIdentities, type TlsIdentities } from '../support/tls-identities.ts';

const peers = whichPeers();
const { signal } = new AbortController();
const study: SyntheticStudy = {
  patientName: 'DOE^JANE',
  patientId: 'W1',
  studyDate: '20250101',
  series: [{ modality: 'CT', instances: 12 }],
};

describe.skipIf(!peers.orthanc || !peers.orthancDicomWeb || !peers.dcmtk)(
  'a server that is asked by DICOMweb alone',
  () => {
    let folder: TemporaryFolder;
    let orthanc: Orthanc;
    let made: TlsIdentities;
    let house: House;

    beforeAll(async () => {
      folder = await temporaryFolder();
      made = await makeTlsIdentities();
      const set = join(folder.path, 'set');
      await mkdir(set);
      const files = await writeSyntheticStudy(set, study);
      orthanc = await startOrthanc({
        aeTitle: 'ORTHANC',
        modalities: [],
        dicomWeb: true,
        users: { viewer: 'geheim' },
        files: files.map(({ path }) => path),
      });
      house = await open();
    }, 60_000);

    afterAll(async () => {
      await house?.close();
      await orthanc?.[Symbol.asyncDispose]();
      await made?.[Symbol.asyncDispose]();
      await folder?.[Symbol.asyncDispose]();
    });

    async function open(): Promise<House> {
      const listenPort = await freePort();
      const kept = new Map<string, unknown>([
        ['settings', { aeTitle: 'GANTRY', listenPort, listenAddress: '127.0.0.1' }],
      ]);
      return compose({
        home: join(folder.path, 'home'),
        adminIniArgument: null,
        env: {},
        platform: process.platform,
        programFolder: folder.path,
        store: { get: (key) => kept.get(key), set: (key, value) => void kept.set(key, value) },
        brokenSettingsKeptAs: null,
        version: '0.0.0',
        demoUrl,
        launchDemo: forkDemo,
        files: { pathOf: (grant: string) => grant } as unknown as FileChooser,
        secretBox: keyring(),
      });
    }

    async function save(baseUrl: string, more: object = {}): Promise<Server> {
      const draft = serverDraft({
        name: 'Web PACS',
        aeTitle: null,
        host: null,
        port: null,
        listenPort: null,
        preferredCompression: 'as-stored',
        description: '',
        tls: true,
        verifyCertificate: true,
        protocol: 'dicomweb',
        dicomweb: { baseUrl, authentication: 'basic', username: 'viewer' },
        ...more,
      });
      return house.handlers.servers.save({ id: null, draft }, signal);
    }

    async function find({ id }: Server): Promise<readonly StudyMatch[]> {
      const matches: StudyMatch[] = [];
      const asked = { serverId: id, keys: StudyKeys.parse({}), limit: 100 };
      for await (const found of house.handlers.query.findStudies(asked, signal)) {
        if (found.kind === 'matches') matches.push(...found.matches);
      }
      return matches;
    }

    async function retrieved(server: Server, match: StudyMatch): Promise<Transfer> {
      const { studyInstanceUid, patientName, patientId, studyDescription, studyDate } = match;
      const wanted = { studyInstanceUid, patientName, patientId, studyDescription, studyDate };
      const id = await house.handlers.transfers.retrieve({ serverId: server.id, ...wanted }, signal);
      const now = async (): Promise<Transfer | undefined> =>
        (await house.handlers.transfers.list(undefined, signal)).find((each) => each.id === id);
      await expect.poll(async () => (await now())?.endedAt ?? null, { timeout: 20_000 }).not.toBeNull();
      return (await now())!;
    }

    it('works in Query, Retrieve and Viewer like any other, its password sealed, over TLS with its own authority', async () => {
      await using front = await startTlsFront(orthanc.httpPort, made.named);
      const { certificates, credentials, query, archive } = house.handlers;
      const authorities = await certificates.importFile(
        {
          kind: 'authorities',
          file: FileGrantId.parse(made.trusted.certFile),
          keyFile: null,
          passphrase: '',
        },
        signal,
      );
      const server = await save(`https://127.0.0.1:${front.port}/dicom-web`, {
        authorities: authorities.id,
        expectedName: 'pacs.example',
      });

      await expect(find(server)).rejects.toMatchObject({
        failure: { step: 'http', cause: 'credentials-missing' },
      });
      await credentials.save({ serverId: server.id, secret: 'falsch' }, signal);
      await expect(find(server)).rejects.toMatchObject({ failure: { step: 'http', cause: 'unauthorized' } });
      const kept = await credentials.save({ serverId: server.id, secret: 'geheim' }, signal);
      const [match] = await find(server);
      const series = await query.findSeries(
        { serverId: server.id, studyInstanceUid: match!.studyInstanceUid },
        signal,
      );
      const transfer = await retrieved(server, match!);

      expect(kept).toEqual({ kept: 'sealed' });
      expect(match).toMatchObject({ patientId: 'W1', instanceCount: 12, modalities: ['CT'] });
      expect(series).toMatchObject([{ modality: 'CT', instanceCount: 12 }]);
      expect(transfer).toMatchObject({
        state: { kind: 'done' },
        way: 'wado-rs',
        progress: { expected: 12, done: 12, failed: 0 },
        notices: [],
      });
      expect(await archive.studies(undefined, signal)).toMatchObject([
        { studyInstanceUid: studyUidOf(study), patientName: 'DOE^JANE' },
      ]);
      const tested: TestStep[] = [];
      const asked = { id: server.id, draft: draftOf(server), sendOneImage: false };
      for await (const step of house.handlers.connectionTest.run(asked, signal)) tested.push(step);
      expect(tested.filter(({ kind }) => kind === 'failed')).toEqual([]);
      expect(
        tested.filter(({ kind }) => kind === 'passed' || kind === 'warned').map(({ step }) => step),
      ).toEqual(expect.arrayContaining(['web-tls', 'qido', 'wado', 'stow']));
      const { warnings } = await certificates.list(undefined, signal);
      expect(warnings).toContainEqual(
        expect.objectContaining({
          whose: { kind: 'server', id: server.id, name: 'Web PACS' },
          subject: 'named',
          level: 'month',
        }),
      );
      const [held] = await archive.series(studyUidOf(study), signal);
      const frame = await house.openFrame(held!.instances[0]!.sopInstanceUid, 1);
      expect(frame.bytes.length).toBeGreaterThan(0);
    }, 60_000);

    it('never shows its secrets: not to the window, not on disk, not in the log', async () => {
      const home = join(folder.path, 'home');
      const shown = JSON.stringify([
        await house.handlers.servers.list(undefined, signal),
        await house.handlers.certificates.list(undefined, signal),
      ]);

      expect(shown).not.toMatch(/geheim|PRIVATE KEY/);
      for (const name of await readdir(home, { recursive: true, withFileTypes: true })) {
        if (!name.isFile() || name.name.endsWith('.dcm')) continue;
        const text = await readFile(join(name.parentPath, name.name), 'latin1');
        expect(text).not.toContain('geheim');
        expect(text).not.toContain(Buffer.from('geheim').toString('base64'));
      }
    });

    it('fails by name where it is gone, and the transfer says so', async () => {
      await using front = await startTlsFront(orthanc.httpPort, made.good);
      const server = await save(`https://localhost:${front.port}/dicom-web`, { name: 'Untrusted PACS' });
      await house.handlers.credentials.save({ serverId: server.id, secret: 'geheim' }, signal);

      const failed = await find(server).then(
        () => null,
        (thrown: unknown) => (thrown instanceof FailureError ? thrown.failure : null),
      );

      expect(failed).toMatchObject({ step: 'tls', cause: 'unknown-ca' });
      expect(front.heard()).toBe(0);
    });
  },
);
