import type { Server as NetServer } from 'node:net';
import dimse from 'dcmjs-dimse';
import type { DemoInstance } from './demo-instance.ts';
import { demoHost } from './demo-message.ts';
import { demoScp } from './demo-scp.ts';
import { DemoShelf } from './demo-shelf.ts';

export interface DemoServerOptions {
  readonly instances: readonly DemoInstance[];
  /** Where C-MOVE delivers, on loopback. */
  readonly movePort: number;
}

/** Serves echo, find, move and store on a free loopback port, with the stock server of dcmjs-dimse. */
export async function listenAsDemo({
  instances,
  movePort,
}: DemoServerOptions): Promise<{ readonly port: number; close(): void }> {
  dimse.log.disableAll(false);
  const server = new LoopbackServer(demoScp({ shelf: new DemoShelf(instances), movePort }));
  const failed = new Promise<never>((_resolve, reject) => {
    server.on('networkError', (error: Error) => {
      if (!server.isListening) reject(error);
    });
  });
  const listening = new Promise<void>((resolve) => {
    server.on('listening', () => resolve());
  });
  server.listenOnLoopback();
  await Promise.race([listening, failed]);
  return { port: server.port, close: () => server.close() };
}

class LoopbackServer extends dimse.Server {
  declare readonly server: NetServer | undefined;

  listenOnLoopback(): void {
    // The library passes its argument on to Node's `listen`, which takes an address too; a bare port
    // number would open every interface.
    const everything = { host: demoHost, port: 0 } as unknown as number;
    this.listen(everything);
  }

  get isListening(): boolean {
    return this.server?.listening === true;
  }

  get port(): number {
    const address = this.server?.address();
    if (address === null || address === undefined || typeof address === 'string') {
      throw new Error('the demonstration archive does not listen');
    }
    return address.port;
  }
}
