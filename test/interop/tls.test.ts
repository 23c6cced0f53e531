import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FailureError, type Failure } from '../../electron/contract/failure.ts';
import {
  echo,
  listen,
  requestAssociation,
  SopClass,
  storageScp,
  TransferSyntax,
  verificationScp,
} from '../../electron/dimse/index.ts';
import type {
  AssociationEvent,
  AssociationPlan,
  ConnectStep,
  Listener,
  ListenTls,
  TlsPlan,
} from '../../electron/dimse/index.ts';
import { loadIdentity } from '../../electron/security/index.ts';
import { folderStore } from '../../electron/archive/index.ts';
import { buildDataset, uidFor, writeP10 } from '../support/build-dataset.ts';
import { exportPkcs12, lockKey, type Identity } from '../support/certificates.ts';
import { golden } from '../support/golden-pdus.ts';
import { startOpensslClient, startOpensslServer, startTap, type TlsPeer } from '../support/openssl-peer.ts';
import { freePort, runDcmtk, startDcmqrscp, startStorescp, whichPeers } from '../support/peers/index.ts';
import { runCli } from '../support/run-cli.ts';
import { oneSyntaxPerClass, writeMixedSet, type SyntheticFile } from '../support/synthetic-study.ts';
import { sameDataset } from '../support/same-dataset.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { makeTlsIdentities, type TlsIdentities } from '../support/tls-identities.ts';
import { startTlsFront } from '../support/tls-front.ts';

const { dcmtk } = whichPeers();
let them: TlsIdentities;

beforeAll(async () => {
  them = await makeTlsIdentities();
});

afterAll(() => them[Symbol.asyncDispose]());

function planFor(port: number, tls: TlsPlan | null, change: Partial<AssociationPlan> = {}): AssociationPlan {
  return {
    host: '127.0.0.1',
    port,
    callingAeTitle: 'GANTRY',
    calledAeTitle: 'STORESCP',
    tls,
    contexts: [
      {
        abstractSyntaxUid: SopClass.Verification,
        transferSyntaxUids: [TransferSyntax.ImplicitVrLittleEndian],
      },
    ],
    timeouts: { connectMs: 3_000, associateMs: 1_000, releaseMs: 500 },
    ...change,
  };
}

/** Verified by the trusted authority alone. */
function trusting(more: Partial<TlsPlan> = {}): TlsPlan {
  return { verify: true, ca: [them.trusted.cert], ...more };
}

function pemOf({ cert, key }: Identity): { cert: string; key: string } {
  return { cert, key };
}

async function outcomeOf(plan: AssociationPlan): Promise<{ failure: Failure | null; steps: ConnectStep[] }> {
  const steps: ConnectStep[] = [];
  try {
    await using association = await requestAssociation(plan, { onStep: (step) => steps.push(step) });
    await echo(association);
    return { failure: null, steps };
  } catch (error) {
    if (error instanceof FailureError) return { failure: error.failure, steps };
    throw error;
  }
}

type Version = 'TLSv1.2' | 'TLSv1.3';
const versions: readonly Version[] = ['TLSv1.2', 'TLSv1.3'];
const optionOf = { 'TLSv1.2': '-tls1_2', 'TLSv1.3': '-tls1_3' } as const;

interface Row {
  readonly case: string;
  readonly tls: string;
  readonly refusedAs: string;
  readonly detail: string;
  readonly ms?: number;
  readonly dicomBytes?: number;
  readonly calls: number;
}

/** Printed for people once all is done. */
function show(title: string, rows: readonly object[]): void {
  console.log(title);
  console.table(rows);
}

function server(identity: Identity, version: Version, more: readonly string[] = []): Promise<TlsPeer> {
  return startOpensslServer([
    '-cert',
    identity.certFile,
    '-key',
    identity.keyFile,
    optionOf[version],
    ...more,
  ]);
}

/** It asks for a certificate of the trusted authority, and insists. */
function mutual(): readonly string[] {
  return ['-CAfile', them.trusted.certFile, '-Verify', '3', '-verify_return_error'];
}

function oldServer(identity: Identity, version: string, suites: string): Promise<TlsPeer> {
  return startOpensslServer([
    '-cert',
    identity.certFile,
    '-key',
    identity.keyFile,
    version,
    '-cipher',
    suites,
  ]);
}

