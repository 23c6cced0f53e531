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
}
