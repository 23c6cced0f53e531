import { demoAeTitle, demoHost, isDemoMessage } from './demo-message.ts';

/** The demonstration archive's own process, however it was started. */
export interface DemoProcess {
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: () => void): void;
  kill(): void;
}

/** Starts a script in a process of its own that can send messages back. */
export type DemoLauncher = (script: URL, args: readonly string[]) => DemoProcess;

export interface DemoOptions {
  /** The script `demo-archive`, as it lies in this build. */
  readonly url: URL;
  /** The loopback port at which whoever asks for a C-MOVE awaits the instances. */
  readonly movePort: number;
}

/** The running demonstration archive, as a remote AE. */
export interface DemoArchive {
  readonly aeTitle: string;
  readonly host: string;
  readonly port: number;
  /** Settles when its process has ended, whether it was stopped or died. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts the demonstration archive on a free loopback port. @throws Error when its process ends before it listens */
export async function startDemo(launch: DemoLauncher, { url, movePort }: DemoOptions): Promise<DemoArchive> {
  const process = launch(url, [String(movePort)]);
  const ended = new Promise<void>((resolve) => process.onExit(resolve));
  const port = await new Promise<number>((resolve, reject) => {
    process.onMessage((message) => {
      if (isDemoMessage(message)) resolve(message.port);
    });
    void ended.then(() => reject(new Error('the demonstration archive ended before it listened')));
  });
  return {
    aeTitle: demoAeTitle,
    host: demoHost,
    port,
    ended,
    stop: () => {
      process.kill();
      return ended;
    },
  };
}
