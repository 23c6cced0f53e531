import type { CommandSet } from '../commands/command.ts';
import { NoDataset, WithDataset, responseFieldOf } from '../commands/command.ts';
import { encodeCommand } from '../commands/encode-command.ts';
import { Status, statusCategory } from '../commands/status.ts';
import { PdvFlag } from '../pdu/pdu.ts';
import type { PduReader } from '../upper-layer/pdu-reader.ts';
import type { AcceptedContext } from './association.ts';
import { encodePdus } from './send-message.ts';
import type { AssociatedPeer, IncomingRequest } from './service.ts';
import type { StoreAllowance } from './store-allowance.ts';

export interface IncomingExchangeOptions {
  readonly reader: PduReader;
  /** Sends whole P-DATA-TF PDUs. */
  readonly send: (pdus: Buffer) => void;
  readonly association: AssociatedPeer;
  readonly context: AcceptedContext;
  readonly command: CommandSet;
  readonly allowance: StoreAllowance;
  readonly fragmentBytes: number;
  readonly isOver: () => boolean;
  readonly answered: (exchange: IncomingExchange) => void;
}

/** A request that came to us, until its final response is sent. */
export class IncomingExchange implements IncomingRequest {
  readonly association: AssociatedPeer;
  readonly context: AcceptedContext;
  readonly command: CommandSet;
  readonly allowance: StoreAllowance;
  readonly #options: IncomingExchangeOptions;
  #answered = false;

  constructor(options: IncomingExchangeOptions) {
    this.association = options.association;
    this.context = options.context;
    this.command = options.command;
    this.allowance = options.allowance;
    this.#options = options;
  }

  get isAnswered(): boolean {
    return this.#answered;
  }

  /** @throws Error when the final response was sent already */
  respond(fields: Partial<CommandSet>, dataset?: Uint8Array): void {
    const { send, isOver, fragmentBytes, context, answered } = this.#options;
    if (isOver()) return;
    if (this.#answered) throw new Error('this request has had its final response');
    const response = this.#responseWith(fields, dataset !== undefined);
    const command = encodePdus(encodeCommand(response), context.id, PdvFlag.Command, fragmentBytes);
    // One write for both, so that no delayed acknowledgement can come between them.
    send(
      dataset === undefined
        ? command
        : Buffer.concat([command, encodePdus(dataset, context.id, 0, fragmentBytes)]),
    );
    if (statusCategory(response.status ?? 0) === 'pending') return;
    this.#answered = true;
    answered(this);
  }

  pauseReading(): void {
    if (!this.#options.isOver()) this.#options.reader.pause(this);
  }

  resumeReading(): void {
    this.#options.reader.resume(this);
  }

  #responseWith(fields: Partial<CommandSet>, withDataset: boolean): CommandSet {
    const { messageId, affectedSopClassUid, affectedSopInstanceUid, commandField } = this.command;
    return {
      ...(affectedSopClassUid === undefined ? {} : { affectedSopClassUid }),
      ...(affectedSopInstanceUid === undefined ? {} : { affectedSopInstanceUid }),
      ...(messageId === undefined ? {} : { messageIdBeingRespondedTo: messageId }),
      status: Status.Success,
      ...fields,
      commandField: responseFieldOf(commandField),
      commandDataSetType: withDataset ? WithDataset : NoDataset,
    };
  }
}
