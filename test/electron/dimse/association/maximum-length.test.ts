import { describe, expect, it } from 'vitest';
import { describeFailure } from '../../../../electron/contract/describe-failure.ts';
import {
  fragmentBytesFor,
  MaximumLengthError,
} from '../../../../electron/dimse/association/maximum-length.ts';
import { associateFailure } from '../../../../electron/dimse/association/ending-failure.ts';

describe('the Maximum Length of a peer', () => {
  it.each([
    ['none', 0, 65_530],
    ['the least', 1_024, 1_018],
    ['an odd one', 1_025, 1_018],
    ['a usual one', 16_384, 16_378],
    ['the most', 262_144, 262_138],
    ['more than that', 262_145, 262_138],
    ['as much as can be said', 0xffffffff, 262_138],
  ])('%s (%i) makes fragments of %i bytes', (_what, maximumLength, fragment) => {
    expect(fragmentBytesFor(maximumLength)).toBe(fragment);
  });

  it.each([1, 2, 5, 6, 7, 12, 16, 100, 1_023])('%i is nothing to work with', (maximumLength) => {
    expect(fragmentBytesFor(maximumLength)).toBeNull();
  });

  it('that is too short is refused in words that name it', () => {
    const failure = associateFailure({ kind: 'invalid', error: new MaximumLengthError(6) });

    const { title, suggestion } = describeFailure(failure, { server: 'PACS', ourAeTitle: 'GANTRY' });

    expect(title).toBe('PACS takes only 6 bytes at a time, which is too few to work with.');
    expect(suggestion).toContain('maximum PDU length');
  });
});
