import { startChild, freePort, untilListening } from './support/peers/index.ts';
import { sendObjects } from './bench/send-objects.ts';
import { mkdirSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
const prof = process.env.PROF ? ['--cpu-prof', '--cpu-prof-dir=/tmp/prof'] : [];
for (const mode of process.argv.slice(2)) {
mkdirSync('/tmp/rcv'); const port = await freePort();
const c = startChild(process.execPath, [...prof, 'test/zz3.ts', '/tmp/rcv', String(port), mode]);
await untilListening(port, c); await sleep(300);
process.kill(c.pid, 'SIGUSR2');
const ms = await sendObjects(port, { kind: 'slice', frames: 1 }, 500);
process.kill(c.pid, 'SIGUSR2'); await sleep(100);
console.log(mode.padEnd(14), ms.toFixed(), c.output().trim().replaceAll('\n', ' | '));
await c.stop(); rmSync('/tmp/rcv', { recursive: true });
}
