import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { describeDrift } from '../../electron/contract/describe-drift.ts';
import { linkReport, type LinkRow } from '../../electron/contract/link-report.ts';
import { LinkDraft, ownAe, type Direction } from '../../electron/contract/link.ts';
import type { ObservedMethod } from '../../electron/contract/observations.ts';
import { FileGrantId } from '../../electron/contract/send.ts';
import { draftOf, type Server } from '../../electron/contract/server.ts';
import { StudyKeys } from '../../electron/contract/study.ts';
import { mustRun, startDcmqrscp, startOrthanc, startStorescp, whichPeers } from '../support/peers/index.ts';
import { runCli, startCli } from '../support/run-cli.ts';
import { studyUidOf, writeSyntheticStudy, type SyntheticStudy } from '../support/synthetic-study.ts';
import { startTlsFront } from '../support/tls-front.ts';
import { makeTlsIdentities, type TlsIdentities } from '../support/tls-identities.ts';
import { openWholeHouse, retrieve, sendFile, type WholeHouse } from '../support/whole-house.ts';

const peers = whichPeers();
const { signal } = new AbortController();
const study: SyntheticStudy = {
  patientName: 'DOE^JANE',
  patientId: 'LINKS',
  studyDate: '20250101',
  series: [{ modality: 'CT', instances: 2 }],
};

