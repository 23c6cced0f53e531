import { once } from 'node:events';
import { createServer as createPlainServer, type Socket } from 'node:net';
import { createServer, getCACertificates, setDefaultCACertificates, type TlsOptions } from 'node:tls';
import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FailureError, type Failure } from '../../../../electron/contract/failure.ts';
import {
  SopClass,
  TransferSyntax,
  listen,
  requestAssociation,
  verificationScp,
} from '../../../../electron/dimse/index.ts';
import type { ConnectStep, TlsPlan } from '../../../../electron/dimse/index.ts';
import { createAuthority, selfSigned } from '../../../support/certificates.ts';
import type { Identity } from '../../../support/certificates.ts';
import { golden } from '../../../support/golden-pdus.ts';
import { temporaryFolder, type TemporaryFolder } from '../../../support/temporary-folder.ts';

const here = ['DNS:localhost', 'IP:127.0.0.1'];
let folder: TemporaryFolder;
let identities: Readonly<
  Record<'good' | 'selfSigned' | 'unknownCa' | 'wrongName' | 'expired' | 'notYetValid', Identity>
>;

beforeAll(async () => {
  folder = await temporaryFolder();
  const trusted = await createAuthority(`${folder.path}/trusted`, 'Trusted');
  const other = await createAuthority(`${folder.path}/other`, 'Other');
  identities = {
    good: await trusted.issue('good', { altNames: here }),
    wrongName: await trusted.issue('wrong-name', { altNames: ['DNS:elsewhere.example'] }),
    expired: await trusted.issue('expired', {
      altNames: here,
      from: '20200101000000Z',
      to: '20200201000000Z',
    }),
    notYetValid: await trusted.issue('early', {
      altNames: here,
      from: '20900101000000Z',
      to: '20910101000000Z',
    }),
    unknownCa: await other.issue('unknown', { altNames: here }),
    selfSigned: await selfSigned(folder.path, 'self'),
  };
  setDefaultCACertificates([...getCACertificates('default'), trusted.cert]);
});

afterAll(() => folder[Symbol.asyncDispose]());

interface SecurePeer extends AsyncDisposable {
  readonly port: number;
  /** Decrypted bytes it was sent. */
  readonly heard: () => number;
  readonly connections: () => number;
  readonly serverNames: readonly string[];
}

/** An SCP behind TLS: accepts whoever asks, answers a release. */
async function securePeer(options: TlsOptions): Promise<SecurePeer> {
  const serverNames: string[] = [];
  const sockets = new Set<Socket>();
  let heard = 0;
  let connections = 0;
  const server = createServer({
    ...options,
    SNICallback: (name, done) => done(null, void serverNames.push(name)),
  });
  server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => {});
  });
  server.on('tlsClientError', () => {});
  server.on('secureConnection', (socket) => {
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.length;
      if (chunk[0] === 1) socket.write(golden.associateAc);
      if (chunk[0] === 5) socket.write(golden.releaseRp);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: portOf(server.address()),
    heard: () => heard,
    connections: () => connections,
    serverNames,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function portOf(address: ReturnType<ReturnType<typeof createServer>['address']>): number {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function associate(port: number, tls: TlsPlan | null, host = 'localhost') {
  const steps: ConnectStep[] = [];
  const association = requestAssociation(
    {
      host,
      port,
      callingAeTitle: 'GANTRY',
      calledAeTitle: 'PEER',
      tls,
      contexts: [
        {
          abstractSyntaxUid: SopClass.Verification,
          transferSyntaxUids: [TransferSyntax.ImplicitVrLittleEndian],
        },
      ],
      timeouts: { connectMs: 1_000, associateMs: 1_000, responseMs: 1_000 },
    },
    { onStep: (step) => steps.push(step) },
  );
  return { association, steps };
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error('it did not fail');
}

describe('TLS to a peer whose certificate is good', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)('works over %s, and says what was agreed on', async (version) => {
    await using peer = await securePeer({ ...identities.good, minVersion: version, maxVersion: version });
    const { association, steps } = associate(peer.port, { verify: true });

    await using _secured = await association;

    expect(steps.map(({ kind, step }) => `${kind} ${step}`)).toContain('passed tls');
    expect(steps.find(({ kind, step }) => kind === 'passed' && step === 'tls')).toMatchObject({
      protocol: version,
      cipher: expect.stringMatching(/GCM|CHACHA20/),
      subject: 'good',
      issuer: 'Trusted',
      daysLeft: 9,
      verified: true,
    });
  });

  it('names the host it wants, where it has a name', async () => {
    await using peer = await securePeer(identities.good);

    await (await associate(peer.port, { verify: true }).association)[Symbol.asyncDispose]();
    await (await associate(peer.port, { verify: true }, '127.0.0.1').association)[Symbol.asyncDispose]();

    expect(peer.serverNames).toEqual(['localhost']);
  });
});

describe('TLS to a peer whose certificate is not', () => {
  it.each([
    ['selfSigned', 'self-signed'],
    ['unknownCa', 'unknown-ca'],
    ['wrongName', 'wrong-name'],
    ['expired', 'expired'],
    ['notYetValid', 'not-yet-valid'],
  ] as const)('%s: fails as %s, before a byte of DICOM, and tries nothing else', async (which, cause) => {
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      await using peer = await securePeer({ ...identities[which], minVersion: version, maxVersion: version });

      const failure = await failureOf(associate(peer.port, { verify: true }).association);

      expect(failure).toMatchObject({ step: 'tls', cause });
      expect(peer.heard()).toBe(0);
      expect(peer.connections()).toBe(1);
    }
  });

  it('works where the person has ticked verification off, and says that nothing was verified', async () => {
    await using peer = await securePeer(identities.selfSigned);
    const { association, steps } = associate(peer.port, { verify: false });

    await using _secured = await association;

    expect(steps.find(({ kind, step }) => kind === 'passed' && step === 'tls')).toMatchObject({
      verified: false,
    });
  });
});

