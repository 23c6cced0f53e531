import type { TestStep, TestStepName } from '../../../../electron/contract/connection-test.ts';
import type { Failure } from '../../../../electron/contract/failure.ts';

/** How a step came out. */
export type EndedStep = Exclude<TestStep, { readonly kind: 'running' }>;

/** One line of the test, in its place from the start so that nothing moves when it is said. */
export type TestLine =
  | { readonly state: 'waiting' | 'running' | 'stopped'; readonly step: TestStepName }
  | { readonly state: 'ended'; readonly step: TestStepName; readonly ended: EndedStep };

export interface TestState<Draft = unknown> {
  readonly kind: 'idle' | 'running' | 'ended' | 'cancelled' | 'broken';
  /** Which turn of the form it belongs to. */
  readonly subject: number;
  /** What is or was tested; `null`: nothing yet. */
  readonly draft: Draft | null;
  /** When it was begun, ISO 8601; '' while there was no test. */
  readonly at: string;
  readonly lines: readonly TestLine[];
  /** What broke the test itself off; `null`: nothing did. */
  readonly failure: Failure | null;
}

export type TestEvent<Draft = unknown> =
  | {
      readonly kind: 'started';
      readonly draft: Draft;
      readonly at: string;
      readonly steps: readonly TestStepName[];
    }
  | { readonly kind: 'heard'; readonly step: TestStep }
  | { readonly kind: 'ended' | 'cancelled' }
  | { readonly kind: 'broken'; readonly failure: Failure }
  /** The form turned to another server. */
  | { readonly kind: 'turned-to'; readonly subject: number };

export const initialTest: TestState<never> = {
  kind: 'idle',
  subject: 0,
  draft: null,
  at: '',
  lines: [],
  failure: null,
};

export function nextTest<Draft>(state: TestState<Draft>, event: TestEvent<Draft>): TestState<Draft> {
  switch (event.kind) {
    case 'started': {
      const { draft, at, steps } = event;
      return { ...state, kind: 'running', draft, at, lines: plannedLines(steps), failure: null };
    }
    case 'heard':
      return state.kind === 'running' ? { ...state, lines: withStep(state.lines, event.step) } : state;
    case 'ended':
      return state.kind === 'running' ? { ...stopped(state), kind: 'ended' } : state;
    case 'cancelled':
      return state.kind === 'running' ? { ...stopped(state), kind: 'cancelled' } : state;
    case 'broken':
      if (state.kind !== 'running') return state;
      if (event.failure.step === 'cancelled') return { ...stopped(state), kind: 'cancelled' };
      return { ...stopped(state), kind: 'broken', failure: event.failure };
    case 'turned-to':
      return event.subject === state.subject ? state : { ...initialTest, subject: event.subject };
  }
}

/** The steps to come, for the empty list too. */
export function plannedLines(steps: readonly TestStepName[]): readonly TestLine[] {
  return steps.map((step) => ({ state: 'waiting', step }));
}

export function endedOf({ lines }: TestState): readonly EndedStep[] {
  return lines.flatMap((line) => (line.state === 'ended' ? [line.ended] : []));
}

/** The first that failed; `null`: none did. */
export function failedStep(state: TestState): EndedStep | null {
  return endedOf(state).find(({ kind }) => kind === 'failed') ?? null;
}

/** A step that was not planned is added at the end rather than lost. */
function withStep(lines: readonly TestLine[], step: TestStep): readonly TestLine[] {
  const line: TestLine =
    step.kind === 'running'
      ? { state: 'running', step: step.step }
      : { state: 'ended', step: step.step, ended: step };
  if (!lines.some((each) => each.step === step.step)) return [...lines, line];
  return lines.map((each) => (each.step === step.step ? line : each));
}

function stopped<Draft>(state: TestState<Draft>): TestState<Draft> {
  return {
    ...state,
    lines: state.lines.map((line) => (line.state === 'running' ? { ...line, state: 'stopped' } : line)),
  };
}
