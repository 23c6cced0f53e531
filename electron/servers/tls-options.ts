import type { CertificateId } from '../contract/certificate-id.ts';
import type { TlsOptions } from '../dimse/index.ts';
import type { CertificateSource } from '../security/index.ts';

/** What a server's record says of TLS beside on or off; all by reference, so that it holds no secret. */
export interface TlsRecord {
  readonly tls: boolean;
  readonly expectedName?: string | null;
  readonly authorities?: CertificateId | null;
  readonly clientCertificate?: CertificateId | null;
  readonly pinnedFingerprint?: string | null;
}

/** @throws FailureError certificate: unknown, key-not-kept, key-locked */
export function tlsOptionsOf(record: TlsRecord, certificates: CertificateSource): TlsOptions {
  const { expectedName, authorities, clientCertificate, pinnedFingerprint } = record;
  return {
    ...(isGiven(expectedName) ? { expectedName } : {}),
    ...(isGiven(authorities) ? { ca: certificates.authoritiesFor(authorities) } : {}),
    ...(isGiven(clientCertificate) ? { identity: certificates.identityFor(clientCertificate) } : {}),
    ...(isGiven(pinnedFingerprint) ? { pinnedFingerprint } : {}),
  };
}

function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}
