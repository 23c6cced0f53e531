import { EventEmitter } from 'node:events';

/** Gives a forked Node process the `process.parentPort` of Electron's utility processes. */
const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (message: unknown) => process.send?.(message),
});
process.on('message', (data) => parentPort.emit('message', { data, ports: [] }));
process.once('disconnect', () => process.exit());
Object.defineProperty(process, 'parentPort', { value: parentPort });
