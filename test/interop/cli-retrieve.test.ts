import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SopClass, TransferSyntax } from '../../electron/dimse/index.ts';
import { buildDataset, uidFor, writeP10 } from '../support/build-dataset.ts';
import { freePort, startDcmqrscp, startOrthanc, startStorescp, whichPeers } from '../support/peers/index.ts';
import { objectStudyUid, writeObjectStudy } from '../support/object-study.ts';
import { runCli, startCli } from '../support/run-cli.ts';
import { fileMetaOf, sameDataset } from '../support/same-dataset.ts';
import {
  mixedStudies,
  studyUidOf,
  writeMixedSet,
  writeSyntheticStudy,
  type SyntheticFile,
} from '../support/synthetic-study.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';

const here = whichPeers();

interface Pacs extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly aeTitle: string;
}

type Start = (files: readonly SyntheticFile[], ourPort?: number) => Promise<Pacs>;

const startQr: Start = (files, ourPort) =>
  startDcmqrscp({
    aeTitle: 'QR',
    files: files.map(({ path }) => path),
    moveDestinations: destinations(ourPort),
    profiles: false,
  });
const startOrthancWith: Start = (files, ourPort) =>
  startOrthanc({
    aeTitle: 'ORTHANC',
    files: files.map(({ path }) => path),
    modalities: destinations(ourPort),
  });

function destinations(ourPort: number | undefined) {
  return ourPort === undefined ? [] : [{ aeTitle: 'GANTRY', host: '127.0.0.1', port: ourPort }];
}

const peers: readonly (readonly [string, boolean, Start])[] = [
  ['dcmqrscp', here.dcmtk, startQr],
  ['Orthanc', here.dcmtk && here.orthanc, startOrthancWith],
];

let folder: TemporaryFolder;
let objects: readonly SyntheticFile[];

beforeAll(async () => {
  folder = await temporaryFolder();
  await mkdir(join(folder.path, 'objects'));
  objects = await writeObjectStudy(join(folder.path, 'objects'));
});
afterAll(() => folder[Symbol.asyncDispose]());

describe.each(peers)('cli retrieve from %s', (_, isHere, start) => {
  it.skipIf(!isHere)(
    'brings CT, SR, SEG, RTDOSE, RTPLAN, PR and KO by C-GET, without listening',
    async () => {
      await using to = await temporaryFolder();
      await using pacs = await start(objects);

      const { code, lines } = await retrieve(pacs, to, ['--method', 'get', '--study', objectStudyUid]);

      expect(lines.at(-1)).toEqual({ way: 'c-get', expected: 7, arrived: 7, failed: 0 });
      expect(lines).toHaveLength(8);
      await expectSame(to, objects);
      expect(code).toBe(0);
    },
  );

  it.skipIf(!isHere)('brings one series by C-GET', async () => {
    await using to = await temporaryFolder();
    await using pacs = await start(objects);
    const [wanted] = objects.slice(2);

    const { code, lines } = await retrieve(pacs, to, [
      ...['--method', 'get', '--study', objectStudyUid, '--series', wanted!.seriesInstanceUid],
    ]);

    expect(lines.at(-1)).toEqual({ way: 'c-get', expected: 1, arrived: 1, failed: 0 });
    await expectSame(to, [wanted!]);
    expect(code).toBe(0);
  });

  it.skipIf(!isHere)('takes C-MOVE where it can choose, and the server knows us', async () => {
    const listen = await freePort();
    await using to = await temporaryFolder();
    await using pacs = await start(objects, listen);

    const { code, lines, words } = await retrieve(pacs, to, [
      ...['--method', 'auto', '--listen', `${listen}`, '--study', objectStudyUid],
    ]);

    expect(lines.at(-1)).toEqual({ way: 'c-move', expected: 7, arrived: 7, failed: 0 });
    expect(words).toBe('');
    expect(code).toBe(0);
  });

  it.skipIf(!isHere)('takes C-GET where the server does not know us, and says why', async () => {
    await using to = await temporaryFolder();
    await using pacs = await start(objects);

    const { code, lines, words } = await retrieve(pacs, to, [
      ...['--method', 'auto', '--listen', `${await freePort()}`, '--study', objectStudyUid],
    ]);

    expect(lines.at(-1)).toEqual({ way: 'c-get', expected: 7, arrived: 7, failed: 0 });
    expect(words).toMatch(/C-GET, because C-MOVE was refused/);
    await expectSame(to, objects);
    expect(code).toBe(0);
  });

  it.skipIf(!isHere)('takes C-GET where our own listener can not be had', async () => {
    await using to = await temporaryFolder();
    await using holder = await startStorescp();
    await using pacs = await start(objects);

    const { code, lines, words } = await retrieve(pacs, to, [
      ...['--method', 'auto', '--listen', `${holder.port}`, '--study', objectStudyUid],
    ]);

    expect(lines.at(-1)).toEqual({ way: 'c-get', expected: 7, arrived: 7, failed: 0 });
    expect(words).toContain(`${holder.port}`);
    expect(code).toBe(0);
  });

  it.skipIf(!isHere)('leaves whole files only when it is interrupted during a C-GET', async () => {
    await using source = await temporaryFolder();
    await using to = await temporaryFolder();
    const set = await writeSyntheticStudy(source.path, {
      patientName: 'LONG^STUDY',
      patientId: 'L1',
      studyDate: '20260101',
      series: [{ modality: 'CT', instances: 400 }],
      size: 128,
    });
    await using pacs = await start(set);
    await using child = startCli([
      ...['retrieve', '--host', pacs.host, '--port', `${pacs.port}`, '--called', pacs.aeTitle],
      ...['--method', 'get', '--study', set[0]!.studyInstanceUid, '--to', to.path],
    ]);
    await expect.poll(() => child.output().match(/"path"/g)?.length ?? 0, { interval: 5 }).toBeGreaterThan(2);

    process.kill(child.pid, 'SIGINT');
    const code = await child.exited;

    const names = await readdir(to.path);
    const told = [...child.output().matchAll(/"sopInstanceUid":"([\d.]+)"/g)].map(([, uid]) => `${uid}.dcm`);
    expect(code).toBe(130);
    expect(names.sort()).toEqual([...new Set(told)].sort());
    expect(names.length).toBeLessThan(set.length);
    await expectSame(
      to,
      set.filter(({ sopInstanceUid }) => names.includes(`${sopInstanceUid}.dcm`)),
    );
  });
});

