import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CertificateList } from '../../../electron/contract/certificate.ts';
import { FailureError, type Failure } from '../../../electron/contract/failure.ts';
import { FileGrantId } from '../../../electron/contract/send.ts';
import { ServerId, type Server } from '../../../electron/contract/server.ts';
import {
  certificateHandlers,
  watchCertificates,
  type CertificateRecords,
  type FileChooser,
} from '../../../electron/ipc/index.ts';
import { openSecurity } from '../../../electron/security/index.ts';
import type { ServerBook } from '../../../electron/servers/index.ts';
import { noAdminLocal, openSettings } from '../../../electron/settings/index.ts';
import { exportPkcs12 } from '../../support/certificates.ts';
import { keyring } from '../../support/keyring.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';
import { makeTlsIdentities, type TlsIdentities } from '../../support/tls-identities.ts';

const pacs = ServerId.parse('pacs');
const { signal } = new AbortController();
let made: TlsIdentities;
let folder: TemporaryFolder;
let servers: object[];
let records: CertificateRecords;
let handlers: ReturnType<typeof certificateHandlers>;

beforeAll(async () => {
  made = await makeTlsIdentities();
});

afterAll(() => made[Symbol.asyncDispose]());

beforeEach(async () => {
  folder = await temporaryFolder();
  servers = [];
  records = await open(new Date());
  handlers = handlersFor(records);
  return () => folder[Symbol.asyncDispose]();
});

async function open(now: Date): Promise<CertificateRecords> {
  let next = 0;
  const security = await openSecurity({
    folder: join(folder.path, 'certificates'),
    box: keyring(),
    newId: () => `certificate-${next++}`,
    now: () => now,
  });
  const book = {
    list: () => ({ servers: servers as Server[], adminFile: null, problems: [] }),
    onChange: () => () => {},
  } as unknown as ServerBook;
  const settings = openSettings({
    store: { get: () => undefined, set: () => undefined },
    admin: () => noAdminLocal,
    defaultArchiveFolder: '/a',
    brokenSettingsKeptAs: null,
  });
  return { ...security, book, settings, now: () => now };
}

const handlersFor = (from: CertificateRecords): ReturnType<typeof certificateHandlers> =>
  certificateHandlers({ ...from, files: chooser });

/** A grant is a file's name in the folder. */
const chooser = { pathOf: (grant: string) => join(folder.path, grant) } as unknown as FileChooser;
const grant = (name: string): FileGrantId => FileGrantId.parse(name);

const importing = (
  name: string,
  more: { kind?: 'identity' | 'authorities'; key?: string; passphrase?: string },
) =>
  handlers.importFile(
    {
      kind: more.kind ?? 'identity',
      file: grant(name),
      keyFile: more.key === undefined ? null : grant(more.key),
      passphrase: more.passphrase ?? '',
    },
    signal,
  );

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof FailureError) return thrown.failure;
    throw thrown;
  }
  throw new Error('it did not fail');
}

it('a chosen file becomes a listed certificate, without its key', async () => {
  await exportPkcs12(join(folder.path, 'mine.p12'), made.client, 'geheim');

  const kept = await importing('mine.p12', { passphrase: 'geheim' });

  const list = await handlers.list(undefined, signal);
  expect(list).toMatchObject({
    certificates: [{ id: kept.id, key: 'sealed', usedBy: [] }],
    secretsAreKept: true,
  });
  expect(JSON.stringify(list)).not.toMatch(/PRIVATE|geheim/);
});

it('a pair of files is taken as it is chosen', async () => {
  await writeFile(join(folder.path, 'client.pem'), made.client.cert);
  await writeFile(join(folder.path, 'client.key'), made.client.key);

  await importing('client.key', { key: 'client.pem' });

  expect((await handlers.list(undefined, signal)).certificates).toHaveLength(1);
});

