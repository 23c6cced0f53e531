import { execFile } from 'node:child_process';
import type { Elevation, FirewallOpened } from '../../../contract/firewall.ts';
import { windowsDeclined } from './elevate.ts';
import type { Command } from './look.ts';

/** How a program ended; `status` is `null` where it could not be started or was stopped. */
export interface Ended {
  readonly status: number | null;
  readonly stderr: string;
}

export type RunCommand = (command: Command, signal: AbortSignal) => Promise<Ended>;

/** Runs a program without a shell. It may wait for a person: it has as long as the signal leaves it. */
export const runCommand: RunCommand = ({ program, args }, signal) =>
  new Promise((resolve) => {
    const options = { signal, windowsHide: true, env: { ...process.env, LC_ALL: 'C' } };
    const child = execFile(program, [...args], options, (error, _, stderr) => {
      // Where a program can't be started, Node has the system's error there, below 0.
      const status = child.exitCode !== null && child.exitCode >= 0 ? child.exitCode : null;
      resolve({ status, stderr: stderr || (error?.message ?? '') });
    });
  });

/** What came of it, by how each way of asking for rights says that a person didn't give them. */
export function outcomeOf({ status, stderr }: Ended, elevation: Elevation): Omit<FirewallOpened, 'firewall'> {
  if (status === 0) return { outcome: 'done', detail: '' };
  if (status === declinedStatus[elevation] || (elevation === 'macos' && stderr.includes('(-128)'))) {
    return { outcome: 'declined', detail: '' };
  }
  const [line = ''] = stderr.trim().split('\n');
  return { outcome: 'failed', detail: line === '' ? `exit status ${status ?? 'none'}` : line };
}

/** pkexec(1): 126 where the person closes the question; 127 where he may not. */
const declinedStatus: Readonly<Record<Elevation, number | null>> = {
  none: null,
  pkexec: 126,
  windows: windowsDeclined,
  macos: null,
};