interface Case {
  readonly name: string;
  readonly tls: string;
  readonly cause: string;
  readonly peer: () => Promise<TlsPeer>;
  readonly plan?: () => TlsPlan;
}

const certificateCases: readonly Case[] = versions.flatMap((version) => {
  const row = (name: string, cause: string, peer: () => Promise<TlsPeer>, plan?: () => TlsPlan): Case => ({
    name,
    tls: version,
    cause,
    peer,
    ...(plan === undefined ? {} : { plan }),
  });
  return [
    row('self-signed', 'self-signed', () => server(them.selfSigned, version)),
    row('unknown CA', 'unknown-ca', () => server(them.unknownCa, version)),
    row('wrong host', 'wrong-name', () => server(them.named, version)),
    row('expired', 'expired', () => server(them.expired, version)),
    row('not yet valid', 'not-yet-valid', () => server(them.notYetValid, version)),
    row(
      'revoked by list',
      'revoked',
      () => server(them.revoked, version),
      () => trusting({ crl: [them.crl] }),
    ),
    row('missing client cert', 'client-certificate-required', () => server(them.good, version, mutual())),
    row(
      'bad client cert',
      'certificate-refused',
      () => server(them.good, version, mutual()),
      () => trusting({ identity: pemOf(them.unknownCa) }),
    ),
  ];
});

const agreementCases: readonly Case[] = [
  ['1.0 only', 'TLSv1.0', 'protocol', () => oldServer(them.good, '-tls1', 'ALL:@SECLEVEL=0')],
  ['1.1 only', 'TLSv1.1', 'protocol', () => oldServer(them.good, '-tls1_1', 'ALL:@SECLEVEL=0')],
  ['CBC only', 'TLSv1.2', 'cipher', () => oldServer(them.good, '-tls1_2', 'ECDHE-ECDSA-AES128-SHA256')],
  ['RSA kx only', 'TLSv1.2', 'cipher', () => oldServer(them.rsa, '-tls1_2', 'AES128-GCM-SHA256')],
  ['NULL', 'TLSv1.2', 'cipher', () => oldServer(them.good, '-tls1_2', 'ECDHE-ECDSA-NULL-SHA:@SECLEVEL=0')],
  [
    'anonymous DH',
    'TLSv1.2',
    'cipher',
    () => oldServer(them.good, '-tls1_2', 'AECDH-AES128-SHA:@SECLEVEL=0'),
  ],
  [
    'CCM only',
    'TLSv1.3',
    'cipher',
    () => server(them.good, 'TLSv1.3', ['-ciphersuites', 'TLS_AES_128_CCM_SHA256']),
  ],
].map(([name, tls, cause, peer]) => ({ name, tls, cause, peer }) as Case);

