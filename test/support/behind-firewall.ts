/**
 * The whole app without a window, behind the firewall of a network namespace of its own, and DCMTK's tools
 * in another one beside it. Prints what happens, one JSON object a line: the connection test, who gets in,
 * the offer, what came of it, and who gets in then.
 *
 * Arguments: our listen port, and a DICOM file.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { compose } from '../../electron/compose.ts';
import type { OurSideFacts, TestStep } from '../../electron/contract/connection-test.ts';
import { serverDraft } from '../../electron/contract/server.ts';
import type { FileChooser } from '../../electron/ipc/index.ts';
import { demoUrl, forkDemo } from './fork-demo.ts';
import { keyring } from './keyring.ts';
import { temporaryFolder } from './temporary-folder.ts';

const [portArgument = '', file = ''] = process.argv.slice(2);
const listenPort = Number(portArgument);
const ourAddress = '10.98.0.1';
const theirAddress = '10.98.0.2';
const theirPort = 10_104;
const { signal } = new AbortController();

function tell(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}

/** A command that must succeed. */
function run(program: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
}

/** A neighbour with a network of its own; gone with its process. */
async function neighbour() {
  const child = spawn(
    'unshare',
    ['-n', 'sh', '-c', 'ip link set lo up && echo here && exec sleep infinity'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await once(child.stdout, 'data');
  const there = ['-t', `${child.pid}`, '-n'];
  run('ip', 'link', 'set', 'lo', 'up');
  run('ip', 'link', 'add', 'ours', 'type', 'veth', 'peer', 'name', 'theirs');
  run('ip', 'link', 'set', 'theirs', 'netns', `${child.pid}`);
  run('ip', 'addr', 'add', `${ourAddress}/24`, 'dev', 'ours');
  run('ip', 'link', 'set', 'ours', 'up');
  run('nsenter', ...there, 'ip', 'addr', 'add', `${theirAddress}/24`, 'dev', 'theirs');
  run('nsenter', ...there, 'ip', 'link', 'set', 'theirs', 'up');
  const env = { ...process.env, TCP_NODELAY: '1' };
  return {
    start: (...command: readonly string[]) =>
      spawn('nsenter', [...there, ...command], { env, stdio: ['ignore', 'pipe', 'pipe'] }),
    call: async (patienceMs: number, command: readonly string[]): Promise<boolean> => {
      const options = { env, stdio: 'ignore', timeout: patienceMs } as const;
      const [status] = await once(spawn('nsenter', [...there, ...command], options), 'close');
      return status === 0;
    },
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
  };
}

await using home = await temporaryFolder();
using peer = await neighbour();
const settings = { aeTitle: 'GANTRY', listenPort, listenAddress: '0.0.0.0' };
const kept = new Map<string, unknown>([['settings', settings]]);
const house = await compose({
  home: home.path,
  adminIniArgument: null,
  env: {},
  platform: process.platform,
  programFolder: home.path,
  store: { get: (key) => kept.get(key), set: (key, value) => void kept.set(key, value) },
  brokenSettingsKeptAs: null,
  version: '0.0.0',
  demoUrl,
  launchDemo: forkDemo,
  files: {} as FileChooser,
  secretBox: keyring(),
});
const { connectionTest, firewall, archive } = house.handlers;

const storescp = peer.start('storescp', '-v', '-aet', 'PACS', `${theirPort}`);
const draft = serverDraft({
  name: 'PACS',
  aeTitle: 'PACS',
  host: theirAddress,
  port: theirPort,
  listenPort: null,
  preferredCompression: 'as-stored',
  description: '',
  tls: false,
  verifyCertificate: true,
});

async function ourSide(): Promise<TestStep | undefined> {
  let found: TestStep | undefined;
  const steps = connectionTest.run({ id: null, draft, sendOneImage: false }, signal);
  for await (const step of steps) if (step.step === 'our-side') found = step;
  return found;
}

/** What is dropped is never answered, so little patience is enough where that is awaited. */
async function tellWhoGetsIn(when: string, patienceMs: number): Promise<void> {
  const us = ['-aec', 'GANTRY', ourAddress, `${listenPort}`];
  tell({
    when,
    echo: await peer.call(patienceMs, ['echoscu', ...us]),
    store: await peer.call(patienceMs, ['storescu', ...us, file]),
  });
}

try {
  const shut = await ourSide();
  tell({ when: 'shut', step: shut });
  const facts = shut !== undefined && 'facts' in shut ? (shut.facts as OurSideFacts | null) : null;
  const isBlocked = facts?.firewall.state === 'blocked';
  await tellWhoGetsIn('shut', isBlocked ? 3_000 : 30_000);
  if (isBlocked) {
    const offer = await firewall.offer([listenPort], signal);
    tell({ when: 'offered', offer });
    if (offer.kind === 'offered') {
      const opened = await firewall.allow({ ports: [listenPort], command: offer.command }, signal);
      tell({ when: 'opened', opened });
    }
    tell({ when: 'open', step: await ourSide() });
    await tellWhoGetsIn('open', 30_000);
  } else {
    // Somebody else by our own AE title; the test is told by the log of who called.
    await peer.call(30_000, ['echoscu', '-aet', 'GANTRY', '-aec', 'GANTRY', ourAddress, `${listenPort}`]);
    tell({ when: 'called by a namesake', step: await ourSide() });
  }
  tell({ when: 'end', studies: (await archive.studies(undefined, signal)).length });
} finally {
  storescp.kill('SIGKILL');
  await house.close();
}
