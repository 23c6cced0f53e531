import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { canInstall, install } from '../build/find-chromium.mjs';
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
  chromium: 'chromium',
  xvfb: 'xvfb',
  openssl: 'openssl',
  nc: 'netcat-openbsd',
};

interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

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
  failed: sum.failed + tally.failed,
  skipped: sum.skipped + tally.skipped,
}));
if (total.skipped > 0)
  console.log(`\n${total.skipped} skipped: what they need is not here, or a test they go on from failed.`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** A missing peer is a failure only where everything is promised to be there. */
function peersTally(): Tally {
  if (missingPeers().length > 0 && canInstall()) install(missingPeers().map((peer) => packages[peer]));
  const missing = missingPeers();
  for (const peer of missing) {
    const why = canInstall() ? 'apt-get could not install it' : 'it can only be installed by root on Debian';
    console.log(`Missing: ${peer} (package ${packages[peer]}); ${why}. Tests that talk to it are skipped.`);
  }
  return { passed: 0, failed: process.env['CI'] === 'true' ? missing.length : 0, skipped: 0 };
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
  const tally = report ? readReport(file, report) : { passed: status === 0 ? 1 : 0, failed: 0, skipped: 0 };
  // A runner that broke before or after its tests counts as one failure, lest it pass unseen.
  return status !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

function readReport(file: string, kind: 'vitest' | 'playwright'): Tally {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport & PlaywrightReport;
  return kind === 'vitest' ? ofVitest(report) : ofPlaywright(report);
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

function ofVitest(report: VitestReport): Tally {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

interface PlaywrightReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
}

function ofPlaywright({ stats }: PlaywrightReport): Tally {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}