describe('a peer that must not be spoken to', () => {
  const rows: Row[] = [];
  afterAll(() => show('Refused by us as requestor (openssl s_server)', rows));

  it.each([...certificateCases, ...agreementCases])(
    '$name, $tls: is refused as $cause within 3 s, before a byte of DICOM, and nothing else is tried',
    async ({ name, tls, cause, peer: start, plan }) => {
      await using peer = await start();
      const started = performance.now();

      const { failure } = await outcomeOf(planFor(peer.port, plan?.() ?? trusting()));

      const ms = Math.round(performance.now() - started);
      const detail = failure !== null && 'detail' in failure ? failure.detail : '';
      const refusedAs = failure !== null && 'cause' in failure ? `${failure.step}/${failure.cause}` : '-';
      rows.push({ case: name, tls, refusedAs, detail, ms, dicomBytes: peer.heard(), calls: peer.calls() });
      expect(failure).toMatchObject({ step: 'tls', cause });
      expect(detail).not.toMatch(/\n|0A000/);
      expect(ms).toBeLessThan(3_000);
      expect(peer.heard()).toBe(0);
      expect(peer.raw().includes('GANTRY')).toBe(false);
      expect(peer.calls()).toBe(1);
    },
  );

  it.each(versions)(
    'is told from one that may be: the same peer, %s, with a good certificate',
    async (version) => {
      await using peer = await server(them.good, version, mutual());

      const { steps } = await outcomeOf(planFor(peer.port, trusting({ identity: pemOf(them.client) })));

      expect(steps).toContainEqual(
        expect.objectContaining({ kind: 'passed', step: 'tls', protocol: version, verified: true }),
      );
      await expect.poll(() => peer.heard()).toBeGreaterThan(100);
      expect(peer.raw().includes('GANTRY')).toBe(false);
    },
  );

  it('is a plain one at a port of TLS, where it says so', async () => {
    await using listener = await listen({ host: '127.0.0.1', port: 0, services: [verificationScp()] });
    await using tap = await startTap(listener.port);

    const { failure } = await outcomeOf(planFor(tap.port, trusting()));

    rows.push(rowOf('plain peer on TLS port', failure, tap));
    expect(failure).toMatchObject({ step: 'tls', cause: 'plain-peer' });
    expect(tap.calls()).toBe(1);
    expect(tap.raw().includes('GANTRY')).toBe(false);
  });

  it.skipIf(!dcmtk)('is a plain one at a port of TLS, where it just hangs up', async () => {
    await using peer = await startStorescp();
    await using tap = await startTap(peer.port);

    const { failure } = await outcomeOf(planFor(tap.port, trusting()));

    rows.push(rowOf('plain storescp on TLS port', failure, tap));
    expect(failure).toMatchObject({ step: 'tls', cause: 'closed' });
    expect(tap.calls()).toBe(1);
    expect(tap.raw().includes('GANTRY')).toBe(false);
  });

  it.skipIf(!dcmtk)('is one with TLS at a plain port, which just hangs up', async () => {
    await using peer = await startStorescp({ args: tlsOf(them.good, ['-ic']) });
    await using tap = await startTap(peer.port);

    const { failure } = await outcomeOf(planFor(tap.port, null));

    rows.push(rowOf('TLS storescp on plain port', failure, tap));
    expect(failure).toEqual({ step: 'associate', cause: 'closed' });
    expect(tap.calls()).toBe(1);
  });
});

function rowOf(name: string, failure: Failure | null, tap: Pick<TlsPeer, 'calls'>): Row {
  const refusedAs = failure !== null && 'cause' in failure ? `${failure.step}/${failure.cause}` : '-';
  const detail = failure !== null && 'detail' in failure ? failure.detail : '';
  return { case: name, tls: '-', refusedAs, detail, calls: tap.calls() };
}

describe('the name of a peer', () => {
  it('is what its certificate is checked against while it is reached by its address, and what it hears', async () => {
    await using peer = await startOpensslServer([
      ...['-cert', them.good.certFile, '-key', them.good.keyFile],
      ...['-servername', 'pacs.example', '-cert2', them.named.certFile, '-key2', them.named.keyFile],
    ]);

    const plain = await outcomeOf(planFor(peer.port, trusting()));
    const named = await outcomeOf(planFor(peer.port, trusting({ expectedName: 'pacs.example' })));
    const wrong = await outcomeOf(planFor(peer.port, trusting({ expectedName: 'other.example' })));

    // It shows the one certificate to those who name it, the other to those who don't.
    expect(plain.steps).toContainEqual(expect.objectContaining({ kind: 'passed', subject: 'good' }));
    expect(named.steps).toContainEqual(
      expect.objectContaining({ kind: 'passed', subject: 'named', verified: true }),
    );
    expect(wrong.failure).toMatchObject({ step: 'tls', cause: 'wrong-name' });
  });

  it('may be an address that its certificate carries', async () => {
    await using peer = await server(them.good, 'TLSv1.3');

    const { steps } = await outcomeOf(
      planFor(peer.port, trusting({ expectedName: '127.0.0.1' }), { host: 'localhost' }),
    );

    expect(steps).toContainEqual(expect.objectContaining({ kind: 'passed', step: 'tls', verified: true }));
  });
});

