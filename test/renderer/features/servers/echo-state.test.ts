import { describe, expect, it } from 'vitest';
import { ServerDraft } from '../../../../electron/contract/server.ts';
import {
  initialEcho,
  next,
  plannedLines,
  totalMs,
  type EchoEvent,
  type EchoState,
} from '../../../../renderer/features/servers/echo-state.ts';
import { buildServer } from './build-server.ts';

const draft = ServerDraft.parse(buildServer());
const started: EchoEvent = { kind: 'started', draft };
const resolved: EchoEvent = {
  kind: 'heard',
  step: { kind: 'passed', step: 'resolve', ms: 3, addresses: ['10.0.4.12'] },
};
const connecting: EchoEvent = { kind: 'heard', step: { kind: 'running', step: 'connect' } };
const refused = { step: 'connect', host: '10.0.4.12', port: 104, cause: 'refused' } as const;

describe('the echo test', () => {
  it('shows every step in its place from the start, TLS only where it is ticked', () => {
    expect(plannedLines(false).map(({ step }) => step)).toEqual(['resolve', 'connect', 'associate', 'echo']);
    expect(after({ kind: 'started', draft: { ...draft, tls: true } }).lines.map(({ step }) => step)).toEqual([
      'resolve',
      'connect',
      'tls',
      'associate',
      'echo',
    ]);
  });

  it('fills the lines in as the steps happen', () => {
    const state = after(started, resolved, connecting);

    expect(state.kind).toBe('running');
    expect(state.lines.map((line) => line.state)).toEqual(['passed', 'running', 'waiting', 'waiting']);
    expect(totalMs(state)).toBe(3);
  });

  it('fails with the step that failed', () => {
    const state = after(started, resolved, {
      kind: 'heard',
      step: { kind: 'failed', step: 'connect', failure: refused, ms: 12 },
    });

    expect(state.kind).toBe('failed');
    expect(state.lines[1]).toEqual({ state: 'failed', step: 'connect', failure: refused, ms: 12 });
    expect(next(state, { kind: 'ended' }).kind).toBe('failed');
  });

  it('passes when the steps end without a failure', () => {
    expect(after(started, resolved, { kind: 'ended' }).kind).toBe('passed');
  });

  it('stops at once when it is cancelled, and hears nothing afterwards', () => {
    const state = after(
      started,
      resolved,
      connecting,
      { kind: 'cancelled' },
      {
        kind: 'heard',
        step: { kind: 'failed', step: 'connect', failure: { step: 'cancelled' }, ms: 5 },
      },
    );

    expect(state.kind).toBe('cancelled');
    expect(state.lines.map((line) => line.state)).toEqual(['passed', 'stopped', 'waiting', 'waiting']);
  });

  it('puts a test that broke off at the step under way', () => {
    const failure = { step: 'internal', incident: 'A1' } as const;
    const state = after(started, resolved, connecting, { kind: 'broken', failure });

    expect(state.kind).toBe('failed');
    expect(state.lines[1]).toEqual({ state: 'failed', step: 'connect', failure, ms: null });
  });

  it('is gone when the form turns to another server, and stays when it does not', () => {
    const state = after({ kind: 'turned-to', subject: 1 }, started, resolved);

    expect(next(state, { kind: 'turned-to', subject: 1 })).toEqual(state);
    expect(next(state, { kind: 'turned-to', subject: 2 })).toEqual({ ...initialEcho, subject: 2 });
  });
});

function after(...events: readonly EchoEvent[]): EchoState {
  return events.reduce(next, initialEcho);
}
