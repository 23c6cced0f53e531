import { describe, expect, it } from 'vitest';
import { untested } from '../../../../../electron/contract/connection-test-outcome.ts';
import type { Proof } from '../../../../../electron/contract/connection-test.ts';
import { healthWords } from '../../../../../renderer/features/servers/connection-test/proof-words.ts';

const proven: Proof = { kind: 'proven', at: '2026-11-21T08:00:00Z' };
const failed: Proof = {
  kind: 'failed',
  at: '2026-11-21T09:00:00Z',
  fault: { failure: { step: 'resolve', host: 'x' }, findings: [] },
};

describe('the health of a server in a word', () => {
  it('is unknown before a test', () => {
    expect(healthWords(untested)).toEqual({ status: 'idle', words: 'Not tested yet', at: null });
  });

  it('is the first of the three that fails', () => {
    expect(healthWords({ reachable: failed, queryable: proven, retrieve: failed }).words).toBe(
      'Not reachable',
    );
    expect(healthWords({ reachable: proven, queryable: failed, retrieve: proven }).words).toBe(
      'Can’t be queried',
    );
    expect(healthWords({ reachable: proven, queryable: proven, retrieve: failed })).toMatchObject({
      status: 'failure',
      words: 'Retrieve does not work',
    });
  });

  it('is how far it is proven, and how old that is', () => {
    expect(healthWords({ ...untested, reachable: proven }).words).toBe('Reachable');
    expect(healthWords({ reachable: proven, queryable: proven, retrieve: proven })).toEqual({
      status: 'ok',
      words: 'Queryable',
      at: '2026-11-21T08:00:00Z',
    });
  });
});
