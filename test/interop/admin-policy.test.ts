import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { compose, type House } from '../../electron/compose.ts';
import { AeTitle } from '../../electron/contract/ae-title.ts';
import { LinkDraft } from '../../electron/contract/link.ts';
import { SendItemId } from '../../electron/contract/send.ts';
import { draftOf, serverDraft, ServerId } from '../../electron/contract/server.ts';
import { StudyKeys } from '../../electron/contract/study.ts';
import type { FileChooser } from '../../electron/ipc/index.ts';
import { demoUrl, forkDemo } from '../support/fork-demo.ts';
import { keyring } from '../support/keyring.ts';
import { freePort, startDcmqrscp } from '../support/peers/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { signal } = new AbortController();
const main = ServerId.parse('main');
const houses: House[] = [];
afterEach(async () => {
  for (const house of houses.splice(0)) await house.close();
});

const server = '[server:main]\nname=Main\nae=MAIN\nhost=127.0.0.1\nport=104\n';

/** The whole app without a window, below an administrator's file with these lines. */
async function openHouse(folder: string, text: string, kept = new Map<string, unknown>()) {
  const ini = join(folder, 'x.ini');
  await writeFile(ini, `[file]\nversion=1\n${text}`);
  const settings = { aeTitle: 'GANTRY', listenPort: await freePort(), listenAddress: '127.0.0.1' };
  if (!kept.has('settings')) kept.set('settings', settings);
  const house = await compose({
    home: join(folder, 'home'),
    adminIniArgument: ini,
    env: {},
    platform: process.platform,
    programFolder: folder,
    store: { get: (key) => kept.get(key), set: (key, value) => void kept.set(key, value) },
    brokenSettingsKeptAs: null,
    version: '0.0.0',
    demoUrl,
    launchDemo: forkDemo,
    files: {
      pathOf: (grant: string) => grant,
      chooseArchiveFolder: async () => join(folder, 'elsewhere'),
    } as unknown as FileChooser,
    secretBox: keyring(),
  });
  houses.push(house);
  return { ini, house, handlers: house.handlers, kept };
}

function draft(port: number) {
  return serverDraft({
    name: 'Mine',
    aeTitle: 'MINE',
    host: '127.0.0.1',
    port,
    listenPort: null,
    preferredCompression: 'as-stored',
    description: '',
    tls: false,
    verifyCertificate: true,
  });
}

async function drained(ask: () => AsyncIterable<unknown>): Promise<void> {
  for await (const _ of ask());
}

const search = { serverId: main, keys: StudyKeys.parse({}), limit: 10 };
const study = {
  serverId: main,
  studyInstanceUid: '1.2.3',
  patientName: '',
  patientId: '',
  studyDescription: '',
  studyDate: '',
};
const sending = { serverId: main, items: [SendItemId.parse('i1')] };

describe('the administrator’s policy, where a window asks in spite of it', () => {
  it('refuses everything to a server without TLS, by the line that says so', async () => {
    await using folder = await temporaryFolder();
    const { handlers, ini } = await openHouse(folder.path, `${server}[policy]\nrequire_tls=yes\n`);
    const refused = { failure: { step: 'policy', policy: 'require_tls', file: ini, line: 9 } };

    await expect(drained(() => handlers.query.findStudies(search, signal))).rejects.toMatchObject(refused);
    await expect(handlers.query.findSeries(study, signal)).rejects.toMatchObject(refused);
    await expect(handlers.transfers.retrieve(study, signal)).rejects.toMatchObject(refused);
    await expect(handlers.transfers.send(sending, signal)).rejects.toMatchObject(refused);
    expect(await handlers.transfers.list(undefined, signal)).toEqual([]);
    const steps: unknown[] = [];
    for await (const step of handlers.connectionTest.run(
      { id: null, draft: draft(104), sendOneImage: false },
      signal,
    )) {
      steps.push(step);
    }
    expect(steps).toEqual([
      expect.objectContaining({ kind: 'failed', fault: { findings: [], failure: refused.failure } }),
    ]);
  });

  it('refuses sending, and nothing else', async () => {
    await using folder = await temporaryFolder();
    const { handlers, ini } = await openHouse(folder.path, `${server}[policy]\nhide_send=yes\n`);

    await expect(handlers.transfers.send(sending, signal)).rejects.toMatchObject({
      failure: { step: 'policy', policy: 'hide_send', file: ini, line: 9 },
    });
    expect((await handlers.servers.list(undefined, signal)).servers[0]!.actions).toMatchObject({
      query: true,
      retrieve: true,
      send: false,
    });
  });

  it('refuses servers of one’s own, settings that are locked, and another archive folder', async () => {
    await using folder = await temporaryFolder();
    const archive = join(folder.path, 'archive');
    const { handlers, ini } = await openHouse(
      folder.path,
      `[local]\nae_title=LOCKED\narchive_folder=${archive}\n[policy]\nallow_user_servers=no\nlocked=ae_title, archive_folder\n${server}`,
    );
    const policy = { failure: { step: 'policy', policy: 'allow_user_servers', file: ini, line: 7 } };

    await expect(handlers.servers.save({ id: null, draft: draft(104) }, signal)).rejects.toMatchObject(
      policy,
    );
    await expect(handlers.servers.addDemo(undefined, signal)).rejects.toMatchObject(policy);
    const set = await handlers.settings.get(undefined, signal);
    const { aeTitle, listenPort, listenAddress, archiveFolder } = set;
    expect(aeTitle.value).toBe('LOCKED');
    expect(archiveFolder).toMatchObject({ value: archive, locked: true });
    const wanted = {
      aeTitle: AeTitle.parse('OTHER'),
      listenPort: listenPort.value,
      listenAddress: listenAddress.value,
      listenTls: set.listenTls.value,
      listenCertificate: set.listenCertificate.value,
      unknownClasses: set.unknownClasses.value,
    };
    await expect(handlers.settings.save(wanted, signal)).rejects.toMatchObject({
      failure: { step: 'managed', file: ini, line: 4 },
    });
    await expect(handlers.settings.chooseArchiveFolder(undefined, signal)).rejects.toMatchObject({
      failure: { step: 'managed', file: ini, line: 5 },
    });
  });
});

