import { readFileSync } from 'node:fs';
import type { Child } from '../support/peers/index.ts';

/** What a process has cost so far. */
export interface Cost {
  /** Of all its threads: it says more than the clock where others use the machine. */
  readonly cpuMs: number;
  readonly peakMegabytes: number;
}

const none: Cost = { cpuMs: 0, peakMegabytes: 0 };

/** As Linux counts it, by hundredths of a second; nothing elsewhere, and of a process that has ended. */
export function costOf({ pid }: Pick<Child, 'pid'>): Cost {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const peakKilobytes = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0);
    return { cpuMs: (Number(fields[11]) + Number(fields[12])) * 10, peakMegabytes: peakKilobytes / 1024 };
  } catch {
    return none;
  }
}

/** Waits for a child that ends by itself; its cost is looked at until it is gone. @throws when it fails */
export async function costUntilExit(child: Child): Promise<Cost> {
  let cost = none;
  const look = setInterval(() => {
    const now = costOf(child);
    if (now.peakMegabytes > 0) cost = now;
  }, 10);
  try {
    const code = await child.exited;
    if (code !== 0) throw new Error(`ended with ${code}: ${child.output()}`);
    return cost;
  } finally {
    clearInterval(look);
  }
}
