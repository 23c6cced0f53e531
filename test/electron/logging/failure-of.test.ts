import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../electron/contract/failure.ts';
import { failureOf } from '../../../electron/logging/index.ts';

describe('failureOf', () => {
  it('says the failure that was thrown', () => {
    const thrown = new FailureError({ step: 'resolve', host: 'pacs' });

    expect(failureOf(thrown, unexpected)).toEqual({ step: 'resolve', host: 'pacs' });
  });

  it('takes an aborted signal for a cancellation', () => {
    expect(failureOf(AbortSignal.abort().reason, unexpected)).toEqual({ step: 'cancelled' });
    const ofNode = Object.assign(new Error('aborted'), { name: 'AbortError', code: 'ABORT_ERR' });
    expect(failureOf(ofNode, unexpected)).toEqual({ step: 'cancelled' });
  });

  it('takes a signal that ran out of time for a time-out', () => {
    const thrown = new DOMException('late', 'TimeoutError');

    expect(failureOf(thrown, unexpected)).toEqual({ step: 'respond', cause: 'timed-out' });
  });

  it('gives anything else an incident number under which the bug was logged', () => {
    for (const bug of [new TypeError('x is undefined'), 'a string', undefined]) {
      const logged: unknown[] = [];

      const failure = failureOf(bug, (incident, thrown) => logged.push([incident, thrown]));

      expect(failure).toEqual({ step: 'internal', incident: expect.stringMatching(/^[0-9a-f]{8}$/) });
      expect(logged).toEqual([[(failure as { incident: string }).incident, bug]]);
    }
  });
});

function unexpected(): void {
  throw new Error('no bug was expected');
}
