import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Piece } from './traffic-file.ts';

export interface TappedPort extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** What went over it, in the order in which it was seen. */
  readonly pieces: readonly Piece[];
  /** Resolves once every connection has ended on both sides. */
  quiet(): Promise<void>;
}

/** A port that passes everything on to another, both ways, and keeps what it saw. */
export async function tapPort(to: number): Promise<TappedPort> {
  const pieces: Piece[] = [];
  const open = new Set<Socket>();
  const ended: Promise<unknown>[] = [];
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (caller) => {
    const connection = ended.length;
    const called = connect({ host: '127.0.0.1', port: to, noDelay: true, allowHalfOpen: true });
    const pass = (from: Piece['from'], source: Socket, target: Socket): void => {
      open.add(source);
      source.on('error', () => target.destroy());
      source.on('data', (bytes: Buffer) => pieces.push({ connection, from, bytes }));
      source.on('close', () => open.delete(source));
      source.pipe(target);
    };
    pass('caller', caller, called);
    pass('called', called, caller);
    ended.push(Promise.all([once(caller, 'close'), once(called, 'close')]));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    host: '127.0.0.1',
    port: address.port,
    pieces,
    quiet: async () => void (await Promise.all(ended)),
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
