import { performance } from 'node:perf_hooks';
import type {
  Finding,
  SkipReason,
  TestFacts,
  TestStep,
  TestStepName,
} from '../../contract/connection-test.ts';
import { FailureError, type Failure } from '../../contract/failure.ts';

/** What a step that worked leaves for the next ones. */
export interface Done<Value> {
  readonly value: Value;
  readonly facts: TestFacts;
  /** None: passed; some: passed with a warning. */
  readonly findings?: readonly Finding[];
}

/** A step that failed, with more than its failure says. */
export class FaultError extends FailureError {
  readonly findings: readonly Finding[];
  readonly facts: TestFacts | null;

  constructor(
    failure: Failure,
    found: { readonly findings?: readonly Finding[]; readonly facts?: TestFacts | null },
    options?: ErrorOptions,
  ) {
    super(failure, options);
    this.findings = found.findings ?? [];
    this.facts = found.facts ?? null;
  }
}

/** Thrown by a step that finds out that there is nothing to do for it. */
export class Skipped extends Error {
  readonly reason: SkipReason;

  constructor(reason: SkipReason) {
    super('skipped');
    this.reason = reason;
  }
}

/** Tells the steps of one test as they are taken, each with its time. */
export class Course {
  /** The last step that failed of the conversation, and so the reason for those that are left out. */
  #brokenAt: TestStepName | null = null;
  #goesOn = true;

  /** The last failure was an answer: the association that brought it is still there. */
  get goesOn(): boolean {
    return this.#goesOn;
  }

  /**
   * Takes a step that needs what an earlier one has given; `null`: that one failed, so this is skipped.
   * Answers what it gives itself, `null` where it doesn't.
   *
   * @throws FailureError cancelled; every other failure is told and answered with `null`
   */
  async *take<Given, Value>(
    step: TestStepName,
    given: Given | null,
    work: (given: Given) => Promise<Done<Value>>,
  ): AsyncGenerator<TestStep, Value | null> {
    if (given === null) {
      yield { kind: 'skipped', step, reason: { kind: 'earlier', step: this.#brokenAt ?? step } };
      return null;
    }
    yield { kind: 'running', step };
    const begunAt = performance.now();
    const elapsed = (): number => Math.round(performance.now() - begunAt);
    try {
      const { value, facts, findings = [] } = await work(given);
      yield findings.length === 0
        ? { kind: 'passed', step, ms: elapsed(), facts }
        : { kind: 'warned', step, ms: elapsed(), facts, findings };
      return value;
    } catch (thrown) {
      yield this.#outcomeOf(step, thrown, elapsed());
      return null;
    }
  }

  /** Leaves a step out that has nothing to do. */
  async *passBy(step: TestStepName, reason: SkipReason): AsyncGenerator<TestStep, void> {
    yield { kind: 'skipped', step, reason };
  }

  #outcomeOf(step: TestStepName, thrown: unknown, ms: number): TestStep {
    if (thrown instanceof Skipped) return { kind: 'skipped', step, reason: thrown.reason };
    if (!(thrown instanceof FailureError) || thrown.failure.step === 'cancelled') throw thrown;
    const { failure } = thrown;
    if (step !== 'our-side') {
      this.#brokenAt = step;
      this.#goesOn = isAnswer(failure);
    }
    const { findings, facts } = thrown instanceof FaultError ? thrown : { findings: [], facts: null };
    return { kind: 'failed', step, ms, fault: { failure, findings }, facts };
  }
}

/** The peer has said no to this, and listens on. */
function isAnswer(failure: Failure): boolean {
  return failure.step === 'negotiate' || (failure.step === 'respond' && failure.cause === 'status');
}