describe.skipIf(!peers.dcmtk || !peers.orthanc)('declared links beside what was seen of them', () => {
  let house: WholeHouse;
  let files: readonly string[];
  const open = new AsyncDisposableStack();

  beforeAll(async () => {
    house = open.use(await openWholeHouse());
    const set = join(house.folder, 'set');
    await mkdir(set);
    files = (await writeSyntheticStudy(set, study)).map(({ path }) => path);
    await declareAndUse();
  }, 120_000);
  afterAll(() => open.disposeAsync());

  async function declare(
    { id }: Server,
    direction: Direction,
    more: Partial<LinkDraft> & { readonly fromServer?: boolean } = {},
  ): Promise<void> {
    const { fromServer = false, ...rest } = more;
    const ends = fromServer ? { source: id, target: ownAe } : { source: ownAe, target: id };
    const draft = LinkDraft.parse({ ...ends, direction, ...rest });
    await house.handlers.servers.saveLink({ id: null, draft }, signal);
  }

  async function query({ id }: Server): Promise<void> {
    const asked = { serverId: id, keys: StudyKeys.parse({}), limit: 10 };
    for await (const found of house.handlers.query.findStudies(asked, signal)) void found;
  }

  async function test(server: Server): Promise<void> {
    const asked = { id: server.id, draft: draftOf(server), sendOneImage: false };
    for await (const step of house.handlers.connectionTest.run(asked, signal)) void step;
  }

  /** A server that sends an image here by itself; what it sent is noted a moment after it was stored. */
  async function push({ id, aeTitle }: Server): Promise<void> {
    const { host, port } = house.place;
    await mustRun('storescu', ['-R', '-aet', aeTitle!, '-aec', 'GANTRY', host, `${port}`, files[0]!]);
    const isNoted = async (): Promise<boolean> => {
      const all = await house.handlers.observations.list(undefined, signal);
      const seen = all.find(({ serverId }) => serverId === id);
      return seen?.methods.some(({ method }) => method === 'c-store-in') ?? false;
    };
    await vi.waitUntil(isNoted, { timeout: 20_000 });
  }

  /** Four links that are as declared, and three that are not; all of it real traffic. */
  async function declareAndUse(): Promise<void> {
    const archive = open.use(
      await startDcmqrscp({ aeTitle: 'ARCHIVE', files, moveDestinations: [house.place] }),
    );
    const orthanc = open.use(await startOrthanc({ aeTitle: 'ORTHANC', files, modalities: [] }));
    const workstation = open.use(await startStorescp({ aeTitle: 'WORKSTATION' }));
    const chatty = open.use(await startStorescp({ aeTitle: 'CHATTY' }));
    const exposed = open.use(await startDcmqrscp({ aeTitle: 'EXPOSED', files: [], moveDestinations: [] }));
    const nowhere = { host: '127.0.0.1', port: 11199 };

    const pulled = await house.saveServer(archive, { retrieveMethod: 'c-move' });
    await declare(pulled, 'pull');
    await query(pulled);
    expect((await retrieve(house, pulled, studyUidOf(study))).state).toEqual({ kind: 'done' });

    const pushed = await house.saveServer(workstation);
    await declare(pushed, 'push');
    expect((await sendFile(house, pushed, files[0]!)).state).toEqual({ kind: 'done' });

    const scanner = await house.saveServer({ aeTitle: 'SCANNER', ...nowhere });
    await declare(scanner, 'push', { fromServer: true });
    await push(scanner);

    const both = await house.saveServer(orthanc);
    await declare(both, 'bidir');
    await test(both);

    const sendsToo = await house.saveServer(chatty);
    await declare(sendsToo, 'push');
    await sendFile(house, sendsToo, files[0]!);
    await push(sendsToo);

    const retired = await house.saveServer({ aeTitle: 'RETIRED', ...nowhere, port: 11198 });
    await declare(retired, 'push', { fromServer: true, status: 'obsolete' });
    await push(retired);

    const inPlain = await house.saveServer(exposed);
    await declare(inPlain, 'pull');
    await query(inPlain);
    const draft = { ...draftOf(inPlain), tls: true };
    await house.handlers.servers.save({ id: inPlain.id, draft }, signal);
  }

  async function report(): Promise<readonly LinkRow[]> {
    const { servers, links } = await house.handlers.servers.list(undefined, signal);
    const observations = await house.handlers.observations.list(undefined, signal);
    return linkReport({ servers, links, observations, now: new Date() });
  }

  const methodsOf = async (name: string): Promise<readonly ObservedMethod[] | undefined> =>
    (await report())
      .find(({ server }) => server?.name === name)
      ?.seen.map(({ method }) => method)
      .toSorted((one, other) => one.localeCompare(other));

  it('lists the three that have drifted, and no other', async () => {
    const rows = await report();
    const drifted = rows.filter(({ drifts }) => drifts.length > 0);

    expect(rows).toHaveLength(7);
    expect(drifted.map(({ server, drifts }) => [server?.name, drifts.map(({ kind }) => kind)])).toEqual([
      ['CHATTY', ['other-use']],
      ['RETIRED', ['status']],
      ['EXPOSED', ['tls']],
    ]);
    expect(drifted.map(({ server, drifts }) => describeDrift(drifts[0]!, server!.name).what)).toEqual([
      'CHATTY sent images here by itself (C-STORE), and no link is for that: this one is PUSH.',
      'The link is obsolete, and is used: C-STORE in.',
      'C-FIND came without TLS, and EXPOSED is entered with TLS.',
    ]);
  });

  it('says of the others by what they were seen to work', async () => {
    expect(await methodsOf('ARCHIVE')).toEqual(['c-find', 'c-move', 'c-move-store']);
    expect(await methodsOf('WORKSTATION')).toEqual(['c-store']);
    expect(await methodsOf('SCANNER')).toEqual(['c-store-in']);
    expect(await methodsOf('ORTHANC')).toEqual(['c-echo', 'c-find']);
  });

  it('is the same on the command line, where drift is an exit code', async () => {
    await house.restart();

    const text = await runCli(['links', '--home', house.home, '--json']);

    const drifted = text.lines.filter(({ drifts }) => Array.isArray(drifts) && drifts.length > 0);
    expect(text).toMatchObject({ code: 1, words: '' });
    expect(text.lines).toHaveLength(7);
    expect(drifted.map(({ server }) => server)).toMatchObject([
      { name: 'CHATTY' },
      { name: 'RETIRED' },
      { name: 'EXPOSED' },
    ]);
  });
});

