import { readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compose, type House } from '../../electron/compose.ts';
import { CertificateId } from '../../electron/contract/certificate-id.ts';
import { describeFailure } from '../../electron/contract/describe-failure.ts';
import { describeRefusedPeer } from '../../electron/contract/describe-refused-peer.ts';
import type { TestStep } from '../../electron/contract/connection-test.ts';
import { serverDraft } from '../../electron/contract/server.ts';
import { FileGrantId } from '../../electron/contract/send.ts';
import { SettingsDraft, type ListenerState } from '../../electron/contract/settings.ts';
import type { FileChooser } from '../../electron/ipc/index.ts';
import type { Identity } from '../support/certificates.ts';
import { demoUrl, forkDemo } from '../support/fork-demo.ts';
import { keyring } from '../support/keyring.ts';
import { freePort, runDcmtk, startDcmqrscp, whichPeers } from '../support/peers/index.ts';
import { writeSyntheticStudy } from '../support/synthetic-study.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';
import { makeTlsIdentities, type TlsIdentities } from '../support/tls-identities.ts';

const { dcmtk } = whichPeers();
const { signal } = new AbortController();
let made: TlsIdentities;
let folder: TemporaryFolder;
let port: number;
let files: readonly string[];
const houses: House[] = [];

beforeAll(async () => {
  made = await makeTlsIdentities();
}, 30_000);
afterAll(() => made[Symbol.asyncDispose]());

beforeEach(async () => {
  folder = await temporaryFolder();
  port = await freePort();
  const written = await writeSyntheticStudy(folder.path, {
    patientName: 'DOE^JANE',
    patientId: 'T1',
    studyDate: '20250101',
    series: [{ modality: 'CT', instances: 2 }],
  });
  files = written.map(({ path }) => path);
});
afterEach(async () => {
  for (const house of houses.splice(0)) await house.close();
  await folder[Symbol.asyncDispose]();
});

