import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { datasetBytes, sameDataset } from '../support/same-dataset.ts';
import {
  freePort,
  mustRun,
  runDcmtk,
  startDcmqrscp,
  startOrthanc,
  startStorescp,
} from '../support/peers/index.ts';
import { runCli, startCli } from '../support/run-cli.ts';
import {
  mixedStudies,
  oneSyntaxPerClass,
  studyUidOf,
  writeMixedSet,
  type SyntheticFile,
} from '../support/synthetic-study.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';

let folder: TemporaryFolder;
let files: readonly SyntheticFile[];
let oneSyntax: readonly SyntheticFile[];

beforeAll(async () => {
  folder = await temporaryFolder();
  await Promise.all(['mixed', 'one'].map((name) => mkdir(join(folder.path, name))));
  files = await writeMixedSet(join(folder.path, 'mixed'), mixedStudies);
  oneSyntax = await writeMixedSet(join(folder.path, 'one'), oneSyntaxPerClass);
});
afterAll(() => folder[Symbol.asyncDispose]());

describe('cli echo', () => {
  it('tells each step of a good echo and ends with 0', async () => {
    await using scp = await startStorescp();

    const { code, lines } = await runCli(['echo', ...peer(scp)]);

    expect(lines.map(({ step }) => step)).toEqual(['resolve', 'connect', 'associate', 'echo']);
    expect(lines.every(({ kind }) => kind === 'passed')).toBe(true);
    expect(code).toBe(0);
  });

  it('names a called AE title that is not recognised', async () => {
    await using pacs = await startDcmqrscp({ aeTitle: 'QR', files: [], moveDestinations: [] });

    const { code, lines, words } = await runCli(['echo', ...peer({ ...pacs, aeTitle: 'NOPE' })]);

    expect(lines.at(-1)).toMatchObject({
      kind: 'failed',
      failure: { step: 'associate', cause: 'rejected', result: 1, source: 1, reason: 7 },
    });
    expect(words).toMatch(/called AE title not recognised/i);
    expect(code).toBe(1);
  });

  it('names a port where nothing listens', async () => {
    const port = await freePort();

    const { code, lines } = await runCli(['echo', ...peer({ host: '127.0.0.1', port, aeTitle: 'QR' })]);

    expect(lines.at(-1)).toMatchObject({ failure: { step: 'connect', port, cause: 'refused' } });
    expect(code).toBe(1);
  });

  it('says that a plain server does not speak TLS', async () => {
    await using scp = await startStorescp();

    const { code, lines } = await runCli(['echo', ...peer(scp), '--tls']);

    expect(lines.at(-1)).toMatchObject({ failure: { step: 'tls' } });
    expect(code).toBe(1);
  });

  it('lets go of a silent server within a second of SIGINT', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const connected = new Promise((resolve) => silent.once('connection', resolve));
    await using child = startCli(['echo', ...peer({ host: '127.0.0.1', port, aeTitle: 'QR' })]);
    await connected;

    process.kill(child.pid, 'SIGINT');
    const code = await child.exited;

    silent.close();
    expect(code).toBe(130);
  });

  it('explains a command line it does not understand', async () => {
    const { code, words } = await runCli([
      'echo',
      '--host',
      '127.0.0.1',
      '--port',
      '99999',
      '--called',
      'QR',
    ]);

    expect(words).toContain('--port: A port is a whole number from 1 to 65535.');
    expect(code).toBe(2);
  });
});

describe('cli find', () => {
  it('finds what findscu finds, by wildcard and by date', async () => {
    await using pacs = await startOrthanc({
      aeTitle: 'ORTHANC',
      files: files.map(({ path }) => path),
      modalities: [],
    });
    const keys = ['PatientName=DOE*', 'StudyDate=20260101-20260131'];

    const ours = await runCli(['find', ...peer(pacs), ...keys.flatMap((key) => ['-k', key])]);

    const theirs = await runDcmtk('findscu', [
      ...['-S', '-v', '-aec', pacs.aeTitle, pacs.host, `${pacs.port}`],
      ...['-k', 'QueryRetrieveLevel=STUDY', '-k', 'StudyInstanceUID'],
      ...keys.flatMap((key) => ['-k', key]),
    ]);
    const count = theirs.stderr.match(/Find Response: \d+ \(Pending\)/g)?.length ?? 0;
    expect(ours.lines).toHaveLength(count);
    expect(ours.lines).toEqual([
      expect.objectContaining({ PatientName: 'DOE^JANE', StudyDate: '20260110', StudyDescription: 'CHEST' }),
    ]);
    expect(ours.code).toBe(0);
  });

  it('decodes names in their own scripts', async () => {
    await using pacs = await startDcmqrscp({
      aeTitle: 'QR',
      files: oneSyntax.map(({ path }) => path),
      moveDestinations: [],
    });

    const { lines } = await runCli(['find', ...peer(pacs), '-k', 'PatientName=']);

    const names = lines.map(({ PatientName }) => PatientName);
    expect(names).toEqual(expect.arrayContaining(['DOE^JANE', 'Yamada^Tarou=山田^太郎=やまだ^たろう']));
    expect(names).toContain('Παπαδόπουλος^Γιώργος');
  });

  it('never lets a query that failed look like one without matches', async () => {
    await using scp = await startStorescp();

    const { code, lines, words } = await runCli(['find', ...peer(scp), '-k', 'PatientName=*']);

    expect(lines).toEqual([]);
    expect(words).not.toBe('');
    expect(code).toBe(1);
  });

  it('refuses a keyword that is not in the dictionary', async () => {
    const { code, words } = await runCli([
      'find',
      '--host',
      'x',
      '--port',
      '1',
      '--called',
      'A',
      '-k',
      'PatientNmae=X',
    ]);

    expect(words).toContain('PatientNmae');
    expect(code).toBe(2);
  });
});