describe.skipIf(!dcmtk)('our echo at storescp +tls', () => {
  it('without a client certificate works with the authority named, and not without', async () => {
    await using peer = await startStorescp({ args: tlsOf(them.good, ['-ic']) });

    expect((await outcomeOf(planFor(peer.port, trusting()))).failure).toBeNull();
    expect((await outcomeOf(planFor(peer.port, { verify: true }))).failure).toMatchObject({
      step: 'tls',
      cause: 'unknown-ca',
    });
    expect(
      (await outcomeOf(planFor(peer.port, { verify: true, ca: [them.other.cert] }))).failure,
    ).toMatchObject({ cause: 'unknown-ca' });
  });

  it('works where its own certificate is trusted in place of its authority', async () => {
    await using peer = await startStorescp({ args: tlsOf(them.good, ['-ic']) });

    const pinned = await outcomeOf(planFor(peer.port, { verify: true, ca: [them.good.cert] }));
    const another = await outcomeOf(planFor(peer.port, { verify: true, ca: [them.rsa.cert] }));

    expect(pinned.failure).toBeNull();
    expect(another.failure).toMatchObject({ cause: 'unknown-ca' });
  });

  it('by address fails on a certificate with a DNS name, unless that name is expected', async () => {
    await using peer = await startStorescp({ args: tlsOf(them.named, ['-ic']) });

    expect((await outcomeOf(planFor(peer.port, trusting()))).failure).toMatchObject({ cause: 'wrong-name' });
    const { failure } = await outcomeOf(planFor(peer.port, trusting({ expectedName: 'pacs.example' })));
    expect(failure).toBeNull();
  });

  it.each([
    ['BCP 195', []],
    ['extended BCP 195', ['+pz']],
  ])(
    'under the profile %s is shown our certificate, from PEM with a password and from PKCS#12',
    async (_name, profile) => {
      const args = tlsOf(them.rsa, ['+cf', them.trusted.certFile, '-rc', ...profile]);
      await using peer = await startStorescp({ args });
      const use = { purpose: 'client', now: new Date() } as const;
      const key = await lockKey(`${them.folder}/client-locked.key`, them.client, 'secret');
      const pem = { certificate: Buffer.from(them.client.cert), key: Buffer.from(key), passphrase: 'secret' };
      const certificate = await exportPkcs12(`${them.folder}/client.p12`, them.client, 'secret');

      for (const files of [pem, { certificate, passphrase: 'secret' }]) {
        const { identity } = loadIdentity(files, use);
        const { failure, steps } = await outcomeOf(planFor(peer.port, trusting({ identity })));
        expect(failure).toBeNull();
        expect(steps).toContainEqual(
          expect.objectContaining({ cipher: expect.stringMatching(/AES_256_GCM/), verified: true }),
        );
      }
    },
  );

  it('under mutual TLS fails without a certificate of ours, and with a foreign one', async () => {
    const args = tlsOf(them.good, ['+cf', them.trusted.certFile, '-rc', '-v']);
    await using peer = await startStorescp({ args });

    const missing = await outcomeOf(planFor(peer.port, trusting()));
    const foreign = await outcomeOf(planFor(peer.port, trusting({ identity: pemOf(them.unknownCa) })));

    expect(missing.failure).toMatchObject({ step: 'tls', cause: 'client-certificate-required' });
    expect(foreign.failure).toMatchObject({ step: 'tls', cause: 'certificate-refused' });
    expect(peer.child.output()).not.toContain('Association Acknowledged');
  });

  it('trusts nobody by a PKCS#12 file that brings its authority along', async () => {
    await using peer = await startStorescp({ args: tlsOf(them.unknownCa, ['-ic']) });
    const certificate = await exportPkcs12(`${them.folder}/brings.p12`, them.unknownCa, 'secret', [
      '-certfile',
      them.other.certFile,
    ]);
    const { identity } = loadIdentity(
      { certificate, passphrase: 'secret' },
      { purpose: 'client', now: new Date() },
    );

    expect(identity.cert).toContain(them.other.cert.trim());
    expect((await outcomeOf(planFor(peer.port, trusting({ identity })))).failure).toMatchObject({
      step: 'tls',
      cause: 'unknown-ca',
    });
  });
});

function tlsOf(identity: Identity, more: readonly string[] = []): readonly string[] {
  return ['+tls', identity.keyFile, identity.certFile, ...more];
}

interface OpenListener extends AsyncDisposable {
  readonly listener: Listener;
  readonly refusals: Extract<AssociationEvent, { kind: 'tls-refused' }>[];
  /** PDUs that came, of whatever kind. */
  pdus(): number;
}

