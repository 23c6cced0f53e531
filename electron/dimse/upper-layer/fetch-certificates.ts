import type { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { FailureError } from '../../contract/failure.ts';
import { openSocket } from './open-socket.ts';
import { handshakeFailureOf, startTls } from './secure-socket.ts';
import { verifyCauseOf, type TlsFailure } from './tls-cause.ts';
import type { TlsOptions } from './tls-plan.ts';

export interface FetchCertificatesPlan {
  readonly host: string;
  readonly port: number;
  /** By which it is judged, as a connection would. */
  readonly tls: Omit<TlsOptions, 'pinnedFingerprint'>;
  readonly connectMs: number;
}

/** What a peer shows to whoever greets it in TLS. */
export interface ShownCertificates {
  /** '' where the handshake broke off before. */
  readonly protocol: string;
  /** As it came, its own first; never empty. */
  readonly chain: readonly X509Certificate[];
  /** Why it would not be trusted, or what else ended the handshake; `null`: nothing. */
  readonly failure: TlsFailure | null;
}

/**
 * Greets a peer in TLS, looks at what it shows, and hangs up. Nothing is sent through the connection.
 * Whether a peer with TLS 1.3 wants a certificate of ours does not show by then.
 *
 * @throws FailureError resolve, connect, cancelled; tls where it showed nothing; certificate
 */
export async function fetchCertificates(
  plan: FetchCertificatesPlan,
  signal?: AbortSignal,
): Promise<ShownCertificates> {
  const socket = await openSocket({ ...plan, tls: null }, () => {}, signal);
  const tls = { ...plan.tls, verify: false };
  const secured = startTls(socket, { ...plan, tls });
  try {
    return await shownBy(secured, { socket, plan }, signal);
  } finally {
    secured.destroy();
    socket.destroy();
  }
}

function shownBy(
  secured: TLSSocket,
  { socket, plan }: { readonly socket: Socket; readonly plan: FetchCertificatesPlan },
  signal?: AbortSignal,
): Promise<ShownCertificates> {
  return new Promise((resolve, reject) => {
    const end = (failure: TlsFailure, shown: X509Certificate | undefined, error?: Error): void => {
      clearTimeout(timer);
      const chain = chainOf(shown);
      if (chain.length === 0) reject(new FailureError(failure, { cause: error }));
      else resolve({ protocol: '', chain, failure });
    };
    const endTls = (cause: 'timed-out' | 'closed'): void =>
      end({ step: 'tls', cause, detail: '' }, secured.getPeerX509Certificate());
    const timer = setTimeout(() => endTls('timed-out'), plan.connectMs);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new FailureError({ step: 'cancelled' }));
    });
    secured.on('error', (error) => {
      // Asked once: Node gives it away, and has none the second time.
      const shown = secured.getPeerX509Certificate();
      const handshake = { agreed: shown !== undefined, socket, hasIdentity: false };
      end(handshakeFailureOf(error, handshake), shown, error);
    });
    secured.on('close', () => endTls('closed'));
    secured.once('secureConnect', () => {
      clearTimeout(timer);
      const chain = chainOf(secured.getPeerX509Certificate());
      resolve({ protocol: secured.getProtocol() ?? '', chain, failure: verdictOf(secured, chain[0]) });
    });
  });
}

/** Longer than any that is meant well. */
const longestChain = 10;

function chainOf(first: X509Certificate | undefined): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  for (let next = first; next !== undefined && chain.length < longestChain; next = next.issuerCertificate) {
    if (chain.some((earlier) => earlier.fingerprint256 === next?.fingerprint256)) break;
    chain.push(next);
  }
  return chain;
}

function verdictOf(secured: TLSSocket, own: X509Certificate | undefined): TlsFailure | null {
  // Node has its code here, whatever its types say.
  const code: unknown = secured.authorizationError;
  if (secured.authorized || typeof code !== 'string') return null;
  const cause = verifyCauseOf(code);
  return { step: 'tls', cause, detail: cause === 'wrong-name' ? (own?.subjectAltName ?? '') : code };
}
