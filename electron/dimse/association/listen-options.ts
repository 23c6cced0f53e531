import type { AssociatedPeer, Service } from './service.ts';
import type { StoreLimits } from './store-allowance.ts';
import type { Observe } from '../upper-layer/observe.ts';
import type { ListenTls } from '../upper-layer/tls-plan.ts';

/** Result, source and reason of an A-ASSOCIATE-RJ (PS3.8 Table 9-21). */
export interface Rejection {
  readonly result: number;
  readonly source: number;
  readonly reason: number;
}

export interface ListenLimits {
  /** Associations at once; further ones are rejected as "local limit exceeded". */
  readonly associations: number;
  readonly associationsPerAddress: number;
  /** Sockets at once, silent ones included; further ones are closed. */
  readonly connections: number;
  /** From the connection to a whole A-ASSOCIATE-RQ, and from our last word to the peer's close. */
  readonly artimMs: number;
  /** Silence on an association while the peer owes us the next step. */
  readonly idleMs: number;
  /** Inside a PDU at least `slowBytes` must come in every `slowMs`. */
  readonly slowMs: number;
  readonly slowBytes: number;
  /** Requests received whole and not yet answered, on one association; above it reading pauses. */
  readonly outstandingRequests: number;
  /** What comes by C-STORE beyond it, on one association, is refused as out of resources (A700H). */
  readonly store: StoreLimits;
  readonly maximumLengthBytes: number;
}

export const defaultLimits: ListenLimits = {
  associations: 64,
  associationsPerAddress: 32,
  connections: 2_500,
  artimMs: 10_000,
  idleMs: 60_000,
  slowMs: 30_000,
  slowBytes: 30_000,
  outstandingRequests: 8,
  store: { objects: 100_000, bytes: 2 ** 40, objectBytes: 2 ** 32 },
  maximumLengthBytes: 131_072,
};

export interface ListenOptions {
  /** The one address to listen on, never all unless it says so (`0.0.0.0`, `::`). */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly services: readonly Service[];
  /** Only TLS is spoken then: who speaks plain DICOM is hung up on. */
  readonly tls?: ListenTls;
  /** Who may associate: null accepts, else what the A-ASSOCIATE-RJ says. */
  readonly accept?: (request: AssociatedPeer) => Rejection | null;
  readonly limits?: Partial<ListenLimits>;
  readonly observe?: Observe;
}
