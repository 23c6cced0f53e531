import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { negotiatedLines } from '../../electron/contract/describe-observations.ts';
import { DicomwebEndpoint } from '../../electron/contract/dicomweb-endpoint.ts';
import type { Observations } from '../../electron/contract/observations.ts';
import { draftOf, type Server } from '../../electron/contract/server.ts';
import { StudyKeys } from '../../electron/contract/study.ts';
import { readFileHeader } from '../../electron/dataset/index.ts';
import { startDcmqrscp, startOrthanc, whichPeers } from '../support/peers/index.ts';
import { studyUidOf, writeSyntheticStudy, type SyntheticStudy } from '../support/synthetic-study.ts';
import { openWholeHouse, retrieve, type WholeHouse } from '../support/whole-house.ts';

const peers = whichPeers();
const { signal } = new AbortController();
const ctImage = '1.2.840.10008.5.1.4.1.1.2';
const deflated = '1.2.840.10008.1.2.1.99';
const explicit = '1.2.840.10008.1.2.1';
const jpegLs = '1.2.840.10008.1.2.4.80';

const study: SyntheticStudy = {
  patientName: 'DOE^JANE',
  patientId: 'OBS1',
  studyDate: '20250101',
  series: [{ modality: 'CT', instances: 3 }],
};
const next: SyntheticStudy = { ...study, studyDate: '20250103' };
const compressed: SyntheticStudy = {
  patientName: 'DOE^JOHN',
  patientId: 'OBS2',
  studyDate: '20250102',
  series: [
    { modality: 'CT', instances: 2, encoding: 'jpeg-ls' },
    { modality: 'MR', instances: 2 },
  ],
};

const byWeb: SyntheticStudy = {
  ...study,
  studyDate: '20250104',
  series: [{ modality: 'CT', instances: 2, encoding: 'jpeg-ls' }],
};

