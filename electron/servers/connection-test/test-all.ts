import { outcomeOf } from '../../contract/connection-test-outcome.ts';
import type { TestAllStep, TestStep } from '../../contract/connection-test.ts';
import { FailureError } from '../../contract/failure.ts';
import type { ServerId } from '../../contract/server.ts';

/** How many are tested at the same time: most of a test is waiting. */
const testsAtOnce = 4;

export interface TestAllOptions {
  readonly ids: readonly ServerId[];
  readonly test: (id: ServerId, signal: AbortSignal) => AsyncIterable<TestStep>;
  readonly now: () => Date;
}

/**
 * Tests many servers, some at a time, and tells every step of each, in the order in which they happen.
 * One that fails, in whatever way, does not keep the others from being tested.
 *
 * @throws FailureError cancelled; then nothing stays open
 */
export async function* testAll(options: TestAllOptions, signal: AbortSignal): AsyncGenerator<TestAllStep> {
  const left = new AbortController();
  const stop = AbortSignal.any([signal, left.signal]);
  const told: TestAllStep[] = [];
  let wake: (() => void) | null = null;
  const tell = (step: TestAllStep): void => {
    told.push(step);
    wake?.();
  };
  let ended = false;
  const over = (): void => {
    ended = true;
    wake?.();
  };
  const working = workThrough(options, tell, stop);
  const workingOver = working.then(over, over);
  try {
    for (;;) {
      const step = told.shift();
      if (step !== undefined) yield step;
      else if (ended) break;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    await working;
  } finally {
    left.abort();
    await workingOver;
  }
}

async function workThrough(
  { ids, test, now }: TestAllOptions,
  tell: (step: TestAllStep) => void,
  signal: AbortSignal,
): Promise<void> {
  const waiting = [...ids];
  let done = 0;
  const one = async (id: ServerId): Promise<void> => {
    tell({ kind: 'begun', id });
    const steps: TestStep[] = [];
    for await (const step of test(id, signal)) {
      steps.push(step);
      tell({ kind: 'step', id, step });
    }
    done += 1;
    const states = outcomeOf(steps, now().toISOString());
    tell({ kind: 'done', id, steps, states, done, of: ids.length });
  };
  const lane = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      if (signal.aborted) throw new FailureError({ step: 'cancelled' });
      await one(id);
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: testsAtOnce }, lane));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
