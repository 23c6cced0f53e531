import { describe, expect, it } from 'vitest';
import { testStepNames, type TestStep } from '../../../../../electron/contract/connection-test.ts';
import {
  endedOf,
  failedStep,
  initialTest,
  nextTest,
  type TestEvent,
  type TestState,
} from '../../../../../renderer/features/servers/connection-test/test-state.ts';

describe('the connection test', () => {
  it('has all nine steps in their places before the first is heard', () => {
    expect(after(started).lines).toEqual(testStepNames.map((step) => ({ state: 'waiting', step })));
  });

  it('fills each line in as it happens', () => {
    const state = after(started, heard({ kind: 'running', step: 'name' }));
    expect(state.lines[0]).toEqual({ state: 'running', step: 'name' });

    const further = nextTest(state, heard(echoed));
    expect(further.lines.map(({ step }) => step)).toEqual(testStepNames);
    expect(endedOf(further)).toEqual([echoed]);
  });

  it('goes on after a step that failed, and names the first', () => {
    const state = after(started, heard(refused), heard(echoed), { kind: 'ended' });

    expect(failedStep(state)).toBe(refused);
    expect(state.kind).toBe('ended');
  });

  it('keeps what is known when it is cancelled, and hears nothing any more', () => {
    const state = after(started, heard(echoed), heard({ kind: 'running', step: 'query' }), {
      kind: 'cancelled',
    });

    expect(state.lines.find(({ step }) => step === 'query')?.state).toBe('stopped');
    expect(endedOf(state)).toEqual([echoed]);
    expect(nextTest(state, heard(refused))).toBe(state);
  });

  it('says what broke it off, unless that was the person', () => {
    const failure = { step: 'internal', incident: '7' } as const;

    expect(after(started, { kind: 'broken', failure })).toMatchObject({ kind: 'broken', failure });
    expect(after(started, { kind: 'broken', failure: { step: 'cancelled' } }).kind).toBe('cancelled');
  });

  it('is empty again for another server', () => {
    const state = after(started, heard(echoed));

    expect(nextTest(state, { kind: 'turned-to', subject: 0 })).toBe(state);
    expect(nextTest(state, { kind: 'turned-to', subject: 1 })).toEqual({ ...initialTest, subject: 1 });
  });
});

const started: TestEvent = {
  kind: 'started',
  draft: null,
  at: '2026-01-01T00:00:00Z',
  steps: testStepNames,
};

const echoed: TestStep = { kind: 'passed', step: 'echo', ms: 6, facts: { step: 'echo', status: 0 } };

const refused: TestStep = {
  kind: 'failed',
  step: 'association',
  ms: 8,
  fault: {
    failure: { step: 'associate', cause: 'rejected', result: 1, source: 1, reason: 7 },
    findings: [],
  },
  facts: null,
};

function heard(step: TestStep): TestEvent {
  return { kind: 'heard', step };
}

function after(...events: readonly TestEvent[]): TestState {
  return events.reduce<TestState>(nextTest, initialTest);
}
