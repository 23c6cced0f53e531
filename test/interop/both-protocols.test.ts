import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compose } from '../../electron/compose.ts';
import type { TestStep } from '../../electron/contract/connection-test.ts';
import { draftOf, serverDraft } from '../../electron/contract/server.ts';
import { StudyKeys, type StudyMatch } from '../../electron/contract/study.ts';
import type { Transfer } from '../../electron/contract/transfer.ts';
import type { FileChooser } from '../../electron/ipc/index.ts';
import { demoUrl, forkDemo } from '../support/fork-demo.ts';
import { keyring } from '../support/keyring.ts';
import { freePort, startOrthanc, whichPeers } from '../support/peers/index.ts';
import { writeSyntheticStudy } from '../support/synthetic-study.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const peers = whichPeers();
const { signal } = new AbortController();

it.skipIf(!peers.orthanc || !peers.orthancDicomWeb || !peers.dcmtk)(
  'one record holds both endpoints of an archive: both are tested, and either brings the study',
  async () => {
    await using folder = await temporaryFolder();
    const listenPort = await freePort();
    await mkdir(join(folder.path, 'set'));
    const files = await writeSyntheticStudy(join(folder.path, 'set'), {
      patientName: 'BOTH^WAYS',
      patientId: 'B1',
      studyDate: '20260101',
      series: [{ modality: 'CT', instances: 3 }],
    });
    await using orthanc = await startOrthanc({
      aeTitle: 'ORTHANC',
      modalities: [{ aeTitle: 'GANTRY', host: '127.0.0.1', port: listenPort }],
      dicomWeb: true,
      files: files.map(({ path }) => path),
    });
    const kept = new Map<string, unknown>([
      ['settings', { aeTitle: 'GANTRY', listenPort, listenAddress: '127.0.0.1' }],
    ]);
    const house = await compose({
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
      files: {} as FileChooser,
      secretBox: keyring(),
    });
    try {
      const { servers, connectionTest, query, transfers } = house.handlers;
      const draft = serverDraft({
        name: 'One archive',
        aeTitle: orthanc.aeTitle,
        host: orthanc.host,
        port: orthanc.port,
        listenPort: null,
        preferredCompression: 'as-stored',
        description: '',
        tls: false,
        verifyCertificate: true,
        protocol: 'both',
        retrieveMethod: 'c-move',
        dicomweb: { baseUrl: `http://127.0.0.1:${orthanc.httpPort}/dicom-web`, authentication: 'none' },
      });
      const server = await servers.save({ id: null, draft }, signal);

      const steps: TestStep[] = [];
      for await (const step of connectionTest.run({ id: server.id, draft, sendOneImage: false }, signal)) {
        if (step.kind !== 'running') steps.push(step);
      }
      const passed = steps.filter(({ kind }) => kind === 'passed').map(({ step }) => step);
      expect(passed).toEqual(expect.arrayContaining(['echo', 'query', 'qido', 'wado', 'stow']));

      const found: StudyMatch[] = [];
      const asked = { serverId: server.id, keys: StudyKeys.parse({ patientId: 'B1' }), limit: 10 };
      for await (const each of query.findStudies(asked, signal)) {
        if (each.kind === 'matches') found.push(...each.matches);
      }
      expect(found).toHaveLength(1);
      const { studyInstanceUid, patientName, patientId, studyDescription, studyDate } = found[0]!;
      const wanted = { studyInstanceUid, patientName, patientId, studyDescription, studyDate };
      const retrieved = async (): Promise<Transfer> => {
        const id = await transfers.retrieve({ serverId: server.id, ...wanted }, signal);
        const now = async () => (await transfers.list(undefined, signal)).find((each) => each.id === id);
        await expect.poll(async () => (await now())?.endedAt ?? null, { timeout: 30_000 }).not.toBeNull();
        return (await now())!;
      };

      expect(await retrieved()).toMatchObject({ state: { kind: 'done' }, way: 'c-move' });
      const byWeb = { ...draftOf(server), retrieveMethod: 'dicomweb' as const };
      await servers.save({ id: server.id, draft: byWeb }, signal);
      expect(await retrieved()).toMatchObject({ state: { kind: 'done' }, way: 'wado-rs' });
    } finally {
      await house.close();
    }
  },
  90_000,
);