describe.skipIf(!peers.dcmtk)('what was negotiated with a server', () => {
  let house: WholeHouse;

  beforeAll(async () => {
    house = await openWholeHouse();
  }, 60_000);
  afterAll(() => house?.[Symbol.asyncDispose]());

  async function retrieved(server: Server, files: SyntheticStudy): Promise<void> {
    const transfer = await retrieve(house, server, studyUidOf(files));
    expect(transfer.state).toEqual({ kind: 'done' });
  }

  async function seenOf({ id }: Server): Promise<Observations> {
    const all = await house.handlers.observations.list(undefined, signal);
    return all.find(({ serverId }) => serverId === id)!;
  }

  /** What the log says was negotiated with a server: the last entry for each class. */
  async function logged({ id }: Server, count: number): Promise<readonly Record<string, unknown>[]> {
    const lines = async (): Promise<readonly Record<string, unknown>[]> =>
      (await readFile(join(house.home, 'logs', 'gantry.log'), 'utf8'))
        .split('\n')
        .filter((line) => line.includes('transfer.negotiated'))
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter(({ serverId }) => serverId === id);
    await expect.poll(async () => (await lines()).length).toBe(count);
    return lines();
  }

  async function written(files: SyntheticStudy): Promise<readonly string[]> {
    const set = join(house.folder, `set ${files.patientId} ${files.studyDate}`);
    await mkdir(set, { recursive: true });
    return (await writeSyntheticStudy(set, files)).map(({ path }) => path);
  }

  /** The transfer syntaxes of what is in the archive, read from its files. */
  async function kept(sopClassUid: string): Promise<readonly string[]> {
    const archive = join(house.home, 'archive');
    const names = await readdir(archive, { recursive: true });
    const files = names.filter((name) => name.endsWith('.dcm')).map((name) => join(archive, name));
    const headers = await Promise.all(files.map((path) => readFileHeader(path)));
    const ofClass = headers.filter((header) => header.sopClassUid === sopClassUid);
    return [...new Set(ofClass.map(({ transferSyntaxUid }) => transferSyntaxUid))];
  }

  it('is shown as the log has it, and changes with the preferred compression', async () => {
    await using peer = await startDcmqrscp({
      aeTitle: 'DEFLATES',
      files: [...(await written(study)), ...(await written(next))],
      moveDestinations: [house.place],
      // It offers deflated and uncompressed in one context: what is preferred here decides.
      offersFirst: [deflated],
    });
    const server = await house.saveServer(peer, {
      retrieveMethod: 'c-move',
      preferredCompression: 'as-stored',
    });

    await retrieved(server, study);
    const first = await seenOf(server);
    const before = await kept(ctImage);
    const draft = { ...draftOf(server), preferredCompression: 'uncompressed' } as const;
    await house.handlers.servers.save({ id: server.id, draft }, signal);
    await retrieved(server, next);
    const second = await seenOf(server);
    const lines = await logged(server, 2);

    expect(before).toEqual([deflated]);
    expect(first.objects).toMatchObject([
      {
        sopClassUid: ctImage,
        transferSyntaxUid: deflated,
        count: 3,
        method: 'c-move',
        direction: 'received',
      },
    ]);
    expect(second.objects).toMatchObject([
      {
        sopClassUid: ctImage,
        transferSyntaxUid: explicit,
        count: 3,
        method: 'c-move',
        direction: 'received',
      },
    ]);
    expect(lines.map(({ transferSyntaxUid }) => transferSyntaxUid)).toEqual([deflated, explicit]);
    for (const [index, { objects }] of [first, second].entries()) {
      const { method, direction: _direction, at: _at, ...object } = objects[0]!;
      expect(lines[index]).toMatchObject({ kind: method, tls: false, ...object });
    }
    expect(negotiatedLines(first.objects)).toMatchObject([
      { what: 'CT', method: 'C-MOVE', transferSyntax: 'Deflated Explicit VR Little Endian' },
    ]);
    expect(negotiatedLines(second.objects)).toMatchObject([
      { what: 'CT', method: 'C-MOVE', transferSyntax: 'Explicit VR Little Endian', count: 3 },
    ]);
    expect(negotiatedLines(second.objects)[0]!.bytesPerSecond).toBeGreaterThan(0);
  }, 60_000);

  it.skipIf(!peers.orthanc)(
    'is what came, for each modality, whatever was preferred; and is known after a restart',
    async () => {
      await using peer = await startOrthanc({
        aeTitle: 'ORTHANC',
        files: await written(compressed),
        modalities: [house.place],
      });
      const server = await house.saveServer(peer, {
        retrieveMethod: 'c-get',
        preferredCompression: 'j2k-lossless',
      });

      await retrieved(server, compressed);
      const seen = await seenOf(server);
      const lines = await logged(server, 2);
      await house.restart();
      const afterwards = await seenOf(server);

      expect(
        negotiatedLines(seen.objects).map(({ what, method, transferSyntax, count }) => [
          what,
          method,
          transferSyntax,
          count,
        ]),
      ).toEqual([
        ['CT', 'C-GET', 'JPEG-LS Lossless', 2],
        ['MR', 'C-GET', 'Explicit VR Little Endian', 2],
      ]);
      expect(new Set(lines.map(({ transferSyntaxUid }) => transferSyntaxUid))).toEqual(
        new Set([explicit, jpegLs]),
      );
      expect(afterwards).toEqual(seen);
    },
    60_000,
  );

  it.skipIf(!peers.orthanc || !peers.orthancDicomWeb)(
    'is known of what comes by DICOMweb too, and by what it was searched',
    async () => {
      await using peer = await startOrthanc({
        aeTitle: 'WEB',
        files: await written(byWeb),
        modalities: [],
        dicomWeb: true,
      });
      const baseUrl = `http://127.0.0.1:${peer.httpPort}/dicom-web`;
      const server = await house.saveServer(peer, {
        aeTitle: null,
        host: null,
        port: null,
        listenPort: null,
        protocol: 'dicomweb',
        dicomweb: DicomwebEndpoint.parse({ baseUrl }),
      });

      const asked = { serverId: server.id, keys: StudyKeys.parse({}), limit: 10 };
      for await (const found of house.handlers.query.findStudies(asked, signal)) void found;
      await retrieved(server, byWeb);
      const { methods, objects } = await seenOf(server);

      expect(methods.map(({ method, purpose, tls }) => [method, purpose, tls])).toEqual([
        ['wado-rs', 'use', null],
        ['qido-rs', 'use', null],
      ]);
      expect(objects).toMatchObject([{ transferSyntaxUid: jpegLs, count: 2, method: 'wado-rs' }]);
      expect((await logged(server, 1))[0]).toMatchObject({ kind: 'wado-rs', transferSyntaxUid: jpegLs });
    },
    60_000,
  );
});
