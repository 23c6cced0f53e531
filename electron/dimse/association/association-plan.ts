import type { TlsPlan } from '../upper-layer/tls-plan.ts';

/** One presentation context to propose: an abstract syntax and what it may be carried in. */
export interface ProposedContext {
  readonly abstractSyntaxUid: string;
  readonly transferSyntaxUids: readonly string[];
  /**
   * What we are in this SOP class, where it isn't SCU alone (PS3.7 §D.3.3.4); the same in every
   * context of the class.
   */
  readonly roles?: { readonly scu: boolean; readonly scp: boolean };
}

/** Who is asking, beside the AE title (PS3.7 §D.3.3.7). Never logged, and not kept once it is sent. */
export type UserIdentityPlan = {
  readonly username: string;
  /** Has the peer say that it knows the identity: `Peer.userIdentityConfirmed`. */
  readonly positiveResponseRequested?: boolean;
  /** Sends it in the clear where `tls` is null, which is refused otherwise. */
  readonly evenWithoutTls?: boolean;
} & ({ readonly kind: 'username' } | { readonly kind: 'username-and-passcode'; readonly passcode: string });

/** All in milliseconds, on the monotonic clock. */
export interface Timeouts {
  /** Name resolution and TCP together; once more for the TLS handshake. */
  readonly connectMs: number;
  /** From A-ASSOCIATE-RQ to its answer. */
  readonly associateMs: number;
  /** Silence in both directions while a response is awaited. */
  readonly responseMs: number;
  /** A PDU that has begun to come goes on at a byte a millisecond at least, over this time. */
  readonly slowMs: number;
  readonly releaseMs: number;
  /** How long a cancelled request may take to end before the association is aborted. */
  readonly cancelGraceMs: number;
}

export const defaultTimeouts: Timeouts = {
  connectMs: 10_000,
  associateMs: 10_000,
  responseMs: 60_000,
  slowMs: 60_000,
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
  readonly tls: TlsPlan | null;
  /** At most 128; their ids are ours to give. */
  readonly contexts: readonly ProposedContext[];
  readonly userIdentity?: UserIdentityPlan;
  readonly timeouts?: Partial<Timeouts>;
  /** The longest P-DATA-TF PDU we take (PS3.8 §D.1); 131,072 unless told. */
  readonly maximumLengthBytes?: number;
}
