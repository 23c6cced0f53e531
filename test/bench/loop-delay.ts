import { monitorEventLoopDelay } from 'node:perf_hooks';

const resolutionMs = 2;
const marker = /event loop p99 ([\d.]+) ms/;

/** Watches how long this process's event loop keeps its callers waiting. Answers a line that says it. */
export function watchLoopDelay(): () => string {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  return () => {
    histogram.disable();
    // What is recorded is the time between two looks; how often it looks is no delay.
    const delay = Math.max(0, histogram.percentile(99) / 1e6 - resolutionMs);
    return `event loop p99 ${delay.toFixed(1)} ms`;
  };
}

/** Out of what a child of ours said; null where it said nothing of it. */
export function readLoopDelay(output: string): number | null {
  const found = marker.exec(output);
  return found === null ? null : Number(found[1]);
}
