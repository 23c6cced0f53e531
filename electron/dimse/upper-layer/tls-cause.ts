import type { TlsCause } from '../../contract/failure.ts';

/** OpenSSL's and Node's codes, by what they mean to a person. */
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
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong-name',
  HOSTNAME_MISMATCH: 'wrong-name',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'client-certificate-required',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'protocol',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'protocol',
  ERR_SSL_VERSION_TOO_LOW: 'protocol',
  ERR_SSL_UNSUPPORTED_SSL_VERSION: 'protocol',
  ERR_SSL_NO_PROTOCOLS_AVAILABLE: 'protocol',
  ERR_SSL_WRONG_SSL_VERSION: 'protocol',
  // What came was no TLS record.
  ERR_SSL_WRONG_VERSION_NUMBER: 'plain-peer',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'plain-peer',
  ERR_SSL_HTTP_REQUEST: 'plain-peer',
};

/** Why TLS failed; null where the error isn't one of TLS. */
export function tlsCauseOf(error: Error): TlsCause | null {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = causes[code];
  if (known !== undefined) return known;
  return code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') ? 'handshake' : null;
}
