import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { freeLoopbackPort, startDemo } from '../../../electron/demo/index.ts';
import { demoUrl, forkDemo } from '../../support/fork-demo.ts';

async function outcomeOfConnecting(host: string, port: number): Promise<string> {
  const socket = connect(port, host);
  // `once` rejects with what is emitted as an error.
  const outcome = await once(socket, 'connect').then(
    () => 'connected',
    (error: NodeJS.ErrnoException) => String(error.code),
  );
  socket.destroy();
  return outcome;
}

describe('the demonstration archive', () => {
  it('listens on loopback only, in a process of its own, until it is stopped', async () => {
    const demo = await startDemo(forkDemo, { url: demoUrl, movePort: await freeLoopbackPort() });
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((address) => address?.family === 'IPv4' && !address.internal);

    expect(demo).toMatchObject({ aeTitle: 'DEMO', host: '127.0.0.1' });
    expect(await outcomeOfConnecting(demo.host, demo.port)).toBe('connected');
    // Where there is no outside, nobody there can reach it either.
    expect(outside ? await outcomeOfConnecting(outside.address, demo.port) : 'ECONNREFUSED').toBe(
      'ECONNREFUSED',
    );

    await demo.stop();
    expect(await outcomeOfConnecting(demo.host, demo.port)).toBe('ECONNREFUSED');
  });

  it('is not waited for when its process ends before it listens', async () => {
    await expect(
      startDemo(
        () => ({
          onMessage: () => undefined,
          onExit: (listener) => queueMicrotask(listener),
          kill: () => undefined,
        }),
        { url: demoUrl, movePort: 1 },
      ),
    ).rejects.toThrow('ended before it listened');
  });
});
