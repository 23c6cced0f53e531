import { once } from 'node:events';
import { createServer as createPlainServer, type Socket } from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';
import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchCertificates } from '../../../../electron/dimse/index.ts';
import { makeTlsIdentities, type TlsIdentities } from '../../../support/tls-identities.ts';

let made: TlsIdentities;

beforeAll(async () => {
  made = await makeTlsIdentities();
});

afterAll(() => made[Symbol.asyncDispose]());

interface Shop extends AsyncDisposable {
  readonly port: number;
  /** Decrypted bytes it was sent. */
  readonly heard: () => number;
}

async function shop(options: TlsOptions): Promise<Shop> {
  const sockets = new Set<Socket>();
  let heard = 0;
  const server = createServer(options, (socket) => socket.on('data', (chunk) => (heard += chunk.length)));
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => {})));
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    heard: () => heard,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const fetchFrom = (port: number, tls: { ca?: readonly string[]; expectedName?: string } = {}) =>
  fetchCertificates({ host: '127.0.0.1', port, tls, connectMs: 2_000 });

describe('what a peer shows', () => {
  it('comes whole, its own certificate first, without a byte through the connection', async () => {
    const { good, trusted } = made;
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      await using peer = await shop({
        key: good.key,
        cert: good.cert + trusted.cert,
        minVersion: version,
        maxVersion: version,
      });

      const shown = await fetchFrom(peer.port, { ca: [trusted.cert] });

      expect(shown.protocol).toBe(version);
      expect(shown.failure).toBeNull();
      expect(shown.chain.map(({ fingerprint256 }) => fingerprint256)).toEqual(
        [good, trusted].map(({ cert }) => new X509Certificate(cert).fingerprint256),
      );
      expect(peer.heard()).toBe(0);
    }
  });

  it.each([
    ['selfSigned', 'self-signed'],
    ['unknownCa', 'unknown-ca'],
    ['named', 'wrong-name'],
    ['expired', 'expired'],
    ['notYetValid', 'not-yet-valid'],
  ] as const)('is told though it would not be trusted: %s, %s', async (which, cause) => {
    await using peer = await shop({ key: made[which].key, cert: made[which].cert });

    const shown = await fetchFrom(peer.port, { ca: [made.trusted.cert] });

    expect(shown.failure).toMatchObject({ step: 'tls', cause });
    expect(shown.chain[0]?.fingerprint256).toBe(new X509Certificate(made[which].cert).fingerprint256);
  });

  it('is judged by the name that is expected, where one is', async () => {
    await using peer = await shop({ key: made.named.key, cert: made.named.cert });

    const shown = await fetchFrom(peer.port, { ca: [made.trusted.cert], expectedName: 'pacs.example' });

    expect(shown.failure).toBeNull();
  });

  it('is told though the peer goes on only with a certificate of ours (TLS 1.2)', async () => {
    await using peer = await shop({
      key: made.good.key,
      cert: made.good.cert,
      maxVersion: 'TLSv1.2',
      requestCert: true,
      rejectUnauthorized: true,
      ca: made.trusted.cert,
    });

    const shown = await fetchFrom(peer.port, { ca: [made.trusted.cert] });

    expect(shown.chain[0]?.fingerprint256).toBe(new X509Certificate(made.good.cert).fingerprint256);
    expect(shown.failure).toMatchObject({ step: 'tls', cause: 'client-certificate-required' });
  });
});

it('a peer that shows nothing fails by name', async () => {
  const server = createPlainServer((socket) => socket.on('error', () => {}).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  await expect(fetchFrom(address.port)).rejects.toMatchObject({ failure: { step: 'tls', cause: 'closed' } });
  server.close();
});
