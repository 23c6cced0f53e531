import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AeTitle } from '../../../electron/contract/ae-title.ts';
import { CertificateId } from '../../../electron/contract/certificate-id.ts';
import type { EchoStep } from '../../../electron/contract/echo-step.ts';
import { FailureError } from '../../../electron/contract/failure.ts';
import { serverDraft, ServerId } from '../../../electron/contract/server.ts';
import { listen, verificationScp, type Listener, type ListenTls } from '../../../electron/dimse/index.ts';
import { openCertificateBook, type CertificateBook } from '../../../electron/security/index.ts';
import {
  fetchPeerCertificates,
  reachingBook,
  reachServer,
  testEcho,
  type ServerBook,
  type TlsRecord,
} from '../../../electron/servers/index.ts';
import { keyring } from '../../support/keyring.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';
import { makeTlsIdentities, type TlsIdentities } from '../../support/tls-identities.ts';

let made: TlsIdentities;
let folder: TemporaryFolder;
let book: CertificateBook;

beforeAll(async () => {
  made = await makeTlsIdentities();
});

afterAll(() => made[Symbol.asyncDispose]());

beforeEach(async () => {
  folder = await temporaryFolder();
  let next = 0;
  book = await openCertificateBook({
    folder: folder.path,
    box: keyring(),
    newId: () => `certificate-${next++}`,
    now: () => new Date(),
  });
  return () => folder[Symbol.asyncDispose]();
});

const serve = (
  identity: { cert: string; key: string },
  more: Partial<Pick<ListenTls, 'clientCa' | 'minVersion'>> = {},
): Promise<Listener> =>
  listen({
    host: '127.0.0.1',
    port: 0,
    services: [verificationScp()],
    tls: { identity, clientCa: null, ...more },
  });

const at = ({ port }: Listener, record: Omit<TlsRecord, 'tls'> & { verifyCertificate?: boolean } = {}) => ({
  host: '127.0.0.1',
  port,
  aeTitle: AeTitle.parse('PACS'),
  tls: true,
  verifyCertificate: true,
  ...record,
});

async function echoOf(record: ReturnType<typeof at>): Promise<EchoStep | undefined> {
  const steps: EchoStep[] = [];
  const reached = reachServer(record, book);
  const { signal } = new AbortController();
  for await (const step of testEcho(reached, { callingAeTitle: 'GANTRY' }, signal)) steps.push(step);
  return steps.at(-1);
}

const works = { kind: 'passed', step: 'echo', status: 0 };
const fails = (cause: string) => ({ kind: 'failed', step: 'tls', failure: { step: 'tls', cause } });

describe('a server of an authority that nobody else knows', () => {
  it('is trusted where its record names that authority, and another server is not trusted by it', async () => {
    await using one = await serve(made.good);
    await using other = await serve(made.good);
    const authorities = await book.importAuthorities(Buffer.from(made.trusted.cert));

    expect(await echoOf(at(one, { authorities }))).toMatchObject(works);
    expect(await echoOf(at(other))).toMatchObject(fails('unknown-ca'));
  });

  it('reached by its address, is verified by the DNS name that its record expects', async () => {
    await using pacs = await serve(made.named);
    const authorities = await book.importAuthorities(Buffer.from(made.trusted.cert));

    expect(await echoOf(at(pacs, { authorities }))).toMatchObject(fails('wrong-name'));
    expect(await echoOf(at(pacs, { authorities, expectedName: 'pacs.example' }))).toMatchObject(works);
    expect(await echoOf(at(pacs, { authorities, expectedName: 'other.example' }))).toMatchObject(
      fails('wrong-name'),
    );
  });
});

describe('a server that wants to know who calls', () => {
  it('is shown the certificate that its record names, and no other', async () => {
    await using pacs = await serve(made.good, { clientCa: [made.trusted.cert] });
    const authorities = await book.importAuthorities(Buffer.from(made.trusted.cert));
    const clientCertificate = await book.importIdentity({
      certificate: Buffer.from(made.client.cert),
      key: Buffer.from(made.client.key),
    });

    expect(await echoOf(at(pacs, { authorities, clientCertificate }))).toMatchObject(works);
    expect(await echoOf(at(pacs, { authorities }))).toMatchObject({
      kind: 'failed',
      failure: { step: 'tls', cause: 'client-certificate-required' },
    });
  });
});

