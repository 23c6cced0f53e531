import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import type { DicomwebPlan } from '../../electron/dicomweb/index.ts';

export interface WebPeer extends AsyncDisposable {
  readonly port: number;
  /** As `localhost`. */
  readonly origin: string;
  readonly requests: readonly IncomingMessage[];
  readonly connections: () => number;
}

/** A web server that answers as the test says. */
export async function startWebPeer(answer: RequestListener, tls?: TlsOptions): Promise<WebPeer> {
  const requests: IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const listener: RequestListener = (request, response) => {
    requests.push(request);
    response.on('error', () => {});
    answer(request, response);
  };
  const server: Server = tls === undefined ? createServer(listener) : createSecureServer(tls, listener);
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket.on('error', () => {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    origin: `${tls === undefined ? 'http' : 'https'}://localhost:${address.port}`,
    requests,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** A plan for it, without authentication unless given. */
export function webPlan(baseUrl: string, more: Partial<DicomwebPlan> = {}): DicomwebPlan {
  return {
    baseUrl,
    qidoPath: '',
    wadoPath: '',
    stowPath: '',
    authentication: { kind: 'none' },
    tls: { verify: true },
    ...more,
  };
}

export interface WrittenPart {
  readonly bytes: Buffer;
  readonly contentType?: string;
}

/** A multipart/related body whose boundary is `b`. */
export function multipart(parts: readonly WrittenPart[]): Buffer {
  return Buffer.concat([
    ...parts.flatMap(({ bytes, contentType = 'application/dicom' }) => [
      Buffer.from(`\r\n--b\r\nContent-Type: ${contentType}\r\n\r\n`),
      bytes,
    ]),
    Buffer.from('\r\n--b--\r\n'),
  ]);
}

export const multipartType = 'multipart/related; type="application/dicom"; boundary=b';
