import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { freePort } from './peers/index.ts';

export interface TlsPeer extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** Bytes it was sent, after decryption. */
  heard(): number;
  /** Everything that reached it, before decryption. */
  raw(): Buffer;
  /** How often it was called. */
  calls(): number;
}

/** `openssl s_server` on a free port, behind a tap that counts. */
export async function startOpensslServer(args: readonly string[]): Promise<TlsPeer> {
  const port = await freePort();
  const child = spawn('openssl', ['s_server', '-quiet', '-accept', `127.0.0.1:${port}`, ...args]);
  let heard = 0;
  child.stdout.on('data', (chunk: Buffer) => (heard += chunk.length));
  child.stderr.resume();
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`openssl s_server ${args.join(' ')} → ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const tap = await startTap(port);
  return {
    ...tap,
    heard: () => heard,
    async [Symbol.asyncDispose]() {
      await tap[Symbol.asyncDispose]();
      await end(child);
    },
  };
}

/** Passes connections on to this port and keeps a copy of what the caller says. */
export async function startTap(to: number): Promise<Omit<TlsPeer, 'heard'>> {
  const sockets = new Set<Socket>();
  const raw: Buffer[] = [];
  let calls = 0;
  const server = createServer((caller) => {
    calls++;
    const called = connect({ host: '127.0.0.1', port: to });
    for (const [socket, other] of [
      [caller, called],
      [called, caller],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => other.destroy());
    }
    caller.on('data', (chunk: Buffer) => raw.push(chunk));
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
    raw: () => Buffer.concat(raw),
    calls: () => calls,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** `openssl s_client` that says these bytes once it is connected; disposing ends it. */
export function startOpensslClient(port: number, args: readonly string[], bytes: Buffer): AsyncDisposable {
  const child = spawn('openssl', ['s_client', '-quiet', '-connect', `127.0.0.1:${port}`, ...args]);
  child.stdin.on('error', () => {});
  child.stdin.write(bytes);
  child.stdout.resume();
  child.stderr.resume();
  return { [Symbol.asyncDispose]: () => end(child) };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => socket.end(() => resolve(true)));
    socket.on('error', () => resolve(false));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}
