import type { FetchPeerCertificates, PeerCertificates } from '../contract/certificate.ts';
import { defaultTimeouts, fetchCertificates } from '../dimse/index.ts';
import { describeCertificate, type CertificateSource } from '../security/index.ts';
import { tlsOptionsOf } from './tls-options.ts';

/**
 * What a server shows to whoever greets it in TLS, for a person to look at, and to pin only then. Not a
 * byte of DICOM is sent.
 *
 * @throws FailureError resolve, connect, certificate, cancelled; tls where it showed nothing
 */
export async function fetchPeerCertificates(
  { host, port, expectedName, authorities }: FetchPeerCertificates,
  options: { readonly certificates: CertificateSource; readonly now: () => Date },
  signal: AbortSignal,
): Promise<PeerCertificates> {
  const tls = tlsOptionsOf({ tls: true, expectedName, authorities }, options.certificates);
  const { connectMs } = defaultTimeouts;
  const { protocol, chain, failure } = await fetchCertificates({ host, port, tls, connectMs }, signal);
  const now = options.now();
  return { protocol, chain: chain.map((certificate) => describeCertificate(certificate, now)), failure };
}
