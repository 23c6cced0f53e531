import { describe, expect, it } from 'vitest';
import { connectionReport } from '../../../electron/contract/connection-test-report.ts';
import type { TestStep } from '../../../electron/contract/connection-test.ts';
import { describeFailure } from '../../../electron/contract/describe-failure.ts';
import type { Failure } from '../../../electron/contract/failure.ts';
import type { TestParties } from '../../../electron/contract/test-parties.ts';

const rejected: Failure = { step: 'associate', cause: 'rejected', result: 1, source: 1, reason: 3 };
const who = { server: 'Main PACS', ourAeTitle: 'GANTRY' };

describe('the contact of a server', () => {
  it('is named wherever its administrator is to be asked', () => {
    const { suggestion } = describeFailure(rejected, { ...who, contact: 'pacs@site.example' });

    expect(suggestion).toContain('administrator of Main PACS (pacs@site.example)');
  });

  it('is not missed where nobody is written down', () => {
    expect(describeFailure(rejected, { ...who, contact: '' })).toEqual(describeFailure(rejected, who));
  });

  it('is whom the report of a connection test is addressed to, whatever stands in it', () => {
    const parties: TestParties = {
      ...who,
      contact: 'Dr. $& {host}, ext. 7',
      serverAeTitle: 'PACS1',
      host: '10.0.4.12',
      port: 104,
      tls: false,
      ourAddress: null,
      listenPorts: [],
    };
    const steps: readonly TestStep[] = [
      { kind: 'failed', step: 'association', ms: 1, fault: { failure: rejected, findings: [] }, facts: null },
    ];

    expect(connectionReport({ parties, steps, at: '2026-01-02T03:04:05Z' })).toContain(
      'To the server’s administrator, Dr. $& {host}, ext. 7: ',
    );
  });
});
