import type { DemoMessage } from './demo-message.ts';
import { listenAsDemo } from './demo-server.ts';
import { syntheticStudies } from './synthetic-studies.ts';

/**
 * The demonstration archive: a process of its own, so that the library it is made with can neither
 * stop nor slow the app. Argument: the loopback port at which C-MOVE delivers.
 */
interface ParentPort {
  postMessage(message: DemoMessage): void;
}

const movePort = Number(process.argv[2]);
// Electron's utility process talks through `parentPort`, Node's forked one through `send`.
const { parentPort } = process as { readonly parentPort?: ParentPort };
const tell = (message: DemoMessage): void => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- not a window
  if (parentPort) parentPort.postMessage(message);
  else process.send?.(message);
};

const demo = await listenAsDemo({ instances: syntheticStudies(new Date()), movePort });
process.once('disconnect', () => process.exit());
process.once('SIGTERM', () => process.exit());
tell({ kind: 'listening', port: demo.port });
