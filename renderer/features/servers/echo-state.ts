import type { EchoFacts, EchoStep, EchoStepName } from '../../../electron/contract/echo-step.ts';
import type { Failure } from '../../../electron/contract/failure.ts';
import type { ServerDraft } from '../../../electron/contract/server.ts';

/** One line of the test, in its place from the start so that nothing moves when it is said. */
export type EchoLine =
  | { readonly state: 'waiting' | 'running' | 'stopped'; readonly step: EchoStepName }
  | { readonly state: 'passed'; readonly step: EchoStepName; readonly facts: EchoFacts; readonly ms: number }
  | {
      readonly state: 'failed';
      readonly step: EchoStepName;
      readonly failure: Failure;
      readonly ms: number | null;
    };

export interface EchoState {
  readonly kind: 'idle' | 'running' | 'passed' | 'failed' | 'cancelled';
  /** Which turn of the form it belongs to. */
  readonly subject: number;
  /** What is or was tested; `null`: nothing yet. */
  readonly draft: ServerDraft | null;
  readonly lines: readonly EchoLine[];
}

export type EchoEvent =
  | { readonly kind: 'started'; readonly draft: ServerDraft }
  | { readonly kind: 'heard'; readonly step: EchoStep }
  | { readonly kind: 'ended' }
  | { readonly kind: 'broken'; readonly failure: Failure }
  | { readonly kind: 'cancelled' }
  /** The form turned to another server. */
  | { readonly kind: 'turned-to'; readonly subject: number };

export const initialEcho: EchoState = { kind: 'idle', subject: 0, draft: null, lines: [] };

export function next(state: EchoState, event: EchoEvent): EchoState {
  switch (event.kind) {
    case 'started':
      return { ...state, kind: 'running', draft: event.draft, lines: plannedLines(event.draft.tls) };
    case 'heard':
      return state.kind === 'running' ? withStep(state, event.step) : state;
    case 'ended':
      return state.kind === 'running' ? { ...state, kind: 'passed' } : state;
    case 'broken':
      return state.kind === 'running' ? broken(state, event.failure) : state;
    case 'cancelled':
      return state.kind === 'running' ? { ...stopped(state), kind: 'cancelled' } : state;
    case 'turned-to':
      return event.subject === state.subject ? state : { ...initialEcho, subject: event.subject };
  }
}

/** The steps to come, for the empty list too. */
export function plannedLines(tls: boolean): readonly EchoLine[] {
  const steps: readonly EchoStepName[] = tls
    ? ['resolve', 'connect', 'tls', 'associate', 'echo']
    : ['resolve', 'connect', 'associate', 'echo'];
  return steps.map((step) => ({ state: 'waiting', step }));
}

export function totalMs({ lines }: EchoState): number {
  return lines.reduce((sum, line) => sum + ('ms' in line ? (line.ms ?? 0) : 0), 0);
}

function withStep(state: EchoState, step: EchoStep): EchoState {
  const lines = state.lines.map((line) => (line.step === step.step ? lineOf(step) : line));
  return { ...state, kind: step.kind === 'failed' ? 'failed' : state.kind, lines };
}

function lineOf(step: EchoStep): EchoLine {
  switch (step.kind) {
    case 'running':
      return { state: 'running', step: step.step };
    case 'passed':
      return { state: 'passed', step: step.step, facts: step, ms: step.ms };
    case 'failed':
      return { state: 'failed', step: step.step, failure: step.failure, ms: step.ms };
  }
}

// The test itself broke off: it is the failure of the step that was under way.
function broken(state: EchoState, failure: Failure): EchoState {
  if (failure.step === 'cancelled') return { ...stopped(state), kind: 'cancelled' };
  const at = state.lines.findIndex(({ state }) => state === 'running' || state === 'waiting');
  const lines = state.lines.map((line, index): EchoLine =>
    index === at ? { state: 'failed', step: line.step, failure, ms: null } : line,
  );
  return { ...state, kind: 'failed', lines };
}

function stopped(state: EchoState): EchoState {
  return {
    ...state,
    lines: state.lines.map((line) => (line.state === 'running' ? { ...line, state: 'stopped' } : line)),
  };
}