/** The whole app without a window; `ini`: lines of an administrator's file. */
async function openHouse(ini: string | null = null): Promise<House> {
  const file = join(folder.path, 'x.ini');
  if (ini !== null) await writeFile(file, `[file]\nversion=1\n${ini}`);
  const kept = new Map<string, unknown>([
    ['settings', { aeTitle: 'GANTRY', listenPort: port, listenAddress: '127.0.0.1' }],
  ]);
  const house = await compose({
    home: join(folder.path, 'home'),
    adminIniArgument: ini === null ? null : file,
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
  houses.push(house);
  return house;
}

async function imported(house: House, identity: Identity): Promise<CertificateId> {
  const { certFile, keyFile } = identity;
  const { id } = await house.handlers.certificates.importFile(
    {
      kind: 'identity',
      file: FileGrantId.parse(certFile),
      keyFile: FileGrantId.parse(keyFile),
      passphrase: '',
    },
    signal,
  );
  return id;
}

async function listenTls(house: House, listenCertificate: CertificateId | null): Promise<ListenerState> {
  const draft = { aeTitle: 'GANTRY', listenPort: port, listenAddress: '127.0.0.1' };
  const wanted = SettingsDraft.parse({ ...draft, listenTls: true, listenCertificate, unknownClasses: true });
  return (await house.handlers.settings.save(wanted, signal)).listener;
}

const storescu = (more: readonly string[]) =>
  runDcmtk('storescu', [...more, '-aec', 'GANTRY', '127.0.0.1', `${port}`, ...files]);
const trusting = (): readonly string[] => ['--anonymous-tls', '+cf', made.trusted.certFile];
const stored = async (house: House) => (await house.handlers.archive.studies(undefined, signal)).length;
const logged = (): Promise<string> => readFile(join(folder.path, 'home', 'logs', 'gantry.log'), 'utf8');

/** Whether anybody listens there. */
function isOpen(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

describe.skipIf(!dcmtk)('our listener, set to TLS', () => {
  it('takes and stores what storescu sends in TLS', async () => {
    const house = await openHouse();

    const state = await listenTls(house, await imported(house, made.server));
    const { code, stderr } = await storescu(trusting());

    expect(state).toEqual({ kind: 'listening', address: '127.0.0.1', port, tls: true });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(await stored(house)).toBe(1);
    const [study] = await house.handlers.archive.studies(undefined, signal);
    expect(study).toMatchObject({ instanceCount: files.length });
  });

  it('refuses who speaks plain DICOM, and the log and the settings say so', async () => {
    const house = await openHouse();
    await listenTls(house, await imported(house, made.good));

    expect((await storescu([])).code).not.toBe(0);

    expect(await stored(house)).toBe(0);
    await expect.poll(logged).toContain('"cause":"plain-peer"');
    const { refusedPeer } = await house.handlers.settings.get(undefined, signal);
    expect(refusedPeer).toMatchObject({ remoteAddress: '127.0.0.1', cause: 'plain-peer' });
    expect(describeRefusedPeer(refusedPeer!).title).toBe(
      '127.0.0.1 spoke plain DICOM at our TLS port, and was refused.',
    );
  });

  it('is told to others as it is: on the connection card and in the effective configuration', async () => {
    const house = await openHouse();
    await listenTls(house, await imported(house, made.good));
    const card = await house.handlers.servers.connectionCard(null, signal);

    expect(card.tls).toBe(true);
    const { values } = await house.handlers.settings.effective(undefined, signal);
    expect(values).toContainEqual(
      expect.objectContaining({ section: 'local', key: 'listen_tls', value: 'yes' }),
    );
  });

  it('is found out by the connection test where the server sends in plain', async () => {
    const house = await openHouse();
    await listenTls(house, await imported(house, made.good));
    await using pacs = await startDcmqrscp({
      aeTitle: 'QR',
      files,
      moveDestinations: [{ aeTitle: 'GANTRY', host: '127.0.0.1', port }],
    });
    const draft = serverDraft({
      name: 'PACS',
      aeTitle: 'QR',
      host: '127.0.0.1',
      port: pacs.port,
      listenPort: null,
      preferredCompression: 'as-stored',
      description: '',
      tls: false,
      verifyCertificate: true,
    });

    const steps: TestStep[] = [];
    const question = { id: null, draft, sendOneImage: true };
    for await (const step of house.handlers.connectionTest.run(question, signal)) steps.push(step);

    const found = steps.find(({ kind, step }) => kind === 'failed' && step === 'return-path');
    expect(found).toMatchObject({
      fault: { findings: [{ kind: 'turned-away', remoteAddress: '127.0.0.1', cause: 'plain-peer' }] },
    });
    expect(await stored(house)).toBe(0);
  });

  it('listens nowhere without a certificate, by name, and at once when there is one', async () => {
    const house = await openHouse();
    expect(await isOpen()).toBe(true);

    const without = await listenTls(house, null);
    expect(without).toMatchObject({
      kind: 'failed',
      failure: { step: 'listen', port, cause: 'certificate', why: 'none-chosen' },
    });
    expect(await isOpen()).toBe(false);

    const foreign = await listenTls(house, CertificateId.parse('gone'));
    expect(foreign).toMatchObject({ kind: 'failed', failure: { why: 'unknown' } });
    const forClients = await listenTls(house, await imported(house, made.client));
    expect(forClients).toMatchObject({ kind: 'failed', failure: { why: 'wrong-usage' } });
    expect(await isOpen()).toBe(false);
    for (const state of [without, foreign, forClients]) {
      const { title, explanation } = describeFailure(
        state.kind === 'failed' ? state.failure : { step: 'cancelled' },
        { server: 'PACS', ourAeTitle: 'GANTRY' },
      );
      expect(title).toBe(`This viewer does not listen at port ${port}: it has no certificate to show.`);
      expect(explanation).toContain('nothing is taken in plain instead');
    }

    const good = await imported(house, made.good);
    expect(await listenTls(house, good)).toMatchObject({ kind: 'listening', tls: true });
    await expect(house.handlers.certificates.remove(good, signal)).rejects.toMatchObject({
      failure: { step: 'certificate', cause: 'in-use', detail: 'GANTRY' },
    });
  });

  it('is the administrator’s to set: his certificate, at his lines, and nobody turns it off', async () => {
    await writeFile(join(folder.path, 'ours.pem'), made.server.cert);
    await writeFile(join(folder.path, 'ours.key'), made.server.key);
    const house = await openHouse(
      '[policy]\nlock_listener=yes\n[local]\nlisten_tls=yes\nlisten_cert=ours.pem\nlisten_key=ours.key\n',
    );

    expect((await storescu([])).code).not.toBe(0);
    expect((await storescu(trusting())).code).toBe(0);

    const set = await house.handlers.settings.get(undefined, signal);
    expect(set.listenTls).toEqual({
      value: true,
      origin: { kind: 'administrator', file: join(folder.path, 'x.ini'), line: 6 },
      locked: true,
    });
    const draft = { aeTitle: 'GANTRY', listenPort: port, listenAddress: '127.0.0.1' };
    const off = SettingsDraft.parse({
      ...draft,
      listenTls: false,
      listenCertificate: null,
      unknownClasses: true,
    });
    await expect(house.handlers.settings.save(off, signal)).rejects.toMatchObject({
      failure: { step: 'managed', line: 6 },
    });
    expect(await stored(house)).toBe(1);
  });

  it('goes on listening in TLS while the administrator’s certificate is exchanged', async () => {
    const ini = '[local]\nlisten_tls=yes\nlisten_cert=ours.pem\n';
    const file = join(folder.path, 'ours.pem');
    await writeFile(file, made.unknownCa.cert + made.unknownCa.key);
    const house = await openHouse(ini);
    expect((await storescu(trusting())).code).not.toBe(0);

    await writeFile(file, made.good.cert + made.good.key);

    await expect.poll(async () => (await storescu(trusting())).code, { timeout: 30_000 }).toBe(0);
    expect(await stored(house)).toBe(1);
  });
});
