import type { CommandSet } from '../commands/command.ts';
import { AbortReason, PduError } from '../pdu/pdu.ts';
import type { UpperLayer } from '../upper-layer/upper-layer.ts';
import type { AcceptedContext } from './association.ts';
import { IncomingRequests } from './incoming-requests.ts';
import type { AssociatedPeer, DatasetConsumer, Responder } from './service.ts';
import { withoutLimits } from './store-allowance.ts';

export interface PeerRequestsOptions {
  readonly upper: UpperLayer;
  readonly peer: () => AssociatedPeer;
  readonly fragmentBytes: () => number;
  readonly isOver: () => boolean;
  /** A request of ours is going out at this moment. */
  readonly isSending: () => boolean;
}

/** Without asynchronous operations there is one at a time; of a peer that sends more, these are read. */
const maximumOutstanding = 8;

/** What the peer asks of us on an association that we requested, and who here answers it. */
export class PeerRequests {
  readonly #options: PeerRequestsOptions;
  readonly #incoming: IncomingRequests;
  readonly #responders = new Set<Responder>();
  #held: Buffer[] = [];

  constructor(options: PeerRequestsOptions) {
    this.#options = options;
    this.#incoming = new IncomingRequests({
      ...options,
      reader: options.upper.reader,
      send: (pdus) => this.#send(pdus),
      maximumOutstanding,
      storeLimits: withoutLimits,
    });
  }

  /** Our answer is what is waited for. */
  get areWaiting(): boolean {
    return this.#incoming.outstanding > 0;
  }

  serve(responder: Responder): Disposable {
    this.#responders.add(responder);
    return { [Symbol.dispose]: () => void this.#responders.delete(responder) };
  }

  /** A request's command set has come. @throws PduError when nobody serves it */
  take(context: AcceptedContext | undefined, command: CommandSet): DatasetConsumer | null {
    const responder = [...this.#responders].find((each) => each.serves(context?.abstractSyntaxUid ?? ''));
    if (context !== undefined && responder !== undefined) {
      return this.#incoming.take({ context, responder, command });
    }
    const field = command.commandField.toString(16);
    throw new PduError(AbortReason.InvalidPduParameterValue, `command ${field} that is not served`);
  }

  /** Our own request has gone out. */
  sendHeld(): void {
    for (const answer of this.#held.splice(0)) this.#options.upper.sendAnswer(answer);
  }

  /** Held back while a request of ours is going out: messages don't stand in one another. */
  #send(pdus: Buffer): void {
    if (this.#options.isSending()) this.#held.push(pdus);
    else this.#options.upper.sendAnswer(pdus);
  }
}
