import type { Server, Socket } from 'node:net';
import { createServer } from 'node:tls';
import type { Server as TlsServer, TLSSocket } from 'node:tls';
import { FailureError } from '../../contract/failure.ts';
import type { TlsCause } from '../../contract/failure.ts';
import { reasonOf, tlsFailureOf, verifyCauseOf } from '../upper-layer/tls-cause.ts';
import { cipherSuites } from '../upper-layer/tls-plan.ts';
import type { ListenTls } from '../upper-layer/tls-plan.ts';

export interface SecureServer {
  readonly server: Server;
  /** Hangs up on everyone whose handshake isn't done. */
  readonly dropHandshakes: () => void;
}

export interface SecureServerOptions {
  readonly handshakeMs: number;
  /** A peer is in: the handshake is done, and its certificate is good where one is asked for. */
  readonly enter: (socket: TLSSocket) => void;
  readonly refused: (peer: { remoteAddress: string; cause: TlsCause; detail: string }) => void;
}

/** @throws FailureError certificate, where something of the identity can't be read */
export function createSecureServer(tls: ListenTls, options: SecureServerOptions): SecureServer {
  const server = serverFor(tls, options.handshakeMs);
  const shakingHands = new Map<string, Socket>();
  server.on('connection', (socket: Socket) => {
    const place = placeOf(socket);
    shakingHands.set(place, socket);
    socket.once('close', () => shakingHands.delete(place));
  });
  server.on('secureConnection', (socket) => {
    shakingHands.delete(placeOf(socket));
    options.enter(socket);
  });
  const addressOf = rememberAddresses(server);
  server.on('tlsClientError', (error: Error, socket) => {
    const remoteAddress = addressOf(socket);
    // Node does it but for a handshake that takes too long.
    socket.destroy();
    // A certificate that did not pass: Node hangs up without a word to the peer.
    const verification: unknown = socket.authorizationError;
    if (typeof verification === 'string') {
      options.refused({ remoteAddress, cause: verifyCauseOf(verification), detail: verification });
    } else {
      options.refused({ remoteAddress, cause: causeOf(error), detail: reasonOf(error) });
    }
  });
  return {
    server,
    dropHandshakes: () => {
      for (const socket of shakingHands.values()) socket.destroy();
    },
  };
}

function serverFor(tls: ListenTls, handshakeTimeout: number): TlsServer {
  const { identity, clientCa, clientCrl, minVersion = 'TLSv1.2' } = tls;
  try {
    return createServer({
      ...identity,
      minVersion,
      ciphers: cipherSuites,
      honorCipherOrder: true,
      handshakeTimeout,
      ...(clientCa === null
        ? {}
        : {
            ca: [...clientCa],
            allowPartialTrustChain: true,
            requestCert: true,
            rejectUnauthorized: true,
            ...(clientCrl === undefined ? {} : { crl: [...clientCrl] }),
          }),
    });
  } catch (error) {
    const detail = error instanceof Error ? error.message : '';
    throw new FailureError({ step: 'certificate', cause: 'unreadable', detail }, { cause: error });
  }
}

/**
 * Who was on the other end of a socket that may be gone already. Key material is made in every
 * handshake that gets as far as a certificate; nothing is done here with the material itself.
 */
function rememberAddresses(server: TlsServer): (socket: TLSSocket) => string {
  const addresses = new WeakMap<TLSSocket, string>();
  server.on('keylog', (_material, socket) => addresses.set(socket, socket.remoteAddress ?? ''));
  return (socket) => socket.remoteAddress ?? addresses.get(socket) ?? '';
}

function causeOf(error: Error): TlsCause {
  return (
    tlsFailureOf(error)?.cause ?? ('code' in error && error.code === 'ECONNRESET' ? 'closed' : 'handshake')
  );
}

function placeOf(socket: Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort}`;
}