async function open(tls: Partial<ListenTls> | null): Promise<OpenListener> {
  const refusals: Extract<AssociationEvent, { kind: 'tls-refused' }>[] = [];
  let pdus = 0;
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    services: [verificationScp()],
    ...(tls === null ? {} : { tls: { identity: pemOf(them.good), clientCa: null, ...tls } }),
    observe: (event) => {
      if (event.kind === 'tls-refused') refusals.push(event);
      if (event.kind === 'pdu-received') pdus++;
    },
  });
  return { listener, refusals, pdus: () => pdus, [Symbol.asyncDispose]: () => listener.close() };
}

function openMutual(more: Partial<ListenTls> = {}): Promise<OpenListener> {
  return open({ clientCa: [them.trusted.cert], ...more });
}

describe.skipIf(!dcmtk)('echoscu at our listener with TLS', () => {
  const trust = (): readonly string[] => ['+cf', them.trusted.certFile];
  const echoscu = ({ listener }: OpenListener, args: readonly string[]) =>
    runDcmtk('echoscu', [...args, '127.0.0.1', `${listener.port}`]);

  it.each([
    ['the usual profile', []],
    ['extended BCP 195', ['+pz']],
  ])('gets in without a certificate where none is asked for: %s', async (_name, profile) => {
    await using ours = await open({ identity: pemOf(them.rsa) });

    expect((await echoscu(ours, ['--anonymous-tls', ...trust(), ...profile])).code).toBe(0);
    expect(ours.refusals).toEqual([]);
  });

  it('gets in with a certificate under mutual TLS', async () => {
    await using ours = await openMutual();

    expect((await echoscu(ours, [...tlsOf(them.client), ...trust()])).code).toBe(0);
    expect(ours.refusals).toEqual([]);
  });

  it('stays out without one, and hears why', async () => {
    await using ours = await open({ identity: pemOf(them.rsa), clientCa: [them.trusted.cert] });

    const { code, stderr } = await echoscu(ours, ['--anonymous-tls', ...trust(), '+pz']);

    expect(code).not.toBe(0);
    expect(stderr).toContain('handshake failure');
    expect(ours.refusals).toEqual([
      {
        kind: 'tls-refused',
        remoteAddress: '127.0.0.1',
        cause: 'client-certificate-required',
        detail: 'peer did not return a certificate',
      },
    ]);
    expect(ours.pdus()).toBe(0);
  });

  it('stays out with a foreign one', async () => {
    await using ours = await openMutual();

    expect((await echoscu(ours, [...tlsOf(them.unknownCa), ...trust()])).code).not.toBe(0);
    await expect.poll(() => ours.refusals).toHaveLength(1);
    expect(ours.refusals).toMatchObject([{ cause: 'unknown-ca', remoteAddress: '127.0.0.1' }]);
    expect(ours.pdus()).toBe(0);
  });

  it('stays out in plain', async () => {
    await using ours = await open({});

    expect((await echoscu(ours, [])).code).not.toBe(0);
    expect(ours.refusals).toMatchObject([{ cause: 'plain-peer', remoteAddress: '127.0.0.1' }]);
    expect(ours.pdus()).toBe(0);
  });

  it('turns away when it does not trust us, and we hear of it', async () => {
    await using ours = await open({ identity: pemOf(them.unknownCa) });

    expect((await echoscu(ours, ['--anonymous-tls', ...trust()])).code).not.toBe(0);
    expect(ours.refusals).toMatchObject([{ cause: 'certificate-refused', detail: 'tlsv1 alert unknown ca' }]);
    expect(ours.pdus()).toBe(0);
  });

  it('speaking TLS at a plain listener is told of', async () => {
    await using ours = await open(null);

    expect((await echoscu(ours, ['--anonymous-tls', ...trust()])).code).not.toBe(0);
    expect(ours.refusals).toEqual([
      { kind: 'tls-refused', remoteAddress: '127.0.0.1', cause: 'tls-peer', detail: '' },
    ]);
  });
});

