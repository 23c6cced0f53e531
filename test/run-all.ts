import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { canInstall, install } from '../build/find-chromium.mjs';
import { readReport, type Tally } from './run-report.ts';
import { whichPeers, type Peers } from './support/peers/which-peers.ts';

/**
 * `npm test`: everything. Installs the real peers where it may, runs each part to its end even when
 * an earlier one failed, and closes with one line that says how many tests passed and failed.
 */
const root = join(import.meta.dirname, '..');
const reports = join(root, 'out/test');
const packages: Readonly<Record<keyof Peers, string>> = {
  dcmtk: 'dcmtk',
  orthanc: 'orthanc',
  orthancDicomWeb: 'orthanc-dicomweb',
  chromium: 'chromium',
  xvfb: 'xvfb',
  openssl: 'openssl',
  nc: 'netcat-openbsd',
  tshark: 'tshark',
  nft: 'nftables',
  iptables: 'iptables',
  ufw: 'ufw',
};

interface Part {
  readonly name: string;
  readonly command: readonly string[];
  /** Where its own counts are; without a report the part itself counts as one. */
  readonly report?: 'vitest' | 'playwright';
}

const vitest = [
  'vitest',
  'run',
  '--config',
  'build/vitest.config.ts',
  '--reporter=default',
  '--reporter=json',
];
const parts: readonly Part[] = [
  { name: 'types', command: ['tsc', '-b'] },
  { name: 'lint', command: ['oxlint', '--type-aware', 'electron', 'renderer', 'test', 'build'] },
  { name: 'format', command: ['oxfmt', '--check', '.'] },
  { name: 'unit', command: [...vitest, '--project', 'unit'], report: 'vitest' },
  {
    name: 'build',
    command: ['vite', 'build', '--app', '--config', 'build/vite.config.ts', '--logLevel', 'warn'],
  },
  { name: 'package', command: ['node', 'build/package.mjs'] },
  { name: 'interop', command: [...vitest, '--project', 'interop'], report: 'vitest' },
  {
    name: 'end to end',
    command: ['playwright', 'test', '--config', 'build/playwright.config.ts'],
    report: 'playwright',
  },
];

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const tallies = [peersTally(), ...parts.map(run)];
const total = tallies.reduce((sum, tally) => ({
  passed: sum.passed + tally.passed,
  failures: [...sum.failures, ...tally.failures],
  skipped: sum.skipped + tally.skipped,
}));
if (total.skipped > 0)
  console.log(`\n${total.skipped} skipped: what they need is not here, or a test they go on from failed.`);
// Said again here: what failed early is far above by now, and a kept log may hold its end only.
for (const failure of total.failures) console.log(`\nFailed: ${failure}`);
console.log(`\n${total.passed} passed, ${total.failures.length} failed`);
process.exitCode = total.failures.length > 0 ? 1 : 0;

/** A missing peer is a failure only where everything is promised to be there. */
function peersTally(): Tally {
  if (missingPeers().length > 0 && canInstall()) install(missingPeers().map((peer) => packages[peer]));
  const missing = missingPeers();
  for (const peer of missing) {
    const why = canInstall() ? 'apt-get could not install it' : 'it can only be installed by root on Debian';
    console.log(`Missing: ${peer} (package ${packages[peer]}); ${why}. Tests that talk to it are skipped.`);
  }
  const failures = process.env['CI'] === 'true' ? missing.map((peer) => `peer ${peer} is missing`) : [];
  return { passed: 0, failures, skipped: 0 };
}

function missingPeers(): (keyof Peers)[] {
  const here = whichPeers();
  return (Object.keys(packages) as (keyof Peers)[]).filter((peer) => !here[peer]);
}

function run({ name, command, report }: Part): Tally {
  const [program = '', ...args] = command;
  const file = join(reports, `${name.replaceAll(' ', '-')}.json`);
  const begun = performance.now();
  console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 70 - name.length))}`);
  const { status } = spawnSync(program, report === 'vitest' ? [...args, `--outputFile.json=${file}`] : args, {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
      ...(report === 'playwright' ? { PLAYWRIGHT_JSON_OUTPUT_NAME: file } : {}),
    },
  });
  console.log(`${name}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  const tally = report
    ? readReport(file, report)
    : { passed: status === 0 ? 1 : 0, failures: [], skipped: 0 };
  // A runner that broke before or after its tests counts as one failure, lest it pass unseen.
  return status !== 0 && tally.failures.length === 0
    ? { ...tally, failures: [`${name}, as a whole (exit ${status})`] }
    : tally;
}