describe('cli retrieve by C-GET', () => {
  it.skipIf(!here.dcmtk || !here.orthanc)('brings each image in the syntax it is stored in', async () => {
    await using source = await temporaryFolder();
    await using to = await temporaryFolder();
    const set = await writeMixedSet(source.path, mixedStudies);
    await using pacs = await startOrthancWith(set);

    for (const study of mixedStudies) {
      const files = set.filter(({ studyInstanceUid }) => studyInstanceUid === studyUidOf(study));
      const { lines } = await retrieve(pacs, to, ['--method', 'get', '--study', studyUidOf(study)]);

      expect(lines.at(-1)).toEqual({
        way: 'c-get',
        expected: files.length,
        arrived: files.length,
        failed: 0,
      });
      await expectSame(to, files);
    }
  });

  it.skipIf(!here.dcmtk)('brings an object whose class no list and no modality tells', async () => {
    await using source = await temporaryFolder();
    await using to = await temporaryFolder();
    const [ct] = objects;
    const odd = await writeLensometry(source.path);
    // dcmqrscp leaves SOP Class UID out of its image-level answers.
    await using pacs = await startQr([ct!, odd]);

    const { code, lines, words } = await retrieve(pacs, to, ['--method', 'get', '--study', objectStudyUid]);

    expect(lines.at(-1)).toEqual({ way: 'c-get', expected: 2, arrived: 2, failed: 0 });
    expect(words).toBe('');
    await expectSame(to, [ct!, odd]);
    expect(code).toBe(0);
  });

  it.skipIf(!here.dcmtk)('explains a server that does not take it', async () => {
    await using to = await temporaryFolder();
    await using scp = await startStorescp();

    const { code, lines, words } = await retrieve(scp, to, ['--method', 'get', '--study', objectStudyUid]);

    expect(words).toContain('does not accept');
    expect(lines.at(-1)).toMatchObject({ way: null, arrived: 0 });
    expect(code).toBe(1);
  });
});

function retrieve(
  { host, port, aeTitle }: Pacs,
  to: TemporaryFolder,
  more: readonly string[],
): ReturnType<typeof runCli> {
  const peer = ['--host', host, '--port', `${port}`, '--called', aeTitle];
  return runCli(['retrieve', ...peer, '--to', to.path, ...more]);
}

/** In the study of the other objects. */
async function writeLensometry(to: string): Promise<SyntheticFile> {
  const uids = {
    sopClassUid: SopClass.LensometryMeasurementsStorage,
    sopInstanceUid: uidFor('lensometry', 1),
    studyInstanceUid: objectStudyUid,
    seriesInstanceUid: uidFor('lensometry'),
    transferSyntaxUid: TransferSyntax.ExplicitVrLittleEndian,
  };
  const dataset = buildDataset([
    ['00080016', 'UI', uids.sopClassUid],
    ['00080018', 'UI', uids.sopInstanceUid],
    ['00080020', 'DA', '20260401'],
    ['00080060', 'CS', 'LEN'],
    ['00100010', 'PN', 'OBJECTS^ALL'],
    ['00100020', 'LO', 'O1'],
    ['0020000D', 'UI', uids.studyInstanceUid],
    ['0020000E', 'UI', uids.seriesInstanceUid],
    ['00200010', 'SH', '1'],
    ['00200011', 'IS', '9'],
    ['00200013', 'IS', '1'],
  ]);
  const path = join(to, 'lensometry.dcm');
  await writeP10(path, uids, dataset);
  return { ...uids, path };
}

async function expectSame(to: TemporaryFolder, files: readonly SyntheticFile[]): Promise<void> {
  for (const { path, sopInstanceUid, transferSyntaxUid } of files) {
    const arrived = join(to.path, `${sopInstanceUid}.dcm`);
    expect((await fileMetaOf(arrived)).transferSyntaxUid, path).toBe(transferSyntaxUid);
    expect(await sameDataset(path, arrived), path).toBe(true);
  }
}
