import type { CommandSet } from '../commands/command.ts';
import { NoDataset } from '../commands/command.ts';
import { CommandError, decodeCommand } from '../commands/decode-command.ts';
import { AbortReason, PduError, PdvFlag } from '../pdu/pdu.ts';
import type { DatasetConsumer } from './service.ts';

/** Takes whole messages: their command set at once, their data set as it comes. */
export interface MessageSink {
  isAccepted(contextId: number): boolean;
  /** Answers who takes the data set; null reads past it. Without a data set, `end` follows at once. */
  command(contextId: number, command: CommandSet): DatasetConsumer | null;
}

const maximumCommandBytes = 16 * 1024;

interface Incoming {
  readonly contextId: number;
  readonly consumer: DatasetConsumer | null;
}

/**
 * Joins PDVs to messages (PS3.7 §6.3, PS3.8 Annex E): command fragments, the last one flagged, then
 * data set fragments on the same context, the last one flagged. Only command sets are kept whole.
 */
export class MessageAssembler {
  readonly #sink: MessageSink;
  #command: Buffer[] = [];
  #commandBytes = 0;
  #commandContextId = 0;
  #dataset: Incoming | null = null;
  #over = false;

  constructor(sink: MessageSink) {
    this.#sink = sink;
  }

  /**
   * @returns whether the bytes were only borrowed: nobody has use for them any more
   * @throws PduError when this can't be part of a message
   */
  fragment(contextId: number, control: number, bytes: Buffer, endsPdv: boolean): boolean {
    if (!this.#sink.isAccepted(contextId)) throw unexpected(`PDV on context ${contextId}`);
    const ends = endsPdv && (control & PdvFlag.Last) !== 0;
    if ((control & PdvFlag.Command) === 0) return this.#takeDataset(contextId, bytes, ends);
    this.#takeCommand(contextId, bytes, ends);
    return true;
  }

  /** The association is over: a data set that was coming in will not be whole. */
  abort(): void {
    const incoming = this.#dataset;
    this.#over = true;
    this.#dataset = null;
    this.#command = [];
    incoming?.consumer?.abort();
  }

  #takeDataset(contextId: number, bytes: Buffer, ends: boolean): boolean {
    const incoming = this.#dataset;
    if (incoming === null || this.#commandBytes > 0) throw unexpected('data set without a command');
    if (incoming.contextId !== contextId) throw unexpected(`data set on context ${contextId}`);
    const { consumer } = incoming;
    if (bytes.length > 0) consumer?.write(bytes);
    if (ends) {
      this.#dataset = null;
      consumer?.end();
    }
    return consumer === null || consumer.borrows === true;
  }

  #takeCommand(contextId: number, bytes: Buffer, ends: boolean): void {
    if (this.#dataset !== null) throw unexpected('command inside a data set');
    if (this.#commandBytes > 0 && this.#commandContextId !== contextId) {
      throw unexpected(`command continued on context ${contextId}`);
    }
    this.#commandContextId = contextId;
    this.#commandBytes += bytes.length;
    if (this.#commandBytes > maximumCommandBytes) throw invalid(`command of ${this.#commandBytes} bytes`);
    // Its own copy: the chunk it lies in may be a thousand times as long.
    if (bytes.length > 0) this.#command.push(Buffer.from(bytes));
    if (!ends) return;
    const whole = Buffer.concat(this.#command);
    this.#command = [];
    this.#commandBytes = 0;
    this.#deliver(contextId, decode(whole));
  }

  #deliver(contextId: number, command: CommandSet): void {
    const consumer = this.#sink.command(contextId, command);
    // The sink may have ended the association.
    if (this.#over) consumer?.abort();
    else if (command.commandDataSetType === NoDataset) consumer?.end();
    else this.#dataset = { contextId, consumer };
  }
}

function decode(bytes: Buffer): CommandSet {
  try {
    return decodeCommand(bytes);
  } catch (error) {
    if (error instanceof CommandError) throw invalid(error.message);
    throw error;
  }
}

function unexpected(message: string): PduError {
  return new PduError(AbortReason.UnexpectedPduParameter, message);
}

function invalid(message: string): PduError {
  return new PduError(AbortReason.InvalidPduParameterValue, message);
}
