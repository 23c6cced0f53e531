import { X509Certificate } from 'node:crypto';
import { certificateFailure } from './certificate-failure.ts';

/** More than any bundle of authorities holds. */
const maximumBytes = 4_000_000;

export function isPem(bytes: Uint8Array): boolean {
  return Buffer.from(bytes).includes('-----BEGIN ');
}

/**
 * All certificates of a PEM file, or the one of a DER file, in the file's order.
 *
 * @throws FailureError certificate: unreadable
 */
export function readCertificates(bytes: Uint8Array): readonly X509Certificate[] {
  if (bytes.length > maximumBytes) throw certificateFailure('unreadable', 'too large');
  if (!isPem(bytes)) return [readCertificate(bytes)];
  const blocks = Buffer.from(bytes).toString('latin1').match(certificateBlock) ?? [];
  return blocks.map((block) => readCertificate(Buffer.from(block, 'latin1')));
}

const certificateBlock =
  /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[^-]*-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g;

export function readCertificate(bytes: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(bytes);
  } catch (error) {
    throw certificateFailure('unreadable', '', error);
  }
}
