import type { PduError } from '../pdu/pdu.ts';

/** How an association came to its end. */
export type Ending =
  /** A-RELEASE, by who asked for it. */
  | { readonly kind: 'released'; readonly by: 'us' | 'peer' }
  /** A-ASSOCIATE-RJ, theirs or ours. */
  | { readonly kind: 'rejected'; readonly result: number; readonly source: number; readonly reason: number }
  /** A-ABORT by the peer. */
  | { readonly kind: 'aborted'; readonly source: number; readonly reason: number }
  /** We sent A-ABORT because we were asked to. */
  | { readonly kind: 'aborted-here' }
  /** We sent A-ABORT because of what came. */
  | { readonly kind: 'invalid'; readonly error: PduError }
  /** The transport connection went away. */
  | { readonly kind: 'closed'; readonly error: Error | null }
  /** Nothing came in time. */
  | { readonly kind: 'timed-out' }
  /** Code of ours threw while it took what came: we sent A-ABORT. */
  | { readonly kind: 'bug'; readonly bug: unknown };
