import type { Measured, Results } from './measured.ts';

/** Something that is to be reached, and whether it was. */
export interface Aim {
  readonly what: string;
  /** `null`: not measured, as a peer is missing. */
  readonly measured: number | null;
  readonly unit: string;
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** How many times as long one way took as another. */
export function ratio(results: Results, of: string, to: string): number | null {
  const [one, other] = [results.get(of), results.get(to)];
  return one === undefined || other === undefined ? null : one.ms / other.ms;
}

/** However much is moved, our event loop answers: the window hangs on it. */
export function loopAim(what: string, all: readonly Results[]): Aim {
  const delays = all.flatMap((results) => [...results.values()]).flatMap(({ loopP99Ms }) => loopP99Ms ?? []);
  return { what: `${what}: event-loop delay p99`, measured: worst(delays), unit: 'ms', atMost: 50 };
}

export function peakAim(what: string, ours: readonly (Measured | undefined)[], atMost: number): Aim {
  const peaks = ours.flatMap((each) => each?.peakMegabytes ?? []);
  return { what: `${what}: peak memory`, measured: worst(peaks), unit: 'MB', atMost };
}

function worst(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : Math.max(...numbers);
}

export function printAims(aims: readonly Aim[]): void {
  if (aims.length === 0) return;
  console.log('\nAims');
  for (const aim of aims) console.log(`  ${aim.what.padEnd(62)}${verdictOf(aim)}`);
}

function verdictOf({ measured, unit, atMost, atLeast }: Aim): string {
  const wanted = atMost === undefined ? `at least ${atLeast ?? 0}` : `at most ${atMost}`;
  if (measured === null) return `not measured (${wanted} ${unit})`;
  const reached = measured <= (atMost ?? Infinity) && measured >= (atLeast ?? 0);
  const shown = measured < 10 ? measured.toFixed(2) : measured.toFixed(0);
  return `${shown} ${unit}, ${wanted}: ${reached ? 'reached' : 'NOT reached'}`;
}