describe('an administrator’s server', () => {
  it('is as the file has it, whatever a window asks or the settings file holds', async () => {
    await using folder = await temporaryFolder();
    const shadow = { id: 'main', origin: 'user', draft: { ...draft(666), host: 'evil.example' } };
    const kept = new Map<string, unknown>([['servers', { version: 1, entries: [shadow], order: ['main'] }]]);
    const { handlers, ini } = await openHouse(folder.path, server, kept);
    const before = await handlers.servers.list(undefined, signal);
    const managed = { failure: { step: 'managed', file: ini, line: 3 } };

    await expect(handlers.servers.save({ id: main, draft: draft(1) }, signal)).rejects.toMatchObject(managed);
    await expect(handlers.servers.delete(main, signal)).rejects.toMatchObject(managed);
    const csv = 'id,name,ae,host,port\nmain,Main,MAIN,evil.example,104\n';
    const { id, rows } = await handlers.servers.previewImport({ kind: 'text', text: csv }, signal);
    expect(rows.map(({ kind }) => kind)).toEqual(['conflict']);
    await handlers.servers.applyImport({ id, without: [], removeMissing: true }, signal);

    const after = await handlers.servers.list(undefined, signal);
    expect(after.servers).toEqual(before.servers);
    expect(after.servers.map(({ host }) => host)).toEqual(['127.0.0.1']);
    const { values } = await handlers.settings.effective(undefined, signal);
    expect(values.find(({ section, key }) => section === 'server:main' && key === 'host')).toMatchObject({
      value: '127.0.0.1',
      origin: { kind: 'administrator', file: ini, line: 6 },
      locked: true,
    });
  });
});

describe('links and statuses', () => {
  it('refuse a retrieve where only sending is agreed on, and let a search through once it is', async () => {
    await using folder = await temporaryFolder();
    await using peer = await startDcmqrscp({ aeTitle: 'QRSCP', files: [], moveDestinations: [] });
    const { handlers } = await openHouse(folder.path, server);
    const saved = await handlers.servers.save(
      { id: null, draft: { ...draft(peer.port), aeTitle: AeTitle.parse(peer.aeTitle) } },
      signal,
    );
    const link = LinkDraft.parse({ source: 'local', target: saved.id, direction: 'push' });
    const { id } = await handlers.servers.saveLink({ id: null, draft: link }, signal);
    const asked = { ...search, serverId: saved.id };

    await expect(drained(() => handlers.query.findStudies(asked, signal))).rejects.toMatchObject({
      failure: { step: 'blocked', action: 'query', reason: { kind: 'link' } },
    });
    await expect(handlers.transfers.retrieve({ ...study, serverId: saved.id }, signal)).rejects.toMatchObject(
      {
        failure: { step: 'blocked', action: 'retrieve', reason: { kind: 'link' } },
      },
    );

    await handlers.servers.saveLink({ id, draft: { ...link, direction: 'bidir' } }, signal);
    await drained(() => handlers.query.findStudies(asked, signal));

    const planned = { ...draftOf(saved), lifecycle: 'planned' as const };
    await handlers.servers.save({ id: saved.id, draft: planned }, signal);
    await expect(drained(() => handlers.query.findStudies(asked, signal))).rejects.toMatchObject({
      failure: { step: 'blocked', action: 'query', reason: { kind: 'status', status: 'planned' } },
    });
    const question = { id: saved.id, draft: planned, sendOneImage: false };
    await drained(() => handlers.connectionTest.run(question, signal));
    const results = await handlers.connectionTest.results(undefined, signal);
    expect(results.find(({ id: tested }) => tested === saved.id)!.states.reachable.kind).toBe('proven');
  });

  it('of an administrator’s file count while the app runs', async () => {
    await using folder = await temporaryFolder();
    const { handlers, ini, house } = await openHouse(folder.path, server);
    const news: string[] = [];
    house.onNews((message) => message.kind === 'news' && news.push(message.path));

    await writeFile(ini, `[file]\nversion=1\n${server}status=obsolete\n`);

    await expect.poll(() => news, { timeout: 20_000 }).toContain('servers.changed');
    await expect(handlers.transfers.retrieve(study, signal)).rejects.toMatchObject({
      failure: { step: 'blocked', reason: { kind: 'status', of: 'server', status: 'obsolete' } },
    });
  });
});