describe('TLS to a peer whose certificate is pinned', () => {
  const fingerprintOf = (identity: Identity): string => new X509Certificate(identity.cert).fingerprint256;

  it.each(['selfSigned', 'unknownCa', 'wrongName', 'expired'] as const)(
    '%s: works because it is that one, whoever signed it and for whatever name',
    async (which) => {
      for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
        await using peer = await securePeer({
          ...identities[which],
          minVersion: version,
          maxVersion: version,
        });
        const pinnedFingerprint = fingerprintOf(identities[which]);
        const { association, steps } = associate(peer.port, { verify: true, pinnedFingerprint });

        await using _secured = await association;

        expect(steps.find(({ kind, step }) => kind === 'passed' && step === 'tls')).toMatchObject({
          protocol: version,
          fingerprint: pinnedFingerprint,
          verified: true,
        });
      }
    },
  );

  it.each([true, false])(
    'is refused before a byte of DICOM where it shows another, though its authority is trusted (verify: %s)',
    async (verify) => {
      for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
        await using peer = await securePeer({ ...identities.good, minVersion: version, maxVersion: version });
        const pinnedFingerprint = fingerprintOf(identities.selfSigned);

        const failure = await failureOf(associate(peer.port, { verify, pinnedFingerprint }).association);

        expect(failure).toEqual({
          step: 'tls',
          cause: 'pin-mismatch',
          detail: `pinned ${pinnedFingerprint}, shown ${fingerprintOf(identities.good)}`,
        });
        expect(peer.heard()).toBe(0);
        expect(peer.connections()).toBe(1);
      }
    },
  );
});

describe('TLS to a peer that does not agree', () => {
  it('on a version: older ones are not spoken', async () => {
    await using peer = await securePeer({
      ...identities.good,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'ALL:@SECLEVEL=0',
    });

    expect(await failureOf(associate(peer.port, { verify: true }).association)).toMatchObject({
      step: 'tls',
      cause: 'protocol',
    });
  });

  it('on a cipher suite: no CBC', async () => {
    await using peer = await securePeer({
      ...identities.good,
      maxVersion: 'TLSv1.2',
      ciphers: 'ECDHE-ECDSA-AES128-SHA256',
    });

    expect(await failureOf(associate(peer.port, { verify: true }).association)).toMatchObject({
      step: 'tls',
      cause: 'cipher',
    });
  });

  it('without a certificate of ours', async () => {
    await using peer = await securePeer({
      ...identities.good,
      minVersion: 'TLSv1.3',
      requestCert: true,
      rejectUnauthorized: true,
    });

    expect(await failureOf(associate(peer.port, { verify: true }).association)).toMatchObject({
      step: 'tls',
      cause: 'client-certificate-required',
    });
    expect(peer.connections()).toBe(1);
  });
});

describe('TLS to a peer that speaks none', () => {
  it('but DICOM: a plain peer', async () => {
    await using listener = await listen({ host: '127.0.0.1', port: 0, services: [verificationScp()] });

    expect(await failureOf(associate(listener.port, { verify: true }).association)).toMatchObject({
      step: 'tls',
      cause: 'plain-peer',
    });
  });

  it.each([
    ['nothing at all', 'timed-out', () => {}],
    ['closes', 'closed', (socket: Socket) => socket.end()],
    ['resets', 'closed', (socket: Socket) => socket.resetAndDestroy()],
  ] as const)('but %s: %s', async (_what, cause, behave) => {
    const sockets: Socket[] = [];
    const server = createPlainServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => {});
      socket.once('data', () => behave(socket));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');

    const failure = await failureOf(associate(portOf(server.address()), { verify: true }).association);

    expect(failure).toMatchObject({ step: 'tls', cause });
    expect(sockets).toHaveLength(1);
    for (const socket of sockets) socket.destroy();
    server.close();
  });
});

it('a plain association with a peer that wants TLS fails as the peer lets it: most just close', async () => {
  await using peer = await securePeer(identities.good);

  const failure = await failureOf(associate(peer.port, null).association);

  expect(failure).toEqual({ step: 'associate', cause: 'closed' });
});

it('cancelling during the handshake gives up the socket', async () => {
  const gone: Promise<unknown>[] = [];
  const server = createPlainServer((socket) => void gone.push(once(socket, 'close')));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cancel = new AbortController();

  const failure = await failureOf(
    requestAssociation(
      {
        host: 'localhost',
        port: portOf(server.address()),
        callingAeTitle: 'A',
        calledAeTitle: 'B',
        tls: { verify: true },
        contexts: [{ abstractSyntaxUid: SopClass.Verification, transferSyntaxUids: ['1.2.840.10008.1.2'] }],
      },
      { onStep: ({ step }) => void (step === 'tls' && setImmediate(() => cancel.abort())) },
      cancel.signal,
    ),
  );

  expect(failure).toEqual({ step: 'cancelled' });
  server.close();
});
