import type { CommandSet } from '../commands/command.ts';
import { CommandField } from '../commands/command.ts';
import { AbortReason, PduError } from '../pdu/pdu.ts';
import type { PduReader } from '../upper-layer/pdu-reader.ts';
import { IncomingExchange } from './incoming-exchange.ts';
import type { AcceptedContext } from './association.ts';
import type { AssociatedPeer, DatasetConsumer, Responder } from './service.ts';
import { StoreAllowance } from './store-allowance.ts';
import type { StoreLimits } from './store-allowance.ts';

export interface IncomingRequestsOptions {
  readonly reader: PduReader;
  readonly peer: () => AssociatedPeer;
  readonly fragmentBytes: () => number;
  /** The association has ended. */
  readonly isOver: () => boolean;
  /** Sends whole P-DATA-TF PDUs. */
  readonly send: (pdus: Buffer) => void;
  /** Received whole and not yet answered; above it reading pauses. */
  readonly maximumOutstanding: number;
  readonly storeLimits: StoreLimits;
}

/** A request whose command set has come, and who answers it. */
export interface TakenRequest {
  readonly context: AcceptedContext;
  readonly responder: Responder;
  readonly command: CommandSet;
}

/** The requests that a peer makes of us on one association. */
export class IncomingRequests {
  readonly #options: IncomingRequestsOptions;
  readonly #outstanding = new Set<IncomingExchange>();
  readonly #allowance: StoreAllowance;

  constructor(options: IncomingRequestsOptions) {
    this.#options = options;
    this.#allowance = new StoreAllowance(options.storeLimits);
  }

  /** How many have come whole and wait for our answer. */
  get outstanding(): number {
    return this.#outstanding.size;
  }

  /** Answers who takes the request's data set. @throws PduError */
  take({ context, responder, command }: TakenRequest): DatasetConsumer | null {
    // Every request we serve is answered at once or can't be stopped: a late cancel changes nothing.
    if (command.commandField === CommandField.CCancelRq) return null;
    if (command.messageId === undefined) {
      throw new PduError(AbortReason.UnexpectedPduParameter, 'request without a Message ID');
    }
    const { reader, peer, fragmentBytes, isOver, send } = this.#options;
    const exchange = new IncomingExchange({
      reader,
      send,
      isOver,
      association: peer(),
      context,
      command,
      allowance: this.#allowance,
      fragmentBytes: fragmentBytes(),
      answered: (done) => this.#answered(done),
    });
    const consumer = responder.onRequest(exchange);
    return {
      borrows: consumer === null || consumer.borrows === true,
      write: (chunk) => consumer?.write(chunk),
      abort: () => consumer?.abort(),
      end: () => {
        // Counted only now: a request still coming in is what we read on for.
        this.#count(exchange);
        consumer?.end();
      },
    };
  }

  #count(exchange: IncomingExchange): void {
    if (exchange.isAnswered) return;
    this.#outstanding.add(exchange);
    if (this.#outstanding.size >= this.#options.maximumOutstanding) this.#options.reader.pause(this);
  }

  #answered(exchange: IncomingExchange): void {
    this.#outstanding.delete(exchange);
    if (this.#outstanding.size < this.#options.maximumOutstanding) this.#options.reader.resume(this);
  }
}