describe('a server whose certificate is pinned', () => {
  it('is fetched, compared by a person, pinned, and refused once it shows another', async () => {
    const { signal } = new AbortController();
    const options = { certificates: book, now: () => new Date() };
    await using pacs = await serve(made.selfSigned);
    const asked = {
      serverId: null,
      host: '127.0.0.1',
      port: pacs.port,
      expectedName: null,
      authorities: null,
    };

    const shown = await fetchPeerCertificates(asked, options, signal);
    const pinnedFingerprint = shown.chain[0]?.fingerprint;

    expect(shown).toMatchObject({
      chain: [{ subject: 'self', fingerprint: new X509Certificate(made.selfSigned.cert).fingerprint256 }],
      failure: { step: 'tls', cause: 'self-signed' },
    });
    expect(await echoOf(at(pacs, { pinnedFingerprint: pinnedFingerprint! }))).toMatchObject(works);
    await using renewed = await serve(made.good);
    expect(await echoOf(at(renewed, { pinnedFingerprint: pinnedFingerprint! }))).toMatchObject(
      fails('pin-mismatch'),
    );
  });
});

it('a record that refers to what is not here is refused before anything is connected', () => {
  const record = { host: 'x', port: 1, aeTitle: AeTitle.parse('PACS'), tls: true, verifyCertificate: true };
  const authorities = CertificateId.parse('gone');

  expect(() => reachServer({ ...record, authorities }, book)).toThrow(FailureError);
  expect(reachServer({ ...record, tls: false, authorities }, book)).not.toHaveProperty('tlsOptions');
});

describe('the way to a server', () => {
  const web = { baseUrl: 'https://pacs.example:8443/dicom-web', authentication: 'bearer' } as const;
  const dicom = { aeTitle: 'PACS', host: '127.0.0.1', port: 104 };
  const none = { aeTitle: null, host: null, port: null };
  const record = {
    name: 'PACS',
    listenPort: null,
    preferredCompression: 'as-stored',
    description: '',
    tls: false,
    verifyCertificate: true,
  } as const;

  function waysOf(fields: object) {
    const draft = serverDraft({ ...record, ...none, ...fields });
    const server = { ...draft, id: ServerId.parse('pacs') };
    const told: string[] = [];
    const secrets = {
      get: ({ owner, origin }: { owner: string; origin: string }) => {
        told.push(`${owner} ${origin}`);
        return 'token';
      },
    };
    const reaching = reachingBook({ permit: () => server } as unknown as ServerBook, {
      certificates: book,
      secrets,
    });
    const wayOf = (reached: object): 'web' | 'dicom' => ('web' in reached ? 'web' : 'dicom');
    return {
      query: wayOf(reaching.querying(server.id)),
      retrieve: wayOf(reaching.retrieving(server.id)),
      plan: 'web' in reaching.retrieving(server.id) ? reaching.retrieving(server.id) : null,
      told,
      reaching,
      server,
    };
  }

  it.each([
    [{ protocol: 'dicom', ...dicom }, 'dicom', 'dicom'],
    [{ protocol: 'dicomweb', dicomweb: web }, 'web', 'web'],
    [{ protocol: 'both', dicomweb: web, ...dicom }, 'dicom', 'dicom'],
    [{ protocol: 'both', dicomweb: web, ...dicom, retrieveMethod: 'dicomweb' }, 'dicom', 'web'],
    [{ protocol: 'dicom', ...dicom, retrieveMethod: 'c-get' }, 'dicom', 'dicom'],
  ] as const)('%j: searched by %s, retrieved by %s', (fields, query, retrieve) => {
    expect(waysOf(fields)).toMatchObject({ query, retrieve });
  });

  it('has the token of that server at that origin, and time-outs of its record', () => {
    const timeouts = { connectMs: 3_000, associateMs: null, responseMs: 9_000 };

    const { plan, told } = waysOf({ protocol: 'dicomweb', dicomweb: web, timeouts });

    expect(plan).toMatchObject({
      web: {
        baseUrl: web.baseUrl,
        authentication: { kind: 'bearer', token: 'token' },
        tls: { verify: true },
        timeouts: { connectMs: 3_000, responseMs: 9_000, idleMs: 9_000 },
      },
    });
    expect(new Set(told)).toEqual(new Set(['pacs https://pacs.example:8443']));
  });

  it('is none by DICOM where there is only a web address: what needs it says so', () => {
    const { reaching, server } = waysOf({ protocol: 'dicomweb', dicomweb: web });

    expect(() => reaching.sending(server.id)).toThrow(FailureError);
  });
});