it('a file that is not there, is empty or is a folder is said so', async () => {
  await writeFile(join(folder.path, 'empty.p12'), '');

  expect(await failureOf(importing('none.p12', {}))).toMatchObject({ step: 'file', cause: 'missing' });
  expect(await failureOf(importing('empty.p12', {}))).toMatchObject({ step: 'file', cause: 'empty' });
  expect(await failureOf(importing('certificates', {}))).toMatchObject({
    step: 'certificate',
    cause: 'unreadable',
  });
});

it('is not removed while servers refer to it: they are named', async () => {
  await writeFile(join(folder.path, 'ca.pem'), made.trusted.cert);
  const { id } = await importing('ca.pem', { kind: 'authorities' });
  servers = [
    { id: pacs, name: 'Main PACS', authorities: id },
    { id: 'other', name: 'Other', authorities: null },
  ];

  expect((await handlers.list(undefined, signal)).certificates[0]?.usedBy).toEqual(['Main PACS']);
  expect(await failureOf(handlers.remove(id, signal))).toMatchObject({
    cause: 'in-use',
    detail: 'Main PACS',
  });
  servers = [];
  await handlers.remove(id, signal);
  expect((await handlers.list(undefined, signal)).certificates).toEqual([]);
});

it('warns of our own certificates, of authorities that servers rest on, and of what servers showed last', async () => {
  await writeFile(join(folder.path, 'ca.pem'), made.trusted.cert);
  await writeFile(join(folder.path, 'client.pem'), made.client.cert + made.client.key);
  await importing('client.pem', {});
  const { id } = await importing('ca.pem', { kind: 'authorities' });
  const inThreeDays = new Date(Date.now() + 3 * 24 * 3_600_000).toISOString();
  records.seen.remember(pacs, { subject: 'pacs', validTo: inThreeDays, fingerprint: 'AA' });
  records.seen.remember(ServerId.parse('gone'), { subject: 'x', validTo: inThreeDays, fingerprint: 'BB' });

  servers = [{ id: pacs, name: 'Main PACS', authorities: id }];
  const told = (await handlers.list(undefined, signal)).warnings;
  servers = [];
  const withoutServers = (await handlers.list(undefined, signal)).warnings;

  const inWords = told.map(({ whose, subject, level }) => `${whose.kind} ${subject}: ${level}`);
  // They may end in the same second.
  const ourWarnings = inWords.slice(1);
  expect(inWords).toEqual(['server pacs: week', ...ourWarnings]);
  expect(ourWarnings.toSorted()).toEqual(['authorities Trusted: month', 'identity client: month']);
  expect(withoutServers.map(({ whose }) => whose.kind)).toEqual(['identity']);
});

it('what a server shows is told, and remembered for its warnings', async () => {
  const tls = createServer({ key: made.selfSigned.key, cert: made.selfSigned.cert });
  tls.on('tlsClientError', () => {});
  tls.listen(0, '127.0.0.1');
  await once(tls, 'listening');
  const address = tls.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  servers = [{ id: pacs, name: 'Main PACS' }];

  const shown = await handlers.fetchPeer(
    { serverId: pacs, host: '127.0.0.1', port: address.port, expectedName: null, authorities: null },
    signal,
  );
  tls.close();

  expect(shown).toMatchObject({ chain: [{ subject: 'self' }], failure: { cause: 'self-signed' } });
  const { warnings } = await handlers.list(undefined, signal);
  expect(warnings).toMatchObject([{ whose: { kind: 'server', name: 'Main PACS' } }]);
});

it('whoever watches hears of every change', async () => {
  await writeFile(join(folder.path, 'ca.pem'), made.trusted.cert);
  const heard: CertificateList[] = [];
  const stop = watchCertificates(records, (list) => heard.push(list));

  await importing('ca.pem', { kind: 'authorities' });
  records.seen.remember(pacs, { subject: 'pacs', validTo: '2020-01-01T00:00:00.000Z', fingerprint: 'AA' });
  records.seen.remember(pacs, { subject: 'pacs', validTo: '2020-01-01T00:00:00.000Z', fingerprint: 'AA' });
  stop();
  records.certificates.manage([]);

  expect(heard).toHaveLength(2);
  expect(heard[1]).toMatchObject({ certificates: [{ kind: 'authorities' }] });
});
