import { expect, it } from 'vitest';
import { answerFamilies } from '../../fuzz/answer-families.ts';
import { fuzzListener } from '../../fuzz/fuzz-listener.ts';
import { fuzzRequestor } from '../../fuzz/fuzz-requestor.ts';
import { requestFamilies } from '../../fuzz/request-families.ts';

const seed = 20_260_722;

it('survives ten thousand malformed conversations as a listener, echoing throughout', async () => {
  const cases = 10_000;

  const report = await fuzzListener({ seed, cases, echoWithinMs: 5_000 });

  expect(Object.keys(report.families)).toHaveLength(Object.keys(requestFamilies).length);
  expect(Object.values(report.families).reduce((sum, count) => sum + count)).toBe(cases);
  expect(report.echoes).toBe(cases / 100);
  expect(report.heldGrowthBytes).toBeLessThan(30_000_000);
  expect(report.rssBytes).toBeLessThan(300_000_000);
  // Some of what was mutated was whole still: the fuzzing reaches as far as the store.
  expect(report.stored).toBeGreaterThan(0);
  expect(report.refused).toBeGreaterThan(0);
}, 180_000);

it('ends each of two thousand malformed conversations as a requestor', async () => {
  const report = await fuzzRequestor({ seed, cases: 2_000 });

  expect(Object.keys(report.families)).toHaveLength(Object.keys(answerFamilies).length);
  expect(Object.keys(report.outcomes)).toEqual(
    expect.arrayContaining(['done', 'associate/malformed', 'respond/malformed', 'respond/closed']),
  );
}, 60_000);
