import type { IdentityFiles } from './load-identity.ts';
import { isPem } from './read-certificates.ts';

/** Two files dropped at once come in any order: the one with the certificate is told by what it holds. */
export function sortIdentityFiles(files: IdentityFiles): IdentityFiles {
  const { certificate, key } = files;
  if (key === undefined || holdsCertificate(certificate) || !holdsCertificate(key)) return files;
  return { ...files, certificate: key, key: certificate };
}

function holdsCertificate(bytes: Uint8Array): boolean {
  return isPem(bytes) && Buffer.from(bytes).includes('CERTIFICATE-----');
}