describe.skipIf(!peers.dcmtk || !peers.orthanc)('a link that is declared with TLS', () => {
  let house: WholeHouse;
  let made: TlsIdentities;
  let server: Server;
  const open = new AsyncDisposableStack();

  beforeAll(async () => {
    made = open.use(await makeTlsIdentities());
    house = open.use(await openWholeHouse());
    const set = join(house.folder, 'set');
    await mkdir(set);
    const files = (await writeSyntheticStudy(set, study)).map(({ path }) => path);
    const orthanc = open.use(await startOrthanc({ aeTitle: 'ORTHANC', files, modalities: [house.place] }));
    const front = open.use(await startTlsFront(orthanc.port, made.named));
    const authorities = await house.handlers.certificates.importFile(
      {
        kind: 'authorities',
        file: FileGrantId.parse(made.trusted.certFile),
        keyFile: null,
        passphrase: '',
      },
      signal,
    );
    server = await house.saveServer(
      { aeTitle: 'ORTHANC', host: front.host, port: front.port },
      { tls: true, authorities: authorities.id, expectedName: 'pacs.example', retrieveMethod: 'c-get' },
    );
    const draft = LinkDraft.parse({ source: ownAe, target: server.id, direction: 'pull' });
    await house.handlers.servers.saveLink({ id: null, draft }, signal);
  }, 60_000);
  afterAll(() => open.disposeAsync());

  async function row(): Promise<LinkRow> {
    const { servers, links } = await house.handlers.servers.list(undefined, signal);
    const observations = await house.handlers.observations.list(undefined, signal);
    return linkReport({ servers, links, observations, now: new Date() })[0]!;
  }

  it('is as declared by C-GET, with the version of TLS; images that come by C-MOVE in plain are drift', async () => {
    const fetched = await retrieve(house, server, studyUidOf(study));
    const byGet = await row();
    const draft = { ...draftOf(server), retrieveMethod: 'c-move' } as const;
    await house.handlers.servers.save({ id: server.id, draft }, signal);
    const moved = await retrieve(house, server, studyUidOf(study));
    const byMove = await row();

    expect([fetched.state, moved.state]).toEqual([{ kind: 'done' }, { kind: 'done' }]);
    expect(byGet.seen).toMatchObject([{ method: 'c-get', tls: { protocol: 'TLSv1.3' } }]);
    expect(byGet.drifts).toEqual([]);
    expect(byMove.seen).toContainEqual(
      expect.objectContaining({ method: 'c-move', tls: { protocol: 'TLSv1.3' } }),
    );
    expect(byMove.drifts).toMatchObject([{ kind: 'tls', seen: { method: 'c-move-store', tls: null } }]);
    expect(describeDrift(byMove.drifts[0]!, 'ORTHANC').advice).toContain('Listen with TLS');
  });

  it('shows a role that was measured to be another than is declared', async () => {
    const answers = await startStorescp({ aeTitle: 'ANSWERS' });
    open.use(answers);
    const declared = await house.saveServer(answers, { role: 'scu' });
    const asked = { id: declared.id, draft: draftOf(declared), sendOneImage: false };
    for await (const step of house.handlers.connectionTest.run(asked, signal)) void step;

    const { servers, links } = await house.handlers.servers.list(undefined, signal);
    const observations = await house.handlers.observations.list(undefined, signal);
    const rows = linkReport({ servers, links, observations, now: new Date() });
    const found = rows.find(({ server: each }) => each?.id === declared.id);

    expect(found?.drifts).toMatchObject([{ kind: 'role', declared: 'scu', measured: { scp: true } }]);
    await house.handlers.servers.delete(declared.id, signal);
    const after = await house.handlers.observations.list(undefined, signal);
    expect(after.map(({ serverId }) => serverId)).not.toContain(declared.id);
  });

  it('is a table on the command line too', async () => {
    await house.restart();

    const csv = startCli(['links', '--home', house.home, '--report', 'csv']);
    const text = startCli(['links', '--home', house.home]);

    expect(await csv.exited).toBe(1);
    expect(await text.exited).toBe(1);
    expect(csv.output().split('\r\n')[1]).toMatch(
      /^This viewer ← ORTHANC,PULL,in production,,ORTHANC,\d{4}-.*Z,.*C-STORE in, for C-MOVE.* came without TLS/,
    );
    expect(text.output()).toMatch(/^! This viewer ← ORTHANC, production: last ok .*\n {4}C-STORE in/);
    expect(text.output()).toContain('1 declared link, 1 of 1 lines differ from what was seen.');
  });
});
