import { describe, expect, it } from 'vitest';
import type { InstanceOutcome, InstanceReport } from '../../../electron/contract/transfer.ts';
import { Ledger } from '../../../electron/transfers/ledger.ts';

describe('the ledger of a transfer', () => {
  it('counts warnings among what is done and refusals among what failed', () => {
    const { ledger } = newLedger();

    for (const outcome of ['stored', 'warning', 'refused', 'failed'] as const)
      ledger.enter(outcome, report(outcome));

    expect(ledger.progress).toMatchObject({ done: 2, warnings: 1, failed: 2, refused: 1 });
  });

  it('counts an instance once, by the last outcome entered for it', () => {
    const { ledger } = newLedger();

    ledger.enter('1.2', report('failed'));
    ledger.enter('1.2', report('stored'));

    expect(ledger.progress).toMatchObject({ done: 1, failed: 0 });
    expect(ledger.reports).toHaveLength(1);
  });

  it('measures speed over the last seconds only', () => {
    const { ledger, clock } = newLedger();

    ledger.moved(1_000_000);
    clock.ms = 60_000;
    ledger.moved(100_000);
    clock.ms = 61_000;

    expect(ledger.progress).toMatchObject({ bytes: 1_100_000, bytesPerSecond: 100_000 });
  });

  it('says which way it went, once that is known', () => {
    const { ledger, changes } = newLedger();
    expect(ledger.way).toBeNull();

    ledger.goes('c-get');

    expect(ledger.way).toBe('c-get');
    expect(changes()).toBe(1);
  });

  it('tells of every change', () => {
    const { ledger, changes } = newLedger();

    ledger.expect(2);
    ledger.enter('1.2', report('stored'));
    ledger.moved(1);
    ledger.notice({ kind: 'list-unavailable', failure: null });

    expect(changes()).toBe(4);
  });
});

function newLedger() {
  let count = 0;
  const clock = { ms: 0 };
  const ledger = new Ledger({ now: () => clock.ms, onChange: () => (count += 1) });
  return { ledger, clock, changes: () => count };
}

function report(outcome: InstanceOutcome): InstanceReport {
  return { sopInstanceUid: '1.2', file: null, outcome, status: null, failure: null };
}
