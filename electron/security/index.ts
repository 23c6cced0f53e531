/** Certificates and keys of ours and of those we trust: read, checked, described. */
export { describeCertificate } from './describe-certificate.ts';
export { loadAuthorities } from './load-authorities.ts';
export { loadIdentity } from './load-identity.ts';
export type { IdentityFiles, IdentityUse, LoadedIdentity } from './load-identity.ts';
export { readCertificates } from './read-certificates.ts';
