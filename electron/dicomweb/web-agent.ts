import { Agent, type ClientRequestArgs } from 'node:http';
import type { Duplex } from 'node:stream';
import { openSocket, type ConnectStep, type SocketPlan } from '../dimse/index.ts';

/**
 * Opens the connections of node:http the way associations are opened: every address tried, TLS by the
 * server's own plan, each step failing by its name.
 */
export class WebAgent extends Agent {
  readonly #plan: SocketPlan;
  readonly #signal: AbortSignal | undefined;
  readonly #onStep: (step: ConnectStep) => void;

  constructor(plan: SocketPlan, onStep: (step: ConnectStep) => void, signal?: AbortSignal) {
    super({ keepAlive: true });
    this.#plan = plan;
    this.#onStep = onStep;
    this.#signal = signal;
  }

  override createConnection(
    _options: ClientRequestArgs,
    connected?: (error: Error | null, socket: Duplex) => void,
  ): null {
    openSocket(this.#plan, this.#onStep, this.#signal).then(
      (socket) => connected?.(null, socket),
      // Node takes an error without a socket, whatever its types say.
      (thrown: unknown) => connected?.(thrown as Error, null as unknown as Duplex),
    );
    return null;
  }
}
