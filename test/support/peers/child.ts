import { spawn } from 'node:child_process';
import { createServer, connect } from 'node:net';

/** DCMTK answers in two small writes: without this every test measures Nagle's algorithm. */
export const peerEnvironment: NodeJS.ProcessEnv = { ...process.env, TCP_NODELAY: '1' };

export interface Child extends AsyncDisposable {
  readonly pid: number;
  /** All it has said so far on both streams. */
  output(): string;
  readonly exited: Promise<number | null>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Asks it to end, and insists after two seconds. */
  stop(): Promise<void>;
}

/**
 * A peer or a tool of ours as a child process, ended by its own process ID; with `group`, it and
 * whatever it forked.
 */
export function startChild(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; group?: boolean } = {},
): Child {
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...peerEnvironment, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: options.group === true,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (said = (said + chunk.toString('utf8')).slice(-1_000_000)));
  }
  const exited = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', (code) => resolve(code));
  });
  const send = (signal: NodeJS.Signals) => {
    if (child.pid === undefined) return;
    if (options.group === true) signalGroup(child.pid, signal);
    else if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  };
  const end = async (signal: NodeJS.Signals) => {
    send(signal);
    const insist = setTimeout(() => send('SIGKILL'), 2_000);
    await exited;
    clearTimeout(insist);
  };
  return {
    pid: child.pid ?? -1,
    output: () => said,
    exited,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    [Symbol.asyncDispose]: () => end('SIGTERM'),
  };
}

function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch {
    // The whole group has ended.
  }
}

/** A port nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('no port to be had');
  return address.port;
}

/** Waits until somebody accepts connections there. @throws when the child ends first, or after 20 s */
export async function untilListening(port: number, child: Child): Promise<void> {
  const deadline = performance.now() + 20_000;
  let ended = false;
  void child.exited.then(() => (ended = true));
  while (!(await accepts(port))) {
    if (ended || performance.now() > deadline) {
      await child.stop();
      throw new Error(`the peer does not listen on ${port}:\n${child.output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => socket.end(() => resolve(true)));
    socket.on('error', () => resolve(false));
  });
}
