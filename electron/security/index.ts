/** Certificates and keys of ours and of those we trust: read, checked, described, kept; secrets sealed. */
export {
  openCertificateBook,
  type CertificateBook,
  type CertificateBookOptions,
  type CertificateSource,
  type ManagedCertificate,
  type ManagedProblem,
} from './certificate-book.ts';
export { describeCertificate } from './describe-certificate.ts';
export { expiryWarnings, type ExpiringCertificate } from './expiry-warnings.ts';
export { loadAuthorities } from './load-authorities.ts';
export { loadIdentity } from './load-identity.ts';
export type { IdentityFiles, IdentityPurpose, IdentityUse, LoadedIdentity } from './load-identity.ts';
export { readCertificateFile } from './read-certificate-file.ts';
export { readCertificates } from './read-certificates.ts';
export { openSecurity, type Security } from './open-security.ts';
export { noSecretBox, type SecretBox } from './secret-box.ts';
export { openSecretStore, type SecretPlace, type SecretStore } from './secret-store.ts';
export { openSeenCertificates, type SeenCertificate, type SeenCertificates } from './seen-certificates.ts';
