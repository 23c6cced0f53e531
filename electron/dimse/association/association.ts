import type { FileHandle } from 'node:fs/promises';
import type { Failure } from '../../contract/failure.ts';
import type { CommandSet, RequestCommand } from '../commands/command.ts';
import type { Responder } from './service.ts';

/** A presentation context both sides agreed on. */
export interface AcceptedContext {
  readonly id: number;
  readonly abstractSyntaxUid: string;
  readonly transferSyntaxUid: string;
}

/** What the peer said about itself in its A-ASSOCIATE-AC. */
export interface Peer {
  readonly implementationClassUid: string;
  readonly implementationVersionName: string;
  /** As announced: 0 means no limit (PS3.8 §D.1). */
  readonly maximumLengthBytes: number;
  readonly address: string;
  /** Given where the plan asked for a positive response: whether the user identity was confirmed. */
  readonly userIdentityConfirmed?: boolean;
}

/** Where the bytes of a data set to send come from, already in the context's transfer syntax. */
export type DatasetSource =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** Read as it is sent, never whole; the handle stays the caller's to close. */
  | {
      readonly kind: 'file';
      readonly handle: FileHandle;
      readonly offset: number;
      readonly length: number;
      /** What has been read of it already, from `offset` on. */
      readonly beginning?: Buffer;
    };

export interface DimseResponse {
  readonly command: CommandSet;
  readonly dataset: Buffer | null;
}

export interface RequestOptions {
  /**
   * When something else last showed that the peer is at work (`performance.now()`): sub-operations
   * of a C-MOVE arrive on other associations while this one is silent.
   */
  readonly lastActivity?: () => number;
}

/**
 * An association we requested (PS3.8 §7). Disposing releases it, or aborts where that fails.
 * One request at a time: the asynchronous operations window is not negotiated (PS3.7 §D.3.3.3).
 */
export interface Association extends AsyncDisposable {
  readonly peer: Peer;
  /** Every context the peer accepted. */
  readonly contexts: readonly AcceptedContext[];
  /**
   * The accepted context of a SOP class, in a certain transfer syntax where one is named.
   *
   * @throws FailureError negotiate, with the result of PS3.8 Table 9-18
   */
  context(abstractSyntaxUid: string, transferSyntaxUid?: string): AcceptedContext;
  /**
   * Sends a request and yields its responses, the final one last.
   *
   * Leaving the loop early cancels: for C-FIND, C-MOVE and C-GET a C-CANCEL-RQ is sent and what
   * still comes is read and dropped for `cancelGraceMs`; anything else, or a peer that goes on,
   * is ended by A-ABORT. An abort of `signal` does the same, then throws `cancelled`.
   *
   * @throws FailureError respond (aborted, closed, timed-out, malformed), cancelled, or file when
   *   the data set could not be read
   */
  request(
    context: AcceptedContext,
    message: { readonly command: RequestCommand; readonly dataset: DatasetSource | null },
    options?: RequestOptions,
    signal?: AbortSignal,
  ): AsyncGenerator<DimseResponse, void, undefined>;
  /**
   * Answers what the peer asks of us on this association, until disposed: the C-STOREs of a C-GET, an
   * N-EVENT-REPORT. A request that nobody here serves aborts the association.
   */
  serve(responder: Responder): Disposable;
  /** Never fails: what can't be released in time is aborted. */
  release(): Promise<void>;
  /** A-ABORT by the service-user; the socket is gone within a second. */
  abort(): void;
  /** Settles when the association is over: null where we ended it, else how the peer did. */
  readonly closed: Promise<Failure | null>;
}