describe.skipIf(!dcmtk)('storescu at our listener with mutual TLS', () => {
  it('sends small objects and one of 60 MB, which arrive as they were', async () => {
    await using folder = await temporaryFolder();
    const into = join(folder.path, 'in');
    await mkdir(into);
    const uids = ['small', 'odd', 'large'].map((name) => uidFor('tls', name));
    const sizes = [100, 70_002, 60_000_000];
    const files = await Promise.all(
      uids.map((uid, index) => writeImage(join(folder.path, `${index}.dcm`), uid, sizes[index] ?? 0)),
    );
    await using listener = await listen({
      host: '127.0.0.1',
      port: 0,
      services: [
        storageScp({ store: folderStore({ folder: into, fsync: false }), preferred: () => 'as-stored' }),
      ],
      tls: { identity: pemOf(them.good), clientCa: [them.trusted.cert] },
    });

    const { code, stderr } = await runDcmtk('storescu', [
      ...tlsOf(them.client, ['+cf', them.trusted.certFile]),
      ...['127.0.0.1', `${listener.port}`, ...files],
    ]);

    expect(stderr).toBe('');
    expect(code).toBe(0);
    const same = uids.map((uid, index) => sameDataset(files[index] ?? '', join(into, `${uid}.dcm`)));
    expect(await Promise.all(same)).toEqual([true, true, true]);
  });
});

async function writeImage(path: string, sopInstanceUid: string, pixelBytes: number): Promise<string> {
  const sopClassUid = SopClass.CtImageStorage;
  const dataset = buildDataset([
    ['00080016', 'UI', sopClassUid],
    ['00080018', 'UI', sopInstanceUid],
    ['0020000D', 'UI', uidFor('tls', 'study')],
    ['0020000E', 'UI', uidFor('tls', 'series')],
    ['7FE00010', 'OW', randomBytes(pixelBytes)],
  ]);
  const transferSyntaxUid = TransferSyntax.ExplicitVrLittleEndian;
  await writeP10(path, { sopClassUid, sopInstanceUid, transferSyntaxUid }, dataset);
  return path;
}

describe('openssl s_client at our listener with TLS', () => {
  const rows: object[] = [];
  afterAll(() => show('Refused by our listener (openssl s_client)', rows));

  const shown = (identity: Identity): readonly string[] => [
    '-cert',
    identity.certFile,
    '-key',
    identity.keyFile,
  ];
  const cases = versions.flatMap((version) =>
    (
      [
        ['missing client cert', 'client-certificate-required', () => []],
        ['self-signed', 'self-signed', () => shown(them.selfSigned)],
        ['unknown CA', 'unknown-ca', () => shown(them.unknownCa)],
        ['expired', 'expired', () => shown(them.expired)],
        ['not yet valid', 'not-yet-valid', () => shown(them.notYetValid)],
        ['revoked by list', 'revoked', () => shown(them.revoked)],
        ['not meant for clients', 'wrong-usage', () => shown(them.server)],
      ] as const
    ).map(([name, cause, args]) => ({
      name,
      cause,
      version: optionOf[version],
      tls: version as string,
      args,
    })),
  );
  const agreements = [
    ['1.0 only', 'protocol', 'TLSv1.0', '-tls1', () => ['-cipher', 'ALL:@SECLEVEL=0']],
    ['1.1 only', 'protocol', 'TLSv1.1', '-tls1_1', () => ['-cipher', 'ALL:@SECLEVEL=0']],
    ['CBC only', 'cipher', 'TLSv1.2', '-tls1_2', () => ['-cipher', 'ECDHE-ECDSA-AES128-SHA256']],
    ['RSA kx only', 'cipher', 'TLSv1.2', '-tls1_2', () => ['-cipher', 'AES128-GCM-SHA256']],
    ['NULL', 'cipher', 'TLSv1.2', '-tls1_2', () => ['-cipher', 'ECDHE-ECDSA-NULL-SHA:@SECLEVEL=0']],
  ] as const;

  it.each([
    ...cases,
    ...agreements.map(([name, cause, tls, version, args]) => ({ name, cause, tls, version, args })),
  ])('$name, $tls: is refused as $cause, and nothing of it is read as DICOM', async (row) => {
    await using ours = await openMutual(row.cause === 'revoked' ? { clientCrl: [them.crl] } : {});
    const args = [row.version, ...row.args()];
    const started = performance.now();

    await using _caller = startOpensslClient(ours.listener.port, args, golden.associateRq);

    await expect.poll(() => ours.refusals).toHaveLength(1);
    const ms = Math.round(performance.now() - started);
    const [{ cause, detail, remoteAddress }] = ours.refusals as [(typeof ours.refusals)[0]];
    rows.push({ case: row.name, tls: row.tls, refusedAs: cause, detail, ms, pdus: ours.pdus() });
    expect(cause).toBe(row.cause);
    expect(remoteAddress).toBe('127.0.0.1');
    expect(ms).toBeLessThan(3_000);
    expect(ours.pdus()).toBe(0);
    expect(ours.listener.associations).toBe(0);
  });

  it.each(versions)('gets in with a good certificate: %s', async (version) => {
    await using ours = await openMutual({ clientCrl: [them.crl] });
    const args = [optionOf[version], ...shown(them.client)];

    await using _caller = startOpensslClient(ours.listener.port, args, golden.associateRq);

    await expect.poll(() => ours.pdus()).toBe(1);
    expect(ours.refusals).toEqual([]);
  });
});

