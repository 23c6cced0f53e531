import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';

export interface TlsFront extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** What callers asked for by Server Name Indication. */
  readonly serverNames: readonly string[];
  /** Decrypted bytes passed on. */
  heard(): number;
}

/** Node's TLS before a plain peer: it passes on what is in it. */
export async function startTlsFront(to: number, options: TlsOptions): Promise<TlsFront> {
  const sockets = new Set<Socket>();
  const serverNames: string[] = [];
  let heard = 0;
  const server = createServer({
    ...options,
    SNICallback: (name, done) => done(null, void serverNames.push(name)),
  });
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => {});
  };
  server.on('connection', keep);
  server.on('tlsClientError', () => {});
  server.on('secureConnection', (caller) => {
    const called = connect({ host: '127.0.0.1', port: to });
    keep(caller);
    keep(called);
    caller.on('data', (chunk: Buffer) => (heard += chunk.length));
    caller.on('close', () => called.destroy());
    called.on('close', () => caller.destroy());
    caller.pipe(called);
    called.pipe(caller);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    host: '127.0.0.1',
    port: address.port,
    serverNames,
    heard: () => heard,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
