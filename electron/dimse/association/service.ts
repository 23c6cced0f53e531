import type { CommandSet } from '../commands/command.ts';
import type { AcceptedContext } from './association.ts';

/** Who is at the other end of an association we accepted. */
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

/** One SOP-class family that we serve as SCP. */
export interface Service {
  serves(abstractSyntaxUid: string): boolean;
  /** The transfer syntax to accept the offer in; null refuses it (result 4 of PS3.8 Table 9-18). */
  chooseTransferSyntax(offer: ContextOffer): string | null;
  /**
   * A whole command set has come. Answers who takes its data set; null where it has none, or where
   * the request is answered already and the data set shall be read past.
   *
   * What is thrown here, or by the consumer, aborts this association and no other.
   */
  onRequest(request: IncomingRequest): DatasetConsumer | null;
}

export interface IncomingRequest {
  readonly association: AssociatedPeer;
  readonly context: AcceptedContext;
  readonly command: CommandSet;
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
  /** The next bytes; they stay valid, nobody reuses them. */
  write(chunk: Buffer): void;
  /** All has come. */
  end(): void;
  /** The association ended before all had come. */
  abort(): void;
}