describe('cli retrieve', () => {
  it('brings a study from dcmqrscp whole, every data set as it was', async () => {
    const listen = await freePort();
    await using to = await temporaryFolder();
    await using pacs = await startDcmqrscp({
      aeTitle: 'QR',
      files: oneSyntax.map(({ path }) => path),
      moveDestinations: [{ aeTitle: 'GANTRY', host: '127.0.0.1', port: listen }],
    });
    const study = studyUidOf(oneSyntaxPerClass[0]!);

    const { code, lines } = await runCli([
      ...['retrieve', ...peer(pacs), '--listen', `${listen}`, '--study', study, '--to', to.path],
    ]);

    const wanted = oneSyntax.filter(({ studyInstanceUid }) => studyInstanceUid === study);
    expect(lines.at(-1)).toEqual({
      way: 'c-move',
      expected: wanted.length,
      arrived: wanted.length,
      failed: 0,
    });
    expect(lines).toHaveLength(wanted.length + 1);
    for (const { path, sopInstanceUid } of wanted) {
      expect(await sameDataset(path, join(to.path, `${sopInstanceUid}.dcm`)), sopInstanceUid).toBe(true);
    }
    expect(code).toBe(0);
  });

  it('brings one series from Orthanc', async () => {
    const listen = await freePort();
    await using to = await temporaryFolder();
    await using pacs = await startOrthanc({
      aeTitle: 'ORTHANC',
      files: files.map(({ path }) => path),
      modalities: [{ aeTitle: 'GANTRY', host: '127.0.0.1', port: listen }],
    });
    const { studyInstanceUid, seriesInstanceUid } = files[0]!;

    const { code, lines } = await runCli([
      ...['retrieve', ...peer(pacs), '--listen', `${listen}`, '--study', studyInstanceUid],
      ...['--series', seriesInstanceUid, '--to', to.path],
    ]);

    const wanted = files.filter((file) => file.seriesInstanceUid === seriesInstanceUid);
    expect(lines.at(-1)).toEqual({
      way: 'c-move',
      expected: wanted.length,
      arrived: wanted.length,
      failed: 0,
    });
    for (const { path, sopInstanceUid } of wanted) {
      expect(await sameDataset(path, join(to.path, `${sopInstanceUid}.dcm`)), sopInstanceUid).toBe(true);
    }
    expect(code).toBe(0);
  });

  it('explains an unknown move destination, and what to ask for', async () => {
    await using to = await temporaryFolder();
    await using pacs = await startDcmqrscp({
      aeTitle: 'QR',
      files: oneSyntax.map(({ path }) => path),
      moveDestinations: [],
    });

    const { code, lines, words } = await runCli([
      ...['retrieve', ...peer(pacs), '--listen', `${await freePort()}`],
      ...['--study', studyUidOf(oneSyntaxPerClass[0]!), '--to', to.path],
    ]);

    expect(words).toContain('A801');
    expect(words).toContain('GANTRY');
    expect(lines.at(-1)).toMatchObject({ arrived: 0 });
    expect(code).toBe(1);
  });

  it('names a listen port that is taken', async () => {
    await using to = await temporaryFolder();
    await using scp = await startStorescp();
    await using pacs = await startDcmqrscp({
      aeTitle: 'QR',
      files: oneSyntax.map(({ path }) => path),
      moveDestinations: [],
    });

    const { code, words } = await runCli([
      ...['retrieve', ...peer(pacs), '--listen', `${scp.port}`],
      ...['--study', studyUidOf(oneSyntaxPerClass[0]!), '--to', to.path],
    ]);

    expect(words).toContain(`${scp.port}`);
    expect(code).toBe(1);
  });
});

