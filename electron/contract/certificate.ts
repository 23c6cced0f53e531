import { z } from 'zod';
import { CertificateId } from './certificate-id.ts';
import type { Failure } from './failure.ts';
import { Host } from './host.ts';
import { FileGrantId } from './send.ts';
import { Port, ServerId } from './server.ts';

/** Extended key usage, as far as TLS asks for it (RFC 5280 §4.2.1.12). */
export type CertificatePurpose = 'server' | 'client' | 'other';

/** What is shown of a certificate, so that a person can tell whether it is the right one. */
export interface CertificateFacts {
  /** Its common name, else its organisation, else its whole distinguished name. */
  readonly subject: string;
  readonly issuer: string;
  /** Subject alternative names as OpenSSL writes them: `DNS:pacs.example`, `IP Address:10.0.0.5`. */
  readonly names: readonly string[];
  /** ISO 8601. */
  readonly validFrom: string;
  readonly validTo: string;
  /** Whole days until it expires; negative once it has. */
  readonly daysLeft: number;
  /** SHA-256 over the whole certificate, in pairs of hex digits between colons. */
  readonly fingerprint: string;
  readonly selfSigned: boolean;
  /** Basic constraints: it may sign others. */
  readonly isAuthority: boolean;
  /** `null`: it does not say, and may be used for all. */
  readonly purposes: readonly CertificatePurpose[] | null;
}

/**
 * Where a secret is: locked away by the system's keyring; only in memory until the app quits; in the
 * administrator's file; locked away by a keyring that does not open it any more; or not here, so that it
 * must be given (again). The last two are as good as none.
 */
export type SecretKept = 'sealed' | 'session' | 'file' | 'locked' | 'missing';

export type CertificateOrigin =
  | { readonly kind: 'user' }
  /** The line of the administrator's file that names it. */
  | { readonly kind: 'administrator'; readonly file: string; readonly line: number };

/** A certificate of ours with its private key, or a bundle of authorities. The key itself stays in main. */
export interface KeptCertificate {
  readonly id: CertificateId;
  readonly kind: 'identity' | 'authorities';
  /** Of an identity, its own first and then up to its authority; of a bundle, all in it. Never empty. */
  readonly certificates: readonly CertificateFacts[];
  /** Of an identity's private key; `null` for a bundle, which has none. */
  readonly key: SecretKept | null;
  readonly origin: CertificateOrigin;
  /** ISO 8601. */
  readonly addedAt: string;
  /** Names of the servers whose records refer to it, and our own AE title where our listener shows it. */
  readonly usedBy: readonly string[];
}

/** Which certificate runs out: one of ours, one of an authority, or the one a server showed last. */
export type ExpiringWhose =
  | { readonly kind: 'identity' | 'authorities'; readonly id: CertificateId }
  | { readonly kind: 'server'; readonly id: ServerId; readonly name: string };

export interface ExpiryWarning {
  readonly whose: ExpiringWhose;
  readonly subject: string;
  readonly validTo: string;
  /** Whole days left; negative once it is over. */
  readonly daysLeft: number;
  /** The threshold it has passed: expired, one day, seven days, thirty days. */
  readonly level: 'expired' | 'day' | 'week' | 'month';
}

/** Everything the person should know of certificates at once. */
export interface CertificateList {
  readonly certificates: readonly KeptCertificate[];
  /** `false`: this system has no keyring, so private keys and passwords are asked for in each session. */
  readonly secretsAreKept: boolean;
  /** The most urgent first. */
  readonly warnings: readonly ExpiryWarning[];
}

export const ImportCertificate = z.object({
  kind: z.enum(['identity', 'authorities']),
  file: FileGrantId,
  /** The private key, where it is in a file of its own. */
  keyFile: FileGrantId.nullable(),
  passphrase: z.string().max(1024),
});
export type ImportCertificate = z.infer<typeof ImportCertificate>;

/** Whom to ask for its certificate, and by what to judge it. */
export const FetchPeerCertificates = z.object({
  /** Whose warnings the answer is kept for; `null`: nobody's. */
  serverId: ServerId.nullable(),
  host: Host,
  port: Port,
  expectedName: Host.nullable(),
  authorities: CertificateId.nullable(),
});
export type FetchPeerCertificates = z.infer<typeof FetchPeerCertificates>;

/** What a server showed when it was greeted in TLS; not a byte of DICOM went there. */
export interface PeerCertificates {
  /** As Node names it: TLSv1.2 or TLSv1.3; '' where the handshake broke off before. */
  readonly protocol: string;
  /** As it came: the server's own first. Never empty. */
  readonly chain: readonly CertificateFacts[];
  /** Why it would not be trusted as the record stands, or what else was in the way; `null`: nothing. */
  readonly failure: Failure | null;
}
