import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FailureError, type Failure } from '../../../../electron/contract/failure.ts';
import { connectSocket } from '../../../../electron/dimse/upper-layer/connect-socket.ts';
import { startChild, type Child } from '../../../support/peers/child.ts';

/** Somebody listens at 127.0.0.1, nobody at 127.0.0.9, and 127.0.0.2 takes no connection and says nothing. */
const listening = '127.0.0.1';
const silent = '127.0.0.2';
const refusing = '127.0.0.9';

let server: Server;
let port: number;
let stopped: Child;
const filling: Socket[] = [];

beforeAll(async () => {
  server = createServer((socket) => socket.on('error', () => {}));
  server.listen(0, listening);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  port = address.port;
  stopped = await stoppedListener();
});

afterAll(async () => {
  for (const socket of filling) socket.destroy();
  await stopped.kill();
  server.close();
});

/** A process that listens but is stopped, its queue of connections full. */
async function stoppedListener(): Promise<Child> {
  const code = `require('node:net').createServer().listen({ host: '${silent}', port: ${port}, backlog: 1 }, () => console.log('here'))`;
  const child = startChild(process.execPath, ['-e', code]);
  await vi.waitUntil(() => child.output().includes('here'), { timeout: 10_000 });
  process.kill(child.pid, 'SIGSTOP');
  for (let index = 0; index < 4; index++) {
    const socket = connect({ host: silent, port });
    socket.on('error', () => {});
    filling.push(socket);
  }
  return child;
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error('it did not fail');
}

const plan = () => ({ host: 'archive', port });

describe('connecting to a host of several addresses', () => {
  it('goes to the next when one refuses', async () => {
    const socket = await connectSocket(plan(), [refusing, listening], 2_000);

    expect(socket.remoteAddress).toBe(listening);
    socket.destroy();
  });

  it('tries the next beside one that says nothing, and drops the slow one', async () => {
    const started = performance.now();

    const socket = await connectSocket(plan(), [silent, listening], 5_000);

    expect(socket.remoteAddress).toBe(listening);
    expect(performance.now() - started).toBeGreaterThan(200);
    expect(performance.now() - started).toBeLessThan(2_000);
    socket.destroy();
  });

  it('fails as refused when all refuse', async () => {
    expect(await failureOf(connectSocket(plan(), [refusing, '127.0.0.10'], 2_000))).toEqual({
      step: 'connect',
      host: 'archive',
      port,
      cause: 'refused',
    });
  });

  it('fails as timed out when nobody says anything', async () => {
    expect(await failureOf(connectSocket(plan(), [silent], 400))).toMatchObject({ cause: 'timed-out' });
  });

  it('fails as unreachable where there is no route', async () => {
    // A multicast address can't be connected to.
    expect(await failureOf(connectSocket(plan(), ['224.0.0.1'], 2_000))).toMatchObject({
      cause: 'unreachable',
    });
  });

  it('is given up at once when it is cancelled', async () => {
    const cancel = new AbortController();
    const started = performance.now();
    const work = failureOf(connectSocket(plan(), [silent], 5_000, cancel.signal));

    cancel.abort();

    expect(await work).toEqual({ step: 'cancelled' });
    expect(performance.now() - started).toBeLessThan(500);
  });
});
