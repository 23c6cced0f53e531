import type { Measured, Results } from './measured.ts';

/** What is the ratio's other side: the first line, unless named. */
export interface Table {
  readonly title: string;
  readonly results: Results;
  /** How much was moved; 0: what is counted isn't bytes. */
  readonly bytes: number;
  readonly reference?: string;
}

const head = 'ms      ratio      MB/s   ms CPU  MB peak  loop p99';

export function printTable({ title, results, bytes, reference }: Table): void {
  const against = results.get(reference ?? '') ?? [...results.values()][0];
  console.log(`\n${title}\n${''.padEnd(43)}${head}`);
  for (const [name, measured] of results) console.log(line(name, measured, { bytes, against }));
}

function line(
  name: string,
  { ms, cpuMs, peakMegabytes, loopP99Ms }: Measured,
  { bytes, against }: { readonly bytes: number; readonly against: Measured | undefined },
): string {
  const ratio = against === undefined ? '' : `× ${(ms / against.ms).toFixed(2)}`;
  return [
    `  ${name.padEnd(36)}`,
    ms.toFixed(0).padStart(7),
    ratio.padStart(11),
    (bytes === 0 ? '' : megabytesPerSecond(bytes, ms).toFixed(0)).padStart(10),
    (cpuMs === 0 ? '' : cpuMs.toFixed(0)).padStart(9),
    (peakMegabytes === 0 ? '' : peakMegabytes.toFixed(0)).padStart(9),
    (loopP99Ms === null ? '' : `${loopP99Ms.toFixed(0)} ms`).padStart(10),
  ].join('');
}

export function megabytesPerSecond(bytes: number, ms: number): number {
  return bytes / 1e3 / ms;
}
