import { serverDraft, type ServerDraft } from '../contract/server.ts';
import { freeLoopbackPort } from './free-loopback-port.ts';
import { startDemo, type DemoArchive, type DemoLauncher } from './start-demo.ts';

/** The demonstration archive, started when it is first wanted. */
export interface DemoOnDemand {
  /** Starts it if it doesn't run yet. @returns how it is to be listed */
  start(): Promise<ServerDraft>;
  stop(): Promise<void>;
}

/** @param url of the module that is launched */
export function demoOnDemand(launch: DemoLauncher, url: URL): DemoOnDemand {
  let running: Promise<{ demo: DemoArchive; movePort: number }> | null = null;
  const begin = async (): Promise<{ demo: DemoArchive; movePort: number }> => {
    const movePort = await freeLoopbackPort();
    return { demo: await startDemo(launch, { url, movePort }), movePort };
  };
  return {
    start: async () => {
      running ??= begin();
      const { demo, movePort } = await running.catch((thrown: unknown) => {
        running = null;
        throw thrown;
      });
      return serverDraft({
        name: 'Demonstration archive',
        aeTitle: demo.aeTitle,
        host: demo.host,
        port: demo.port,
        listenPort: movePort,
        preferredCompression: 'as-stored',
        description: 'Synthetic studies on this computer, for trying things out.',
        tls: false,
        verifyCertificate: false,
      });
    },
    stop: async () => {
      const started = await running?.catch(() => null);
      await started?.demo.stop();
    },
  };
}
