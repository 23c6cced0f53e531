/** A certificate with whatever leads up to its authority, own certificate first, and its private key: PEM. */
export interface TlsIdentity {
  readonly cert: string;
  /** Not encrypted: whoever loads it asks for the passphrase. */
  readonly key: string;
}

/** How one peer is met; all but `verify` may be left out. */
export interface TlsOptions {
  /**
   * The name that the peer's certificate must carry where it isn't the host: a certificate made out to
   * a DNS name, reached by an address. It is also what Server Name Indication says.
   */
  readonly expectedName?: string;
  /** Authorities trusted for this peer alone, instead of the system's; each PEM text may hold several. */
  readonly ca?: readonly string[];
  /** Revocation lists (PEM): then every certificate of the chain must be looked up in one. */
  readonly crl?: readonly string[];
  /** Shown to a peer that asks who we are (mutual TLS). */
  readonly identity?: TlsIdentity;
  /** TLS 1.2 unless told; 1.3 is preferred in any case. */
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3';
  /**
   * SHA-256 over the one certificate that this peer may show, in pairs of hex digits between colons. It
   * stands instead of authorities, names and dates: a person has compared it, and any other is refused,
   * even where `verify` is off.
   */
  readonly pinnedFingerprint?: string;
}

/** TLS with a peer we call; `verify: false` accepts any certificate. Never a fallback to plain TCP. */
export interface TlsPlan extends TlsOptions {
  readonly verify: boolean;
}

/** TLS on a listener of ours. */
export interface ListenTls {
  readonly identity: TlsIdentity;
  /** Mutual TLS: only who shows a certificate of one of these authorities (PEM) comes in. `null`: anyone. */
  readonly clientCa: readonly string[] | null;
  /** Revocation lists (PEM) for the peers' certificates. */
  readonly clientCrl?: readonly string[];
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3';
}

/**
 * BCP 195 as PS3.15 §B.12 asks: forward secrecy and authenticated encryption only, TLS 1.3 first.
 */
export const cipherSuites = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_AES_128_GCM_SHA256',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
].join(':');
