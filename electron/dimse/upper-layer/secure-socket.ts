import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect, getCACertificates } from 'node:tls';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import type { EchoFacts } from '../../contract/echo-step.ts';
import { FailureError } from '../../contract/failure.ts';
import type { TlsCause } from '../../contract/failure.ts';
import { tlsCauseOf } from './tls-cause.ts';

type TlsFacts = Extract<EchoFacts, { readonly step: 'tls' }>;

/** BCP 195 as PS3.15 §B.12 asks: forward secrecy and authenticated encryption only, TLS 1.3 first. */
const ciphers = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_AES_128_GCM_SHA256',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
].join(':');

export interface SecurePlan {
  readonly host: string;
  readonly tls: { readonly verify: boolean };
  readonly connectMs: number;
}

/**
 * TLS over a connected socket, which it owns from here on.
 *
 * @throws FailureError tls, or cancelled; the socket is destroyed then
 */
export function secureSocket(
  socket: Socket,
  plan: SecurePlan,
  signal?: AbortSignal,
): Promise<{ readonly secured: TLSSocket; readonly facts: TlsFacts }> {
  return new Promise((resolve, reject) => {
    const secured = connect({
      socket,
      host: plan.host,
      // A name only: an address may not stand in Server Name Indication (RFC 6066 §3).
      ...(isIP(plan.host) === 0 ? { servername: plan.host } : {}),
      rejectUnauthorized: plan.tls.verify,
      minVersion: 'TLSv1.2',
      ciphers,
      ca: trustedCertificates(),
    });
    const ended = new AbortController();
    const fail = (error: FailureError): void => {
      clearTimeout(timer);
      ended.abort();
      secured.destroy();
      socket.destroy();
      reject(error);
    };
    const failTls = (cause: TlsCause, detail: string, error?: Error): void =>
      fail(new FailureError({ step: 'tls', cause, detail }, { cause: error }));
    const timer = setTimeout(() => failTls('timed-out', ''), plan.connectMs);
    const onError = (error: Error): void => failTls(handshakeCause(error), error.message, error);
    const onClose = (): void => failTls('closed', '');
    secured.on('error', onError);
    secured.on('close', onClose);
    signal?.addEventListener('abort', () => fail(new FailureError({ step: 'cancelled' })), {
      signal: ended.signal,
    });
    secured.once('secureConnect', () => {
      clearTimeout(timer);
      ended.abort();
      secured.off('error', onError);
      secured.off('close', onClose);
      resolve({ secured, facts: factsOf(secured) });
    });
  });
}

/** The CAs Node brings (and NODE_EXTRA_CA_CERTS), and those of the system. */
function trustedCertificates(): string[] {
  return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
}

function handshakeCause(error: NodeJS.ErrnoException): TlsCause {
  if (error.code === 'ECONNRESET' || error.code === 'EPIPE') return 'closed';
  return tlsCauseOf(error) ?? 'handshake';
}

const dayMs = 24 * 60 * 60 * 1_000;

function factsOf(secured: TLSSocket): TlsFacts {
  const certificate = secured.getPeerCertificate();
  return {
    step: 'tls',
    protocol: secured.getProtocol() ?? '',
    cipher: secured.getCipher().standardName,
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    daysLeft: Math.floor((Date.parse(certificate.valid_to) - Date.now()) / dayMs),
    verified: secured.authorized,
  };
}

/** CN where there is one: what people call a certificate by. */
function nameOf(name: DetailedPeerCertificate['subject'] | undefined): string {
  const found = name?.CN ?? name?.O ?? '';
  return typeof found === 'string' ? found : String(found);
}
