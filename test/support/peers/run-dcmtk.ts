import { spawn } from 'node:child_process';
import { peerEnvironment } from './child.ts';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a DCMTK tool to its end. Its log (`-v`, `-d`) is on stderr; what it prints is on stdout. */
export async function runDcmtk(program: string, args: readonly string[], cwd?: string): Promise<Outcome> {
  return await new Promise<Outcome>((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: peerEnvironment, stdio: ['ignore', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({
        code,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      }),
    );
  });
}

/** Runs a DCMTK tool that must succeed. @throws with all it said when it does not */
export async function mustRun(program: string, args: readonly string[], cwd?: string): Promise<Outcome> {
  const outcome = await runDcmtk(program, args, cwd);
  if (outcome.code !== 0) {
    throw new Error(`${program} ${args.join(' ')} → ${outcome.code}\n${outcome.stdout}${outcome.stderr}`);
  }
  return outcome;
}
