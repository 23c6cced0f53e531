import { readCertificates } from './read-certificates.ts';
import { certificateFailure } from './certificate-failure.ts';

/**
 * The authorities to be trusted for a server, out of a PEM or DER file: a PEM text each. A server's own
 * certificate may stand for its authority.
 *
 * @throws FailureError certificate: unreadable, no-certificate
 */
export function loadAuthorities(file: Uint8Array): readonly string[] {
  const certificates = readCertificates(file);
  if (certificates.length === 0) throw certificateFailure('no-certificate');
  return certificates.map((certificate) => certificate.toString());
}
