import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CommandSet } from '../commands/command.ts';
import { CommandField, responseFieldOf } from '../commands/command.ts';
import { statusCategory } from '../commands/status.ts';
import { AbortReason, PduError } from '../pdu/pdu.ts';
import type { DimseResponse } from './association.ts';
import type { DatasetConsumer } from './service.ts';

/** An identifier of a query; what is larger is not one. */
const maximumIdentifierBytes = 1024 * 1024;

/** Responses that came faster than they are read: above the one reading pauses, below the other it goes on. */
const highWater = { responses: 1_000, bytes: 16 * 1024 * 1024 };
const lowWater = { responses: 500, bytes: 8 * 1024 * 1024 };

/** Responses that wait are read in one go for so long; then everything else has its turn. */
const goMs = 10;

const cancellable: ReadonlySet<number> = new Set([
  CommandField.CFindRq,
  CommandField.CMoveRq,
  CommandField.CGetRq,
]);

export interface ExchangeOptions {
  readonly contextId: number;
  readonly messageId: number;
  readonly commandField: number;
  /** Called when more responses are waiting than should, and when they are few again. */
  readonly pause: (exchange: Exchange) => void;
  readonly resume: (exchange: Exchange) => void;
}

/** One request on its way: its responses wait here to be read. */
export class Exchange {
  readonly contextId: number;
  readonly messageId: number;
  readonly #options: ExchangeOptions;
  #responses: DimseResponse[] = [];
  #unreadBytes = 0;
  #goBegan = 0;
  #wake: (() => void) | null = null;
  #failure: unknown = null;
  #sent = false;
  #cancelled = false;
  #final = false;
  #paused = false;

  constructor(options: ExchangeOptions) {
    this.contextId = options.contextId;
    this.messageId = options.messageId;
    this.#options = options;
  }

  /** C-FIND, C-MOVE and C-GET can be told to stop once they are sent (PS3.7 §9.3.2.3). */
  get takesCancel(): boolean {
    const { commandField } = this.#options;
    return this.#sent && cancellable.has(commandField);
  }

  get sent(): boolean {
    return this.#sent;
  }

  markSent(): void {
    this.#sent = true;
  }

  /** The final response has come, or nothing more will. */
  get over(): boolean {
    return this.#final || this.#failure !== null;
  }

  get cancelled(): boolean {
    return this.#cancelled;
  }

  get failure(): unknown {
    return this.#failure;
  }

  /** Responses are waiting, so it isn't the peer who is slow. */
  get unread(): boolean {
    return this.#responses.length > 0;
  }

  /**
   * A response's command set has come: answers who takes its data set.
   *
   * @throws PduError when it is no response to this request
   */
  take(contextId: number, command: CommandSet): DatasetConsumer {
    if (
      contextId !== this.contextId ||
      command.commandField !== responseFieldOf(this.#options.commandField)
    ) {
      throw invalid(`command ${command.commandField.toString(16)} on context ${contextId}`);
    }
    if (command.status === undefined) throw invalid('response without a status');
    // What some still send after a C-CANCEL was answered is no harm.
    if (this.#final) return past;
    const chunks: Buffer[] = [];
    let bytes = 0;
    return {
      write: (chunk) => {
        bytes += chunk.length;
        if (bytes > maximumIdentifierBytes) throw invalid(`identifier of more than ${bytes - 1} bytes`);
        chunks.push(chunk);
      },
      end: () => this.#add({ command, dataset: bytes === 0 ? null : Buffer.concat(chunks) }),
      abort: () => {},
    };
  }

  /** No response is wanted any more; the final one is still awaited. */
  cancel(): void {
    this.#cancelled = true;
    this.#responses = this.#responses.filter(isFinal);
    this.#unreadBytes = 0;
    this.#resume();
    this.#notify();
  }

  /** Nobody will read on: reading must not stay paused for it. */
  close(): void {
    this.#resume();
  }

  fail(failure: unknown): void {
    this.#failure ??= failure;
    this.#notify();
  }

  /** The next response. @throws what the exchange failed with, once all that came is read */
  async next(): Promise<DimseResponse> {
    for (;;) {
      const response = this.#responses.shift();
      this.#unreadBytes -= response?.dataset?.length ?? 0;
      if (this.#responses.length < lowWater.responses && this.#unreadBytes < lowWater.bytes) this.#resume();
      if (response !== undefined) {
        await this.#giveWay();
        return response;
      }
      if (this.#failure !== null) throw this.#failure;
      await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#goBegan = performance.now();
    }
  }

  async #giveWay(): Promise<void> {
    if (performance.now() - this.#goBegan < goMs) return;
    await nextTurn();
    this.#goBegan = performance.now();
  }

  #add(response: DimseResponse): void {
    const final = isFinal(response);
    this.#final ||= final;
    if (this.#cancelled && !final) return;
    this.#responses.push(response);
    this.#unreadBytes += response.dataset?.length ?? 0;
    if (this.#responses.length >= highWater.responses || this.#unreadBytes >= highWater.bytes) this.#pause();
    this.#notify();
  }

  #pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.#options.pause(this);
  }

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#options.resume(this);
  }

  #notify(): void {
    const wake = this.#wake;
    this.#wake = null;
    wake?.();
  }
}

const past: DatasetConsumer = { write: () => {}, end: () => {}, abort: () => {} };

export function isFinal(response: DimseResponse): boolean {
  return statusCategory(response.command.status ?? 0) !== 'pending';
}

function invalid(message: string): PduError {
  return new PduError(AbortReason.InvalidPduParameterValue, message);
}
