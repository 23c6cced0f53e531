import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { startChild, type Child } from './peers/index.ts';

const cli = join(import.meta.dirname, '../../electron/cli.ts');

export interface CliOutcome {
  readonly code: number | null;
  /** The lines of stdout, read as the JSON that each must be. */
  readonly lines: readonly Record<string, unknown>[];
  readonly words: string;
}

/** Runs the command line tool to its end. */
export async function runCli(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CliOutcome> {
  return await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], {
      env: { ...process.env, GANTRY_HOME: undefined, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let words = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (words += text));
    child.once('error', reject);
    child.once('close', (code) => {
      const lines = out.split('\n').filter(Boolean);
      resolve({ code, words, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) });
    });
  });
}

/** Starts the tool and leaves it running. */
export function startCli(args: readonly string[]): Child {
  return startChild(process.execPath, [cli, ...args]);
}
