import type { CommandSet } from '../commands/command.ts';
import type { AcceptedContext } from './association.ts';
import type { StoreAllowance } from './store-allowance.ts';

/**
 * Who is at the other end: the caller of an association we accepted. On one that we requested the
 * titles change places, so that the calling one is the peer's there too.
 */
export interface AssociatedPeer {
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
  readonly remoteAddress: string;
}

/** What a requestor proposes for one presentation context. */
export interface ContextOffer {
  readonly abstractSyntaxUid: string;
  readonly transferSyntaxUids: readonly string[];
  readonly callingAeTitle: string;
}

/** Answers the requests of one SOP-class family. */
export interface Responder {
  serves(abstractSyntaxUid: string): boolean;
  /**
   * A whole command set has come. Answers who takes its data set; null where it has none, or where
   * the request is answered already and the data set shall be read past.
   *
   * What is thrown here, or by the consumer, aborts this association and no other.
   */
  onRequest(request: IncomingRequest): DatasetConsumer | null;
}

/** A responder that others may associate with. */
export interface Service extends Responder {
  /** What the requestor of the association is in it; `scu` unless given (PS3.7 §D.3.3.4). */
  readonly requestor?: 'scu' | 'scp';
  /** The transfer syntax to accept the offer in; null refuses it (result 4 of PS3.8 Table 9-18). */
  chooseTransferSyntax(offer: ContextOffer): string | null;
}

export interface IncomingRequest {
  readonly association: AssociatedPeer;
  readonly context: AcceptedContext;
  readonly command: CommandSet;
  /** What the association may bring by C-STORE. */
  readonly allowance: StoreAllowance;
  /**
   * Sends a response: command field, message ids, SOP class and instance are filled in from the
   * request, Status is 0000H unless given. A pending status (FF00H, FF01H) leaves the request open.
   * Does nothing once the association is over.
   */
  respond(fields: Partial<CommandSet>, dataset?: Uint8Array): void;
  /** Stops reading this association's socket until `resumeReading`; a few more chunks may still come. */
  pauseReading(): void;
  resumeReading(): void;
}

/** Takes the data set of one request, in order. */
export interface DatasetConsumer {
  /** `true`: `write` only borrows its bytes; they are gone when it returns. */
  readonly borrows?: boolean;
  /** The next bytes; unless they are borrowed they stay valid, nobody reuses them. */
  write(chunk: Buffer): void;
  /** All has come. */
  end(): void;
  /** The association ended before all had come. */
  abort(): void;
}
