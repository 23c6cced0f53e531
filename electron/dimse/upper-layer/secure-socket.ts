import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect } from 'node:tls';
import type { ConnectionOptions, DetailedPeerCertificate, TLSSocket } from 'node:tls';
import type { EchoFacts } from '../../contract/echo-step.ts';
import { FailureError } from '../../contract/failure.ts';
import { secureContextFor } from './secure-context.ts';
import { alertsOfPeer, reasonOf, tlsFailureOf } from './tls-cause.ts';
import type { TlsFailure } from './tls-cause.ts';
import type { TlsPlan } from './tls-plan.ts';

type TlsFacts = Extract<EchoFacts, { readonly step: 'tls' }>;

export interface SecurePlan {
  readonly host: string;
  readonly tls: TlsPlan;
  readonly connectMs: number;
}

/**
 * TLS over a connected socket, which it owns from here on.
 *
 * @throws FailureError tls, certificate or cancelled; the socket is destroyed then
 */
export function secureSocket(
  socket: Socket,
  plan: SecurePlan,
  signal?: AbortSignal,
): Promise<{ readonly secured: TLSSocket; readonly facts: TlsFacts }> {
  const secured = start(socket, plan);
  return new Promise((resolve, reject) => {
    const ended = new AbortController();
    const fail = (error: FailureError): void => {
      clearTimeout(timer);
      ended.abort();
      secured.destroy();
      socket.destroy();
      reject(error);
    };
    const failTls = (failure: TlsFailure, error?: Error): void =>
      fail(new FailureError(failure, { cause: error }));
    const timer = setTimeout(() => failTls({ step: 'tls', cause: 'timed-out', detail: '' }), plan.connectMs);
    const onError = (error: Error): void => failTls(failureOf(error, { secured, socket, plan }), error);
    const onClose = (): void => failTls({ step: 'tls', cause: 'closed', detail: '' });
    secured.on('error', onError);
    secured.on('close', onClose);
    signal?.addEventListener('abort', () => fail(new FailureError({ step: 'cancelled' })), {
      signal: ended.signal,
    });
    secured.once('secureConnect', () => {
      clearTimeout(timer);
      ended.abort();
      secured.on('error', (error) => judgeLate(error, plan));
      secured.off('error', onError);
      secured.off('close', onClose);
      resolve({ secured, facts: factsOf(secured) });
    });
  });
}

function start(socket: Socket, { host, tls }: SecurePlan): TLSSocket {
  try {
    return connect({
      socket,
      secureContext: secureContextFor(tls),
      rejectUnauthorized: tls.verify,
      ...namesFor(tls.expectedName ?? host),
    });
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** Node checks the certificate against `servername`, else against `host`. */
function namesFor(name: string): Pick<ConnectionOptions, 'host' | 'servername'> {
  // An address may not stand in Server Name Indication (RFC 6066 §3).
  return isIP(name) === 0 ? { host: name, servername: name.replace(/\.$/, '') } : { host: name };
}

interface Handshake {
  readonly secured: TLSSocket;
  readonly socket: Socket;
  readonly plan: SecurePlan;
}

function failureOf(error: NodeJS.ErrnoException, { secured, socket, plan }: Handshake): TlsFailure {
  const agreed = secured.getPeerX509Certificate() !== undefined;
  const failure = tlsFailureOf(error, alertsOfPeer({ hasIdentity: plan.tls.identity !== undefined, agreed }));
  if (failure !== null) return failure;
  // A peer that hangs up on our greeting may not know TLS; one that has begun to answer it does.
  const hungUp = (error.code === 'ECONNRESET' || error.code === 'EPIPE') && socket.bytesRead === 0;
  return { step: 'tls', cause: hungUp ? 'closed' : 'handshake', detail: reasonOf(error) };
}

/** In TLS 1.3 the peer judges our certificate, or its absence, after the handshake is done for us. */
function judgeLate(error: Error, { tls }: SecurePlan): void {
  const meaning = alertsOfPeer({ hasIdentity: tls.identity !== undefined, agreed: true });
  const failure = tlsFailureOf(error, meaning);
  if (failure !== null) error.cause = new FailureError(failure);
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
