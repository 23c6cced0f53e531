import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/** What the upper layer asks of a connected socket, without a network: the test is the other end. */
export class FakeSocket extends Duplex {
  readonly #written: Buffer[] = [];

  constructor() {
    super({ allowHalfOpen: true });
  }

  /** The socket as the upper layer takes it: nothing else of a socket is used there. */
  get asSocket(): Socket {
    return this as unknown as Socket;
  }

  /** Everything written so far. */
  get written(): Buffer {
    return Buffer.concat(this.#written);
  }

  /** These bytes come from the peer. */
  hear(bytes: Buffer): void {
    this.push(bytes);
  }

  /** The peer closes. */
  hearEnd(): void {
    this.push(null);
  }

  setNoDelay(): this {
    return this;
  }

  destroySoon(): void {
    this.end(() => this.destroy());
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#written.push(chunk);
    done();
  }
}