describe.skipIf(!dcmtk)('the command line with TLS', () => {
  let files: readonly SyntheticFile[];
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;

  beforeAll(async () => {
    folder = await temporaryFolder();
    files = await writeMixedSet(folder.path, oneSyntaxPerClass);
  });
  afterAll(() => folder[Symbol.asyncDispose]());

  /** Shown and trusted by what the options name. */
  const at = (
    { port }: { port: number },
    aeTitle: string,
    more: readonly string[] = [],
  ): readonly string[] => [
    ...['--host', '127.0.0.1', '--port', `${port}`, '--called', aeTitle],
    ...['--tls', '--ca', them.trusted.certFile, ...more],
  ];
  const mutualFront = (to: number) =>
    startTlsFront(to, {
      ...pemOf(them.good),
      requestCert: true,
      rejectUnauthorized: true,
      ca: [them.trusted.cert],
    });
  const ours = (): readonly string[] => ['--cert', them.client.certFile, '--key', them.client.keyFile];

  it('echo: verifies by --ca, and shows --cert with --key', async () => {
    await using peer = await startStorescp({
      args: tlsOf(them.good, ['+cf', them.trusted.certFile, '-rc']),
    });

    const good = await runCli(['echo', ...at(peer, peer.aeTitle, ours())]);
    const without = await runCli(['echo', ...at(peer, peer.aeTitle)]);

    expect(good.lines.map(({ step }) => step)).toEqual(['resolve', 'connect', 'tls', 'associate', 'echo']);
    expect(good.lines[2]).toMatchObject({ verified: true, subject: 'good' });
    expect(good.code).toBe(0);
    expect(without.lines.at(-1)).toMatchObject({ failure: { cause: 'client-certificate-required' } });
    expect(without.words).toContain('asks for a certificate of this viewer');
    expect(without.code).toBe(1);
  });

  it('echo: opens --pfx with the password of --passphrase-env', async () => {
    await using peer = await startStorescp({
      args: tlsOf(them.good, ['+cf', them.trusted.certFile, '-rc']),
    });
    const file = `${them.folder}/cli.p12`;
    await exportPkcs12(file, them.client, 'a secret');
    const args = at(peer, peer.aeTitle, ['--pfx', file, '--passphrase-env', 'KEY_PASSWORD']);

    const good = await runCli(['echo', ...args], { KEY_PASSWORD: 'a secret' });
    const wrong = await runCli(['echo', ...args], { KEY_PASSWORD: 'guess' });
    const unset = await runCli(['echo', ...args], { KEY_PASSWORD: undefined });

    expect(good.code).toBe(0);
    expect(wrong).toMatchObject({ code: 2, lines: [] });
    expect(wrong.words).toContain('--pfx: The password does not open this file.');
    expect(unset.words).toContain('there is no variable KEY_PASSWORD');
    expect(good.words + wrong.words + unset.words).not.toContain('a secret');
  });

  it('echo: checks the certificate against --expected-name, and says it by SNI', async () => {
    await using peer = await startStorescp();
    await using front = await startTlsFront(peer.port, pemOf(them.named));

    const named = await runCli(['echo', ...at(front, peer.aeTitle, ['--expected-name', 'pacs.example'])]);
    const plain = await runCli(['echo', ...at(front, peer.aeTitle)]);

    expect(named.code).toBe(0);
    expect(named.lines[2]).toMatchObject({ protocol: 'TLSv1.3', verified: true });
    expect(front.serverNames).toEqual(['pacs.example']);
    expect(plain.lines.at(-1)).toMatchObject({
      failure: { step: 'tls', cause: 'wrong-name', detail: 'DNS:pacs.example' },
    });
    expect(plain.code).toBe(1);
  });

  it('find: finds over mutual TLS', async () => {
    await using pacs = await startDcmqrscp({
      aeTitle: 'QR',
      files: files.map(({ path }) => path),
      moveDestinations: [],
    });
    await using front = await mutualFront(pacs.port);

    const found = await runCli(['find', ...at(front, 'QR', ours()), '-k', 'PatientName=DOE*']);

    expect(found.lines.length).toBeGreaterThan(0);
    expect(found.code).toBe(0);
  });

  it('retrieve: retrieves over mutual TLS', async () => {
    const listenPort = await freePort();
    await using pacs = await startDcmqrscp({
      aeTitle: 'QR',
      files: files.map(({ path }) => path),
      moveDestinations: [{ aeTitle: 'GANTRY', host: '127.0.0.1', port: listenPort }],
    });
    await using front = await mutualFront(pacs.port);
    await using into = await temporaryFolder();
    const { lines: studies } = await runCli(['find', ...at(front, 'QR', ours()), '-k', 'PatientName=DOE*']);

    const { code, lines, words } = await runCli([
      ...['retrieve', ...at(front, 'QR', ours()), '--listen', `${listenPort}`],
      ...['--study', String(studies[0]?.StudyInstanceUID), '--to', into.path],
    ]);

    expect(words).toBe('');
    expect(lines.at(-1)).toMatchObject({ failed: 0 });
    expect(code).toBe(0);
  });

  it('send: sends over mutual TLS to storescp', async () => {
    await using peer = await startStorescp({
      args: tlsOf(them.good, ['+cf', them.trusted.certFile, '-rc', '+pz']),
    });

    const { code, lines } = await runCli([
      ...['send', ...at(peer, peer.aeTitle, ours())],
      ...files.map(({ path }) => path),
    ]);

    expect(lines.at(-1)).toMatchObject({ files: files.length, stored: files.length });
    expect(await peer.files()).toHaveLength(files.length);
    expect(code).toBe(0);
  });

  it.each([
    ['--ca', ['--ca', '/nowhere/ca.pem'], 'no such file'],
    ['--ca of something else', () => ['--ca', them.good.keyFile], 'There is no certificate in this file.'],
    ['--cert without a key', () => ['--cert', them.good.certFile], 'The private key is missing.'],
    [
      '--key of another',
      () => ['--cert', them.good.certFile, '--key', them.client.keyFile],
      'The private key does not belong to the certificate.',
    ],
    [
      '--cert that has expired',
      () => ['--cert', them.expired.certFile, '--key', them.expired.keyFile],
      'Your certificate has expired.',
    ],
    [
      '--cert for servers',
      () => ['--cert', them.server.certFile, '--key', them.server.keyFile],
      'Your certificate is not meant for this use.',
    ],
    ['--key alone', () => ['--key', them.good.keyFile], '--key needs --cert.'],
    ['--expected-name', ['--expected-name', 'not a name'], '--expected-name: '],
  ] as const)('says what is wrong with %s, and calls nobody', async (_what, args, said) => {
    const more = typeof args === 'function' ? args() : args;

    const { code, lines, words } = await runCli(['echo', ...at({ port: 1 }, 'X'), ...more]);

    expect(words.toLowerCase()).toContain(said.toLowerCase());
    expect(lines).toEqual([]);
    expect(code).toBe(2);
  });

  it('takes none of these options for a plain server', async () => {
    const { code, words } = await runCli([
      ...['echo', '--host', '127.0.0.1', '--port', '1', '--called', 'X'],
      ...['--ca', them.trusted.certFile],
    ]);

    expect(words).toContain('--ca, --cert, --pfx and --expected-name are for --tls.');
    expect(code).toBe(2);
  });
});
