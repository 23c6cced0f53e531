import { describe, expect, it } from 'vitest';
import { untested } from '../../../../../electron/contract/connection-test-outcome.ts';
import type { TestAllStep } from '../../../../../electron/contract/connection-test.ts';
import { ServerId } from '../../../../../electron/contract/server.ts';
import {
  doneCount,
  nextTestAll,
  noTestOfAll,
  type TestAllEvent,
  type TestAllState,
} from '../../../../../renderer/features/servers/test-all/test-all-state.ts';

const [a, b] = [ServerId.parse('a'), ServerId.parse('b')];

describe('the test of all servers', () => {
  it('has every server waiting until its turn comes', () => {
    const state = after(started, heard({ kind: 'begun', id: a }));

    expect(state.servers.get('a')).toEqual({ kind: 'running', step: null });
    expect(state.servers.get('b')).toEqual({ kind: 'waiting' });
  });

  it('says which step each is at, and what came of it', () => {
    const running = after(
      started,
      heard({ kind: 'step', id: a, step: { kind: 'running', step: 'tcp' } }),
      heard({
        kind: 'step',
        id: a,
        step: { kind: 'passed', step: 'echo', ms: 1, facts: { step: 'echo', status: 0 } },
      }),
    );
    expect(running.servers.get('a')).toEqual({ kind: 'running', step: 'tcp' });

    const state = nextTestAll(running, heard(done(a)));
    expect(state.servers.get('a')).toEqual({ kind: 'done', at: 'now', steps: [], states: untested });
    expect(doneCount(state)).toBe(1);
  });

  it('keeps what was done when it is cancelled, and says of the others that they were not tested', () => {
    const state = after(started, heard(done(a)), { kind: 'cancelled' });

    expect(state.kind).toBe('cancelled');
    expect(state.servers.get('a')?.kind).toBe('done');
    expect(state.servers.get('b')).toEqual({ kind: 'stopped' });
    expect(nextTestAll(state, heard(done(b)))).toBe(state);
  });

  it('says what broke it off', () => {
    const failure = { step: 'internal', incident: '7' } as const;

    expect(after(started, { kind: 'broken', failure })).toMatchObject({ kind: 'broken', failure });
  });
});

const started: TestAllEvent = { kind: 'started', ids: ['a', 'b'] };

function heard(step: TestAllStep): TestAllEvent {
  return { kind: 'heard', step, at: 'now' };
}

function done(id: typeof a): TestAllStep {
  return { kind: 'done', id, steps: [], states: untested, done: 1, of: 2 };
}

function after(...events: readonly TestAllEvent[]): TestAllState {
  return events.reduce(nextTestAll, noTestOfAll);
}
