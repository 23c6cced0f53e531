import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  freePort,
  mustRun,
  startChild,
  untilListening,
  whichPeers,
  type Child,
} from '../support/peers/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { bundle } from './bundle.ts';
import { bytesOf, type BenchObject } from './bench-object.ts';
import { startFindResponder } from './find-responder.ts';
import { sendObjects } from './send-objects.ts';

/**
 * One run of every measurement: medians of three, ratios to the reference, peak memory of the receiver.
 * Numbers compare within one run on one machine, nothing else.
 */

const repeats = 3;
const slices = 500;
const answers = 10_000;
const slice: BenchObject = { kind: 'slice', frames: 1 };
const large: BenchObject = { kind: 'multiFrame', frames: 763 };

type Start = (folder: string, port: number) => Child;

const bundled = await bundle();
const receivers: Readonly<Record<string, Start>> = {
  'storescp +B --max-pdu 131072': (folder, port) =>
    startChild('storescp', ['+B', '--max-pdu', '131072', '-od', folder, `${port}`]),
  'Gantry, with fsync': (folder, port) =>
    startChild(process.execPath, [bundled('our-receiver'), folder, `${port}`, 'fsync']),
  'Gantry, without fsync': (folder, port) =>
    startChild(process.execPath, [bundled('our-receiver'), folder, `${port}`, 'no-fsync']),
  'dcmjs-dimse, streaming to files': (folder, port) =>
    startChild(process.execPath, [join(import.meta.dirname, 'stock-receiver.ts'), folder, `${port}`]),
};

interface Measured {
  readonly ms: number;
  /** Of the receiver: it says more than the clock where others use the machine. */
  readonly cpuMs: number;
  readonly peakMegabytes: number;
}

/** What was received stays until the end: ext4 is slow in the seconds after many files were deleted. */
async function receive(start: Start, object: BenchObject, count: number): Promise<Measured> {
  received += 1;
  const folder = join(temporary.path, `${received}`);
  await mkdir(folder);
  const port = await freePort();
  await using child = start(folder, port);
  await untilListening(port, child);
  const ms = await sendObjects(port, object, count);
  const [peakMegabytes, cpuMs] = await Promise.all([peakMemory(child.pid), cpuTime(child.pid)]);
  await child.stop();
  return { ms, cpuMs, peakMegabytes };
}

async function peakMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
}

/** utime and stime of its main process, which Linux counts in hundredths of a second. */
async function cpuTime(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Every way in turn, three times over, so that a slow moment of the machine hits them all. */
async function measure<Way>(
  ways: Readonly<Record<string, Way>>,
  once: (way: Way) => Promise<Measured>,
): Promise<Readonly<Record<string, Measured>>> {
  const all: Record<string, Measured[]> = {};
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    for (const [name, way] of Object.entries(ways)) (all[name] ??= []).push(await once(way));
  }
  return Object.fromEntries(
    Object.entries(all).map(([name, some]) => [
      name,
      {
        ms: median(some.map(({ ms }) => ms)),
        cpuMs: median(some.map(({ cpuMs }) => cpuMs)),
        peakMegabytes: Math.max(...some.map(({ peakMegabytes }) => peakMegabytes)),
      },
    ]),
  );
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}

function print(title: string, results: Readonly<Record<string, Measured>>, bytes: number | null): void {
  const reference = Object.values(results)[0]!.ms;
  console.log(`\n${title}`);
  for (const [name, { ms, cpuMs, peakMegabytes }] of Object.entries(results)) {
    const speed = bytes === null ? '' : `${(bytes / 1e3 / ms).toFixed(0)} MB/s`.padStart(10);
    const cpu = cpuMs === 0 ? '' : `${cpuMs.toFixed(0)} ms CPU`.padStart(13);
    const peak = peakMegabytes === 0 ? '' : `${peakMegabytes.toFixed(0)} MB peak`.padStart(13);
    console.log(
      `  ${name.padEnd(35)}${ms.toFixed(0).padStart(7)} ms  × ${(ms / reference).toFixed(2)}${speed}${cpu}${peak}`,
    );
  }
}

async function benchFind(): Promise<void> {
  await using responder = await startFindResponder(answers);
  const { port } = responder;
  const findscu = (options: string) =>
    mustRun('sh', [
      '-c',
      `exec findscu ${options} -S -k QueryRetrieveLevel=STUDY -k PatientName 127.0.0.1 ${port} >/dev/null 2>&1`,
    ]);
  const ways = {
    'findscu, answers to /dev/null': () => findscu(''),
    'findscu -q, answers not looked at': () => findscu('-q'),
    'Gantry, decoded into rows': async () => {
      const child = startChild(process.execPath, [bundled('our-find'), `${port}`]);
      const code = await child.exited;
      if (code !== 0 || child.output().trim() !== `${answers}`) throw new Error(child.output());
    },
  };
  const results = await measure<() => Promise<unknown>>(ways, async (way) => {
    const before = responder.took.length;
    await way();
    const ms = responder.took[before];
    if (ms === undefined) throw new Error('the query did not end in a release');
    return { ms, cpuMs: 0, peakMegabytes: 0 };
  });
  print(`C-FIND, ${answers} study answers, from the request to the release`, results, null);
}

if (!whichPeers().dcmtk) throw new Error('the bench compares with DCMTK, which is not installed');
await using temporary = await temporaryFolder();
let received = 0;
console.log(`Node ${process.version}, medians of ${repeats}, × is the ratio to the first line`);
const only = process.argv[2] ?? 'all';
if (only === 'all' || only === 'receive') {
  const results = await measure(receivers, (start) => receive(start, slice, slices));
  print(`Receive ${slices} × 525 KB on one association`, results, slices * bytesOf(slice));
}
if (only === 'all' || only === 'large') {
  const results = await measure(receivers, (start) => receive(start, large, 1));
  print('Receive one object of 400 MB', results, bytesOf(large));
}
if (only === 'all' || only === 'find') await benchFind();
