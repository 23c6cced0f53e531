import type { X509Certificate } from 'node:crypto';
import type { CertificateFacts, CertificatePurpose } from '../contract/certificate.ts';

const dayMs = 24 * 60 * 60 * 1_000;

/** What is shown of a certificate. */
export function describeCertificate(certificate: X509Certificate, now: Date): CertificateFacts {
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    names: namesOf(certificate.subjectAltName),
    validFrom: certificate.validFromDate.toISOString(),
    validTo: certificate.validToDate.toISOString(),
    daysLeft: Math.floor((certificate.validToDate.getTime() - now.getTime()) / dayMs),
    fingerprint: certificate.fingerprint256,
    selfSigned: certificate.checkIssued(certificate),
    isAuthority: certificate.ca,
    purposes: purposesOf(certificate),
  };
}

/** CN, else O, of a distinguished name with one attribute on a line; what people call it by. */
export function nameOf(distinguishedName: string | undefined): string {
  const name = distinguishedName ?? '';
  const found = /^CN=(.*)$/m.exec(name) ?? /^O=(.*)$/m.exec(name);
  return found?.[1] ?? name.replaceAll('\n', ', ');
}

const anyUsage = '2.5.29.37.0';

function purposesOf(certificate: X509Certificate): readonly CertificatePurpose[] | null {
  // Without the extension Node has no list, whatever its types say.
  const listed: readonly string[] | undefined = certificate.keyUsage;
  if (listed === undefined || listed.includes(anyUsage)) return null;
  return [...new Set(listed.map((usage) => purposes[usage] ?? 'other'))];
}

/** Extended key usages (RFC 5280 §4.2.1.12). */
const purposes: Readonly<Record<string, CertificatePurpose>> = {
  '1.3.6.1.5.5.7.3.1': 'server',
  '1.3.6.1.5.5.7.3.2': 'client',
};

/** Values that hold a comma stand in quotes. */
function namesOf(subjectAltName: string | undefined): readonly string[] {
  const found = (subjectAltName ?? '').match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? [];
  return found.map((name) => name.trim());
}
