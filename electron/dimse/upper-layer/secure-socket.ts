import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect } from 'node:tls';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
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
  const secured = startTls(socket, plan);
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
    const onError = (error: Error): void => {
      const agreed = secured.getPeerX509Certificate() !== undefined;
      const hasIdentity = plan.tls.identity !== undefined;
      failTls(handshakeFailureOf(error, { agreed, socket, hasIdentity }), error);
    };
    const onClose = (): void => failTls({ step: 'tls', cause: 'closed', detail: '' });
    secured.on('error', onError);
    secured.on('close', onClose);
    signal?.addEventListener('abort', () => fail(new FailureError({ step: 'cancelled' })), {
      signal: ended.signal,
    });
    secured.once('secureConnect', () => {
      // Asked once: Node gives it away, and has none the second time.
      const certificate = secured.getPeerX509Certificate();
      const mismatch = pinMismatchOf(certificate, plan.tls);
      if (mismatch !== null) return failTls(mismatch);
      clearTimeout(timer);
      ended.abort();
      secured.on('error', (error) => judgeLate(error, plan));
      secured.off('error', onError);
      secured.off('close', onClose);
      return resolve({ secured, facts: factsOf(secured, certificate, plan.tls) });
    });
  });
}

/** Begins the handshake. @throws FailureError certificate; the socket is destroyed then */
export function startTls(socket: Socket, { host, tls }: SecurePlan): TLSSocket {
  try {
    return connect({
      socket,
      secureContext: secureContextFor(tls),
      rejectUnauthorized: tls.verify && tls.pinnedFingerprint === undefined,
      ...namesFor(tls.expectedName ?? host),
    });
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function pinMismatchOf(
  certificate: X509Certificate | undefined,
  { pinnedFingerprint }: TlsPlan,
): TlsFailure | null {
  if (pinnedFingerprint === undefined) return null;
  const shown = certificate?.fingerprint256 ?? 'none';
  if (shown === pinnedFingerprint) return null;
  return { step: 'tls', cause: 'pin-mismatch', detail: `pinned ${pinnedFingerprint}, shown ${shown}` };
}

/** Node checks the certificate against `servername`, else against `host`. */
function namesFor(name: string): Pick<ConnectionOptions, 'host' | 'servername'> {
  // An address may not stand in Server Name Indication (RFC 6066 §3).
  return isIP(name) === 0 ? { host: name, servername: name.replace(/\.$/, '') } : { host: name };
}

interface Handshake {
  /** The peer's certificate had come by then. */
  readonly agreed: boolean;
  /** Under the TLS. */
  readonly socket: Socket;
  /** We had a certificate to show. */
  readonly hasIdentity: boolean;
}

/** What ended a handshake, by the error it ended with. */
export function handshakeFailureOf(
  error: NodeJS.ErrnoException,
  { agreed, socket, hasIdentity }: Handshake,
): TlsFailure {
  const failure = tlsFailureOf(error, alertsOfPeer({ hasIdentity, agreed }));
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

function factsOf(
  secured: TLSSocket,
  certificate: X509Certificate | undefined,
  { pinnedFingerprint }: TlsPlan,
): TlsFacts {
  const validTo = certificate?.validToDate ?? new Date(0);
  return {
    step: 'tls',
    protocol: secured.getProtocol() ?? '',
    cipher: secured.getCipher().standardName,
    subject: nameOf(certificate?.subject),
    issuer: nameOf(certificate?.issuer),
    daysLeft: Math.floor((validTo.getTime() - Date.now()) / dayMs),
    validTo: validTo.toISOString(),
    fingerprint: certificate?.fingerprint256 ?? '',
    verified: secured.authorized || pinnedFingerprint !== undefined,
  };
}

/** CN where there is one, of a name with one attribute on a line: what people call a certificate by. */
function nameOf(distinguishedName = ''): string {
  const found = /^CN=(.*)$/m.exec(distinguishedName) ?? /^O=(.*)$/m.exec(distinguishedName);
  return found?.[1] ?? '';
}
