import { createSecureContext, getCACertificates } from 'node:tls';
import type { SecureContext } from 'node:tls';
import { FailureError } from '../../contract/failure.ts';
import { cipherSuites } from './tls-plan.ts';
import type { TlsOptions } from './tls-plan.ts';

/**
 * Contexts that trust what the system trusts and show nothing, by the authorities they were made of:
 * parsing some hundred of those takes longer than the handshake.
 */
const ofSystem = new WeakMap<readonly string[], SecureContext>();

/**
 * Whom we trust, what we show, and what we speak, with a peer we call.
 *
 * @throws FailureError certificate, where something of it can't be read
 */
export function secureContextFor(options: TlsOptions): SecureContext {
  const { ca, crl, identity, minVersion } = options;
  const isUsual = ca === undefined && crl === undefined && identity === undefined && minVersion === undefined;
  if (!isUsual) return contextOf(options);
  const brought = getCACertificates('default');
  const kept = ofSystem.get(brought) ?? contextOf(options);
  ofSystem.set(brought, kept);
  return kept;
}

function contextOf({ ca, crl, identity, minVersion = 'TLSv1.2' }: TlsOptions): SecureContext {
  try {
    return createSecureContext({
      minVersion,
      ciphers: cipherSuites,
      ca: ca === undefined ? trustedCertificates() : [...ca],
      // Who names an intermediate authority, or one server's certificate, means exactly that one.
      ...(ca === undefined ? {} : { allowPartialTrustChain: true }),
      ...(crl === undefined ? {} : { crl: [...crl] }),
      ...identity,
    });
  } catch (error) {
    const detail = error instanceof Error ? error.message : '';
    throw new FailureError({ step: 'certificate', cause: 'unreadable', detail }, { cause: error });
  }
}

/** The CAs Node brings (and NODE_EXTRA_CA_CERTS), and those of the system. */
function trustedCertificates(): string[] {
  return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
}
