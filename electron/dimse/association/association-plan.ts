/** One presentation context to propose: an abstract syntax and what it may be carried in. */
export interface ProposedContext {
  readonly abstractSyntaxUid: string;
  readonly transferSyntaxUids: readonly string[];
}

/** All in milliseconds, on the monotonic clock. */
export interface Timeouts {
  /** Name resolution and TCP together; once more for the TLS handshake. */
  readonly connectMs: number;
  /** From A-ASSOCIATE-RQ to its answer. */
  readonly associateMs: number;
  /** Silence in both directions while a response is awaited. */
  readonly responseMs: number;
  readonly releaseMs: number;
  /** How long a cancelled request may take to end before the association is aborted. */
  readonly cancelGraceMs: number;
}

export const defaultTimeouts: Timeouts = {
  connectMs: 10_000,
  associateMs: 10_000,
  responseMs: 60_000,
  releaseMs: 5_000,
  cancelGraceMs: 3_000,
};

/** Everything needed to ask a peer for an association. */
export interface AssociationPlan {
  /** A DNS name, an IPv4 or an IPv6 address. */
  readonly host: string;
  readonly port: number;
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
  /** `verify: false` accepts any certificate; there is never a fallback to plain TCP. */
  readonly tls: { readonly verify: boolean } | null;
  /** At most 128; their ids are ours to give. */
  readonly contexts: readonly ProposedContext[];
  readonly timeouts?: Partial<Timeouts>;
  /** The longest P-DATA-TF PDU we take (PS3.8 §D.1); 131,072 unless told. */
  readonly maximumLengthBytes?: number;
}
