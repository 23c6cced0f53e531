import type {
  ConnectionStates,
  TestAllStep,
  TestStep,
  TestStepName,
} from '../../../../electron/contract/connection-test.ts';
import type { Failure } from '../../../../electron/contract/failure.ts';

/** How far the test of one server is. */
export type TestedServer =
  | { readonly kind: 'waiting' | 'stopped' }
  | { readonly kind: 'running'; readonly step: TestStepName | null }
  | {
      readonly kind: 'done';
      readonly at: string;
      readonly steps: readonly TestStep[];
      readonly states: ConnectionStates;
    };

export interface TestAllState {
  readonly kind: 'closed' | 'running' | 'ended' | 'cancelled' | 'broken';
  readonly servers: ReadonlyMap<string, TestedServer>;
  /** What broke it off; `null`: nothing did. */
  readonly failure: Failure | null;
}

export type TestAllEvent =
  | { readonly kind: 'started'; readonly ids: readonly string[] }
  | { readonly kind: 'heard'; readonly step: TestAllStep; readonly at: string }
  | { readonly kind: 'ended' | 'cancelled' | 'closed' }
  | { readonly kind: 'broken'; readonly failure: Failure };

export const noTestOfAll: TestAllState = { kind: 'closed', servers: new Map(), failure: null };

export function nextTestAll(state: TestAllState, event: TestAllEvent): TestAllState {
  switch (event.kind) {
    case 'started':
      return {
        kind: 'running',
        servers: new Map(event.ids.map((id) => [id, { kind: 'waiting' }])),
        failure: null,
      };
    case 'heard':
      if (state.kind !== 'running') return state;
      return { ...state, servers: new Map(state.servers).set(event.step.id, afterStep(state, event)) };
    case 'ended':
    case 'cancelled':
      return state.kind === 'running' ? { ...stopped(state), kind: event.kind } : state;
    case 'broken':
      if (state.kind !== 'running') return state;
      return event.failure.step === 'cancelled'
        ? { ...stopped(state), kind: 'cancelled' }
        : { ...stopped(state), kind: 'broken', failure: event.failure };
    case 'closed':
      return noTestOfAll;
  }
}

export function doneCount({ servers }: TestAllState): number {
  return [...servers.values()].filter(({ kind }) => kind === 'done').length;
}

function afterStep(
  { servers }: TestAllState,
  { step, at }: Extract<TestAllEvent, { kind: 'heard' }>,
): TestedServer {
  switch (step.kind) {
    case 'begun':
      return { kind: 'running', step: null };
    case 'step': {
      const before = servers.get(step.id);
      // The answer to a step leaves its name in place until the next begins.
      if (step.step.kind !== 'running') return before ?? { kind: 'running', step: step.step.step };
      return { kind: 'running', step: step.step.step };
    }
    case 'done':
      return { kind: 'done', at, steps: step.steps, states: step.states };
  }
}

function stopped(state: TestAllState): TestAllState {
  const servers = new Map<string, TestedServer>();
  for (const [id, server] of state.servers) {
    servers.set(id, server.kind === 'done' ? server : { kind: 'stopped' });
  }
  return { ...state, servers };
}
