import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';

/** A script in a process of its own, which can send messages here. */
export interface UtilityScript {
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: () => void): void;
  kill(): void;
}

/** Runs a script of this build in a utility process: Node without a window, ended with the app. */
export function launchUtility(script: URL, args: readonly string[]): UtilityScript {
  const child = utilityProcess.fork(fileURLToPath(script), [...args], {
    serviceName: 'Gantry demonstration archive',
    stdio: 'ignore',
  });
  return {
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onExit: (listener) => {
      child.once('exit', () => listener());
    },
    kill: () => {
      child.kill();
    },
  };
}
