import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TransferSyntax } from '../../electron/dimse/index.ts';
import { mustRun, startOrthanc, startStorescp, whichPeers, type Storescp } from '../support/peers/index.ts';
import { runCli } from '../support/run-cli.ts';
import { datasetBytes, fileMetaOf } from '../support/same-dataset.ts';
import {
  mixedStudies,
  writeMixedSet,
  writeSyntheticStudy,
  type SyntheticFile,
} from '../support/synthetic-study.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';
import { grey8, writeImage } from '../electron/transcode/build-image.ts';

const here = whichPeers();

let folder: TemporaryFolder;
let mixed: readonly SyntheticFile[];
let many: readonly SyntheticFile[];

beforeAll(async () => {
  folder = await temporaryFolder();
  await Promise.all(['mixed', 'many'].map((name) => mkdir(join(folder.path, name))));
  mixed = await writeMixedSet(join(folder.path, 'mixed'), mixedStudies);
  many = await writeSyntheticStudy(join(folder.path, 'many'), {
    patientName: 'MANY^FILES',
    patientId: 'M1',
    studyDate: '20260101',
    series: [{ modality: 'CT', instances: 60 }],
  });
});
afterAll(() => folder[Symbol.asyncDispose]());

describe.skipIf(!here.dcmtk)('cli send --associations', () => {
  it.skipIf(!here.orthanc).each([1, 8])(
    'sends a study to Orthanc, every object once, on %i',
    async (count) => {
      await using orthanc = await startOrthanc({ aeTitle: 'ORTHANC', modalities: [] });

      const { code, lines } = await send(orthanc, ['--associations', `${count}`, join(folder.path, 'many')]);

      expect(lines.at(-1)).toEqual({ files: 60, stored: 60, warning: 0, refused: 0, failed: 0 });
      expect(new Set(lines.slice(0, -1).map(({ sopInstanceUid }) => sopInstanceUid)).size).toBe(60);
      expect(await instancesAt(orthanc.httpPort)).toBe(60);
      expect(code).toBe(0);
    },
  );

  it('sends everything to a server that takes one association at a time', async () => {
    await using scp = await startStorescp();

    const { code, lines } = await send(scp, ['--associations', '4', join(folder.path, 'many')]);

    expect(lines.at(-1)).toMatchObject({ files: 60, stored: 60, failed: 0 });
    expect(await hashesOf(await scp.files())).toEqual(await hashesOf(many.map(({ path }) => path)));
    expect(code).toBe(0);
  });

  it('calls everything failed, and nothing else, at a server that aborts every association', async () => {
    await using scp = await startStorescp({ args: ['--abort-during'] });

    const { code, lines } = await send(scp, [join(folder.path, 'many')]);

    expect(lines.at(-1)).toEqual({ files: 60, stored: 0, warning: 0, refused: 0, failed: 60 });
    expect(lines).toHaveLength(61);
    expect(code).toBe(1);
  });

  it('explains a number that can not be', async () => {
    const { code, words } = await send({ host: 'x', port: 1, aeTitle: 'A' }, ['--associations', '0', 'x']);

    expect(words).toContain('--associations: It is a whole number from 1 to 32.');
    expect(code).toBe(2);
  });
});

