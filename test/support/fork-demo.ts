import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DemoProcess } from '../../electron/demo/index.ts';

/** The demonstration archive as it lies in the sources. */
export const demoUrl = new URL('../../electron/demo/demo-archive.ts', import.meta.url);

/** Starts a script as a forked Node process: what the shell does with a utility process. */
export function forkDemo(script: URL, args: readonly string[]): DemoProcess {
  const child = fork(fileURLToPath(script), args, { stdio: 'ignore', execArgv: [] });
  return {
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    kill: () => void child.kill(),
  };
}
