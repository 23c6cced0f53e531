import { FailureError, type Failure } from '../contract/failure.ts';
import type { ListenerState } from '../contract/settings.ts';
import {
  listen,
  type AssociatedPeer,
  type Listener,
  type ListenOptions,
  type ListenTls,
  type Rejection,
} from '../dimse/index.ts';

const retryMs = 10_000;

export interface ReceiverOptions {
  /** What is served on every port: verification and storage. */
  readonly services: ListenOptions['services'];
  /** Who may associate, and at which port of ours. */
  readonly accept: (peer: AssociatedPeer, port: number) => Rejection | null;
  readonly observe?: ListenOptions['observe'];
  readonly onState: (state: ListenerState) => void;
}

/**
 * What our ports show in TLS; `null`: they are plain. Asked anew for each port that is opened.
 *
 * @throws FailureError listen: certificate
 */
export type ListenTlsSource = () => ListenTls | null;

const plain: ListenTlsSource = () => null;

/**
 * Our listening AE: one shared port from start to quit, and further ports while a retrieve wants them.
 *
 * Where the shared port can't be had, for another program or for want of a certificate, the app goes on, says so, and tries again every ten seconds.
 */
export class Receiver {
  readonly #options: ReceiverOptions;
  #state: ListenerState = { kind: 'starting' };
  #address = '127.0.0.1';
  #tls = plain;
  #shared: Listener | null = null;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #starting: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: ReceiverOptions) {
    this.#options = options;
  }

  get state(): ListenerState {
    return this.#state;
  }

  /** Listens there and so from now on, instead of where it did before. Resolves after the first try. */
  start(address: string, port: number, tls: ListenTlsSource = plain): Promise<void> {
    this.#starting = this.#starting.then(async () => {
      this.#stopRetrying();
      await this.#shared?.close();
      this.#shared = null;
      this.#address = address;
      this.#tls = tls;
      if (!this.#closed) await this.#try(address, port);
    });
    return this.#starting;
  }

  /**
   * Listens on a further port of the same address, in TLS where the shared one is, until disposed.
   *
   * @returns `null` when that is the shared port, which already serves
   * @throws FailureError at `listen`
   */
  async openAlso(port: number): Promise<Listener | null> {
    await this.#starting;
    if (this.#shared?.port === port) return null;
    return this.#listen(this.#address, port, this.#tls());
  }

  /** Whether that port could be listened on now; `null`: yes. */
  async tryPort(port: number): Promise<Failure | null> {
    try {
      const listener = await this.openAlso(port);
      await listener?.close();
      return null;
    } catch (thrown) {
      if (thrown instanceof FailureError) return thrown.failure;
      throw thrown;
    }
  }

  /** @throws FailureError at `listen` when no port of ours can be reached by anyone */
  async ensureListening(): Promise<void> {
    await this.#starting;
    if (this.#state.kind === 'failed') throw new FailureError(this.#state.failure);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopRetrying();
    await this.#starting;
    await this.#shared?.close();
    this.#shared = null;
  }

  async #try(address: string, port: number): Promise<void> {
    try {
      const tls = this.#tls();
      this.#shared = await this.#listen(address, port, tls);
      this.#enter({ kind: 'listening', address, port: this.#shared.port, tls: tls !== null });
    } catch (thrown) {
      if (!(thrown instanceof FailureError)) throw thrown;
      this.#enter({ kind: 'failed', failure: thrown.failure, retryInMs: retryMs });
      this.#retry = setTimeout(() => void this.start(address, port, this.#tls), retryMs);
      this.#retry.unref();
    }
  }

  #listen(host: string, port: number, tls: ListenTls | null): Promise<Listener> {
    const { services, accept, observe } = this.#options;
    return listen({
      host,
      port,
      services,
      accept: (peer) => accept(peer, port),
      ...(tls === null ? {} : { tls }),
      ...(observe === undefined ? {} : { observe }),
    });
  }

  #enter(state: ListenerState): void {
    this.#state = state;
    this.#options.onState(state);
  }

  #stopRetrying(): void {
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
  }
}
