import { FailureError } from '../../contract/failure.ts';
import type { Failure, TlsCause } from '../../contract/failure.ts';

export type TlsFailure = Extract<Failure, { step: 'tls' }>;

/** What the two alerts mean that mean different things at different times. */
export interface AlertMeaning {
  /** handshake_failure (40) */
  readonly handshakeFailure: TlsCause;
  /** Any that is about the certificate we showed, or did not show. */
  readonly ourCertificate: TlsCause;
}

const asListener: AlertMeaning = { handshakeFailure: 'handshake', ourCertificate: 'certificate-refused' };

/**
 * How to read the alerts of a peer we call. handshake_failure says that there is no suite in common,
 * unless the peer's own certificate had come by then: TLS 1.2 has no alert of its own for a client
 * certificate that is missing. Nor do all peers use certificate_required where TLS 1.3 has it.
 */
export function alertsOfPeer(told: {
  readonly hasIdentity: boolean;
  readonly agreed: boolean;
}): AlertMeaning {
  const ourCertificate = told.hasIdentity ? 'certificate-refused' : 'client-certificate-required';
  return { ourCertificate, handshakeFailure: told.agreed ? ourCertificate : 'cipher' };
}

/** What went wrong with TLS; `null` where the error isn't one of TLS. */
export function tlsFailureOf(error: Error, meaning: AlertMeaning = asListener): TlsFailure | null {
  if (error.cause instanceof FailureError && error.cause.failure.step === 'tls') return error.cause.failure;
  const cause = tlsCauseOf(error, meaning);
  return cause === null ? null : { step: 'tls', cause, detail: reasonOf(error) };
}

/** As `tlsFailureOf`, by the code alone: of a certificate that did not pass. */
export function verifyCauseOf(code: string): TlsCause {
  return causes[code] ?? 'handshake';
}

const longestReason = 200;

/**
 * OpenSSL's word for it, without its codes, its source files and Node's advice; where the name is wrong,
 * the names that the certificate has.
 */
export function reasonOf(error: Error): string {
  return (namesIn(error) ?? reasonIn(error)).slice(0, longestReason);
}

function namesIn(error: Error): string | null {
  const certificate: unknown = 'cert' in error ? error.cert : null;
  if (typeof certificate !== 'object' || certificate === null) return null;
  const names: unknown = 'subjectaltname' in certificate ? certificate.subjectaltname : null;
  return typeof names === 'string' ? names : null;
}

function reasonIn(error: Error): string {
  const ofOpenSsl = /:SSL routines:[^:]*:([^:]*):/.exec(error.message)?.[1];
  return (ofOpenSsl ?? error.message.split(';')[0] ?? '').trim();
}

function tlsCauseOf(error: Error, meaning: AlertMeaning): TlsCause | null {
  const alert = /SSL alert number (\d+)/.exec(error.message)?.[1];
  if (alert !== undefined) return alertCause(Number(alert), meaning);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = causes[code];
  if (known !== undefined) return known;
  return code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') ? 'handshake' : null;
}

/** Alerts as received (RFC 8446 §6, RFC 5246 §7.2). */
function alertCause(number: number, meaning: AlertMeaning): TlsCause {
  switch (number) {
    case 40: // handshake_failure
      return meaning.handshakeFailure;
    case 42: // bad_certificate
    case 43: // unsupported_certificate
    case 44: // certificate_revoked
    case 45: // certificate_expired
    case 46: // certificate_unknown
    case 48: // unknown_ca
    case 49: // access_denied
    case 116: // certificate_required
      return meaning.ourCertificate;
    case 70: // protocol_version
      return 'protocol';
    case 71: // insufficient_security
      return 'cipher';
    default:
      return 'handshake';
  }
}

/** Codes of OpenSSL, BoringSSL (which Electron has) and Node, by what they mean to a person. */
const causes: Readonly<Record<string, TlsCause>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown-ca',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown-ca',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown-ca',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown-ca',
  CERT_UNTRUSTED: 'unknown-ca',
  CERT_CHAIN_TOO_LONG: 'unknown-ca',
  INVALID_CA: 'unknown-ca',
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not-yet-valid',
  CERT_REVOKED: 'revoked',
  INVALID_PURPOSE: 'wrong-usage',
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong-name',
  HOSTNAME_MISMATCH: 'wrong-name',
  ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE: 'client-certificate-required',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'protocol',
  ERR_SSL_VERSION_TOO_LOW: 'protocol',
  ERR_SSL_UNSUPPORTED_SSL_VERSION: 'protocol',
  ERR_SSL_NO_PROTOCOLS_AVAILABLE: 'protocol',
  ERR_SSL_WRONG_SSL_VERSION: 'protocol',
  ERR_SSL_NO_SHARED_CIPHER: 'cipher',
  ERR_SSL_NO_CIPHERS_AVAILABLE: 'cipher',
  ERR_SSL_WRONG_CIPHER_RETURNED: 'cipher',
  ERR_SSL_UNKNOWN_CIPHER_RETURNED: 'cipher',
  // What came was no TLS record.
  ERR_SSL_WRONG_VERSION_NUMBER: 'plain-peer',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'plain-peer',
  ERR_SSL_HTTP_REQUEST: 'plain-peer',
  ERR_TLS_HANDSHAKE_TIMEOUT: 'timed-out',
};