describe.skipIf(!here.dcmtk)('cli send --transcode', () => {
  it('sends copies of what the server refuses, and says of which files', async () => {
    await using scp = await startStorescp({ accept: ['+xi'] });
    const before = await hashesOf(mixed.map(({ path }) => path));

    const { code, lines } = await send(scp, ['--transcode', 'implicit', join(folder.path, 'mixed')]);

    const inOtherSyntaxes = mixed.filter(
      ({ transferSyntaxUid }) => transferSyntaxUid !== TransferSyntax.ImplicitVrLittleEndian,
    );
    expect(lines.at(-1)).toEqual({
      files: mixed.length,
      stored: mixed.length,
      warning: 0,
      refused: 0,
      failed: 0,
      transcoded: inOtherSyntaxes.length,
    });
    const marked = lines.filter(({ transcoded }) => transcoded !== undefined);
    expect(marked.map(({ sopInstanceUid, transcoded }) => ({ sopInstanceUid, transcoded }))).toEqual(
      expect.arrayContaining(
        inOtherSyntaxes.map(({ sopInstanceUid, transferSyntaxUid }) => ({
          sopInstanceUid,
          transcoded: {
            fromTransferSyntaxUid: transferSyntaxUid,
            toTransferSyntaxUid: TransferSyntax.ImplicitVrLittleEndian,
            lossy: false,
            sopInstanceUid,
          },
        })),
      ),
    );
    expect(await syntaxesAt(scp)).toEqual([TransferSyntax.ImplicitVrLittleEndian]);
    expect(await scp.files()).toHaveLength(mixed.length);
    expect(await hashesOf(mixed.map(({ path }) => path))).toEqual(before);
    expect(code).toBe(0);
  });

  it('sends what the server takes as it is, byte for byte', async () => {
    await using scp = await startStorescp();

    const { lines } = await send(scp, ['--transcode', 'jpeg-ls-lossless', join(folder.path, 'mixed')]);

    expect(lines.at(-1)).toEqual({
      files: mixed.length,
      stored: mixed.length,
      warning: 0,
      refused: 0,
      failed: 0,
    });
    const sent = await Promise.all(mixed.map(({ path }) => datasetBytes(path)));
    const arrived = await Promise.all((await scp.files()).map(datasetBytes));
    expect(arrived.map(digest).toSorted()).toEqual(sent.map(digest).toSorted());
  });

  it('sends copies of all where that is asked for, which DCMTK decodes to the same pixels', async () => {
    await using scp = await startStorescp();
    const [file] = many;

    const { code, lines } = await send(scp, [
      ...['--transcode', 'jpeg-ls-lossless', '--transcode-all', file!.path],
    ]);

    const [copy] = await scp.files();
    const decoded = join(folder.path, 'decoded.dcm');
    await mustRun('dcmdjpls', [copy!, decoded]);
    expect(lines.at(-1)).toMatchObject({ stored: 1, transcoded: 1 });
    expect((await fileMetaOf(copy!)).transferSyntaxUid).toBe(TransferSyntax.JpegLsLossless);
    expect((await datasetBytes(decoded)).equals(await datasetBytes(file!.path))).toBe(true);
    expect(code).toBe(0);
  });

  it('loses something only where that is asked for, and then the copy is an instance of its own', async () => {
    await using scp = await startStorescp();
    const image = await writeImage(join(folder.path, 'grey.dcm'), { ...grey8, rows: 64, columns: 64 });
    const args = ['--transcode', 'jpeg-lossy', '--transcode-all', image];

    const without = await send(scp, args);
    const { code, lines } = await send(scp, ['--lossy', '80', ...args]);

    expect(without.code).toBe(2);
    expect(without.words).toContain('--lossy QUALITY');
    const [report] = lines as unknown as readonly { sopInstanceUid: string; transcoded: object }[];
    expect(report?.transcoded).toMatchObject({
      lossy: true,
      toTransferSyntaxUid: TransferSyntax.JpegBaseline,
    });
    expect(report?.transcoded).not.toMatchObject({ sopInstanceUid: report?.sopInstanceUid });
    expect(code).toBe(0);
  });

  it('calls what can not be copied failed, and sends the rest', async () => {
    await using scp = await startStorescp({ accept: ['+xi'] });
    await using there = await temporaryFolder();
    const cut = join(there.path, 'cut.dcm');
    const compressed = mixed.find(
      ({ transferSyntaxUid }) => transferSyntaxUid === TransferSyntax.RleLossless,
    );
    const whole = await readFile(compressed!.path);
    await writeFile(cut, whole.subarray(0, whole.length - 200));

    const { code, lines } = await send(scp, ['--transcode', 'implicit', cut, many[0]!.path]);

    expect(lines.at(-1)).toEqual({
      files: 2,
      stored: 1,
      warning: 0,
      refused: 0,
      failed: 1,
      transcoded: 1,
    });
    expect(lines).toContainEqual(
      expect.objectContaining({ outcome: 'failed', failure: expect.objectContaining({ step: 'file' }) }),
    );
    expect(code).toBe(1);
  });

  it('explains a transfer syntax that can not be written', async () => {
    const nowhere = { host: 'x', port: 1, aeTitle: 'A' };

    const { code, words } = await send(nowhere, ['--transcode', 'mpeg2', 'x']);

    expect(words).toContain('--transcode mpeg2');
    expect(words).toContain('jpeg-ls-lossless');
    expect(code).toBe(2);
  });
});

interface Place {
  readonly host: string;
  readonly port: number;
  readonly aeTitle: string;
}

function send({ host, port, aeTitle }: Place, more: readonly string[]): ReturnType<typeof runCli> {
  return runCli(['send', '--host', host, '--port', `${port}`, '--called', aeTitle, ...more]);
}

async function instancesAt(httpPort: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${httpPort}/statistics`);
  const { CountInstances: count } = (await answer.json()) as { CountInstances: number };
  return count;
}

async function syntaxesAt(scp: Storescp): Promise<readonly string[]> {
  const files = await scp.files();
  const all = await Promise.all(files.map(async (file) => (await fileMetaOf(file)).transferSyntaxUid));
  return [...new Set(all)];
}

async function hashesOf(files: readonly string[]): Promise<readonly string[]> {
  const all = await Promise.all(files.map(async (file) => digest(await datasetBytes(file))));
  return all.toSorted();
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
