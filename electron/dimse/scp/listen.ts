import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { FailureError } from '../../contract/failure.ts';
import type { Failure } from '../../contract/failure.ts';
import { AcceptedAssociation } from '../association/accepted-association.ts';
import { defaultLimits } from '../association/listen-options.ts';
import type { ListenLimits, ListenOptions, Rejection } from '../association/listen-options.ts';
import type { AssociatedPeer } from '../association/service.ts';
import { harmless } from '../upper-layer/observe.ts';
import type { Observe } from '../upper-layer/observe.ts';
import { createSecureServer } from './secure-server.ts';
import type { SecureServer } from './secure-server.ts';

/** A socket of ours that waits for associations. Disposing closes it. */
export interface Listener extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
  /** How many there are now. */
  readonly associations: number;
  /** Takes no more connections, aborts those there are, and waits until their sockets are gone. */
  close(): Promise<void>;
}

/** Rejected transient, by the presentation provider: local limit exceeded. */
const localLimitExceeded: Rejection = { result: 2, source: 3, reason: 2 };

/**
 * Listens for associations and serves them.
 *
 * @throws FailureError listen, or certificate
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const observe = harmless(options.observe);
  const limits = { ...defaultLimits, ...options.limits };
  const door = new Door(options, limits, observe);
  const { server, dropHandshakes } = serverFor(options, door, observe);
  server.maxConnections = limits.connections;
  await listenOn(server, options);
  server.on('error', (bug) => observe?.({ kind: 'accept-failed', bug }));
  const { address, port } = addressOf(server);
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    door.abortAll();
    dropHandshakes();
    await closed;
  };
  return {
    address,
    port,
    get associations() {
      return door.associations;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function serverFor({ tls, limits }: ListenOptions, door: Door, observe: Observe | null): SecureServer {
  if (tls !== undefined) {
    return createSecureServer(tls, {
      handshakeMs: limits?.artimMs ?? defaultLimits.artimMs,
      enter: (socket) => door.enter(socket),
      refused: (peer) => observe?.({ kind: 'tls-refused', ...peer }),
    });
  }
  const server = createServer((socket) => {
    const { remoteAddress = '' } = socket;
    door.enter(socket);
    socket.once('data', (first: Buffer) => {
      if (isTlsGreeting(first)) {
        observe?.({ kind: 'tls-refused', remoteAddress, cause: 'tls-peer', detail: '' });
      }
    });
  });
  return { server, dropHandshakes: () => {} };
}

/** A record of the handshake protocol, major version 3 (RFC 8446 §5.1). */
function isTlsGreeting(bytes: Buffer): boolean {
  return bytes[0] === 0x16 && bytes[1] === 0x03;
}

/** Who is inside, and whether there is room for one more. */
class Door {
  readonly #options: ListenOptions;
  readonly #limits: ListenLimits;
  readonly #observe: Observe | null;
  readonly #connections = new Set<AcceptedAssociation>();
  readonly #admitted = new Set<AcceptedAssociation>();

  constructor(options: ListenOptions, limits: ListenLimits, observe: Observe | null) {
    this.#options = options;
    this.#limits = limits;
    this.#observe = observe;
  }

  get associations(): number {
    return this.#admitted.size;
  }

  enter(socket: Socket): void {
    const association = new AcceptedAssociation(socket, {
      services: this.#options.services,
      limits: this.#limits,
      observe: this.#observe,
      admit: (candidate, peer) => this.#admit(candidate, peer),
      left: (over) => this.#admitted.delete(over),
      gone: (closed) => this.#connections.delete(closed),
    });
    this.#connections.add(association);
  }

  abortAll(): void {
    for (const association of this.#connections) association.abort();
  }

  #admit(candidate: AcceptedAssociation, peer: AssociatedPeer): Rejection | null {
    const fromSameAddress = [...this.#admitted].filter(
      ({ remoteAddress }) => remoteAddress === candidate.remoteAddress,
    ).length;
    if (
      this.#admitted.size >= this.#limits.associations ||
      fromSameAddress >= this.#limits.associationsPerAddress
    ) {
      return localLimitExceeded;
    }
    const rejection = this.#options.accept?.(peer) ?? null;
    if (rejection === null) this.#admitted.add(candidate);
    return rejection;
  }
}

function listenOn(server: Server, { host, port }: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const refused = (error: NodeJS.ErrnoException): void => {
      const cause = causeOf(error.code);
      reject(new FailureError({ step: 'listen', address: host, port, cause }, { cause: error }));
    };
    server.once('error', refused);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', refused);
      resolve();
    });
  });
}

type ListenCause = Exclude<Extract<Failure, { step: 'listen' }>['cause'], 'certificate'>;

function causeOf(code: string | undefined): ListenCause {
  return (code === undefined ? undefined : causes[code]) ?? 'broken';
}

const causes: Readonly<Record<string, ListenCause>> = {
  EADDRINUSE: 'in-use',
  EACCES: 'denied',
  EPERM: 'denied',
  EADDRNOTAVAIL: 'no-such-address',
  ENOTFOUND: 'no-such-address',
  EINVAL: 'no-such-address',
  EAFNOSUPPORT: 'no-such-address',
};

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address');
  return address;
}
