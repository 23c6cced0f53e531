import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { freeLoopbackPort, startDemo, type DemoProcess } from '../../../electron/demo/index.ts';

const url = new URL('../../../electron/demo/demo-archive.ts', import.meta.url);

function launch(script: URL, args: readonly string[]): DemoProcess {
  const child = fork(fileURLToPath(script), args, { stdio: 'ignore', execArgv: [] });
  return {
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    kill: () => void child.kill(),
  };
}

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
    const demo = await startDemo(launch, { url, movePort: await freeLoopbackPort() });
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((address) => address?.family === 'IPv4' && !address.internal);

    expect(demo).toMatchObject({ aeTitle: 'DEMO', host: '127.0.0.1' });
    expect(await outcomeOfConnecting(demo.host, demo.port)).toBe('connected');
    if (outside) expect(await outcomeOfConnecting(outside.address, demo.port)).toBe('ECONNREFUSED');

    await demo.stop();
    expect(await outcomeOfConnecting(demo.host, demo.port)).toBe('ECONNREFUSED');
  });

  it('is not waited for when its process ends before it listens', async () => {
    const broken = new URL('data:text/javascript,process.exit(3)');

    await expect(
      startDemo(
        () => ({
          onMessage: () => undefined,
          onExit: (listener) => queueMicrotask(listener),
          kill: () => undefined,
        }),
        { url: broken, movePort: 1 },
      ),
    ).rejects.toThrow('ended before it listened');
  });
});