describe('cli send', () => {
  it('sends every file in its own transfer syntax and keeps its data set', async () => {
    await using scp = await startStorescp();

    const { code, lines } = await runCli(['send', ...peer(scp), join(folder.path, 'mixed')]);

    const stored = await scp.files();
    const sums = { files: files.length, stored: files.length, warning: 0, refused: 0, failed: 0 };
    expect(lines.at(-1)).toEqual(sums);
    const sent = await Promise.all(files.map(({ path }) => datasetBytes(path)));
    const arrived = await Promise.all(stored.map(datasetBytes));
    expect(arrived.map(String).toSorted()).toEqual(sent.map(String).toSorted());
    expect(code).toBe(0);
  });

  it('accounts for files that are not DICOM', async () => {
    await using scp = await startStorescp();
    await using more = await temporaryFolder();
    await writeFile(join(more.path, 'notes.txt'), 'nothing to see');

    const { code, lines } = await runCli(['send', ...peer(scp), files[0]!.path, more.path]);

    expect(lines.at(-1)).toEqual({ files: 2, stored: 1, warning: 0, refused: 0, failed: 1 });
    expect(lines).toContainEqual(
      expect.objectContaining({ outcome: 'failed', failure: expect.objectContaining({ step: 'file' }) }),
    );
    expect(code).toBe(1);
  });

  it('calls a syntax that the server does not take refused, and sends the rest', async () => {
    await using scp = await startStorescp({ accept: ['+xi'] });

    const { code, lines } = await runCli(['send', ...peer(scp), join(folder.path, 'mixed')]);

    const { files: all, stored, refused, failed } = lines.at(-1) as Record<string, number>;
    expect(all).toBe(files.length);
    expect(refused).toBeGreaterThan(0);
    expect(stored! + refused! + failed!).toBe(files.length);
    expect(await scp.files()).toHaveLength(stored!);
    expect(code).toBe(1);
  });

  it('gives every file an outcome when the server cannot be reached', async () => {
    const port = await freePort();

    const { code, lines } = await runCli([
      ...['send', ...peer({ host: '127.0.0.1', port, aeTitle: 'A' }), join(folder.path, 'mixed')],
    ]);

    expect(lines.at(-1)).toEqual({
      files: files.length,
      stored: 0,
      warning: 0,
      refused: 0,
      failed: files.length,
    });
    expect(code).toBe(1);
  });
});

describe('cli listen', () => {
  it('stores what storescu sends and ends cleanly on SIGTERM', async () => {
    const port = await freePort();
    await using to = await temporaryFolder();
    await using child = startCli(['listen', '--port', `${port}`, '--ae', 'HERE', '--to', to.path]);
    await expect.poll(() => child.output(), { timeout: 10_000 }).toContain('listening');

    await mustRun('storescu', ['-xs', '-aec', 'HERE', '127.0.0.1', `${port}`, files[0]!.path]);
    await child.stop();

    expect(await child.exited).toBe(0);
    expect(child.output()).toContain(files[0]!.sopInstanceUid);
    expect(await readdir(to.path)).toEqual([`${files[0]!.sopInstanceUid}.dcm`]);
    expect(await sameDataset(files[0]!.path, join(to.path, `${files[0]!.sopInstanceUid}.dcm`))).toBe(true);
  });

  it('turns away who calls another AE title, in so many words', async () => {
    const port = await freePort();
    await using to = await temporaryFolder();
    await using child = startCli(['listen', '--port', `${port}`, '--ae', 'HERE', '--to', to.path]);
    await expect.poll(() => child.output(), { timeout: 10_000 }).toContain('listening');

    const { stderr } = await runDcmtk('echoscu', ['-v', '-aec', 'THERE', '127.0.0.1', `${port}`]);

    expect(stderr).toContain('Called AE Title Not Recognized');
  });
});

describe('cli check', () => {
  it('finds no fault in the example that documents every key', async () => {
    const example = join(import.meta.dirname, '../../admin-ini/servers.ini.example');

    const { code, words } = await runCli(['check', example]);

    expect(words).toBe('');
    expect(code).toBe(0);
  });

  it('names file, line, key and reason of a bad value, and keeps the other servers', async () => {
    await using there = await temporaryFolder();
    const ini = join(there.path, 'servers.ini');
    await writeFile(
      ini,
      '[file]\nversion=1\n[server:a]\nname=A\nae=A\nhost=a\nport=104\n[server:b]\nname=B\nae=B\nhost=b\nport=70000\n',
    );

    const { code, lines, words } = await runCli(['check', ini]);

    expect(words).toContain(`${ini}:12:6: error: port: A port is a whole number from 1 to 65535.`);
    expect(lines.map(({ name }) => name)).toEqual(['A']);
    expect(code).toBe(1);
  });
});

function peer({ host, port, aeTitle }: { host: string; port: number; aeTitle: string }): readonly string[] {
  return ['--host', host, '--port', `${port}`, '--called', aeTitle];
}
