import { describe, expect, it } from 'vitest';
import {
  headlineOf,
  mergeStates,
  outcomeOf,
  untested,
} from '../../../electron/contract/connection-test-outcome.ts';
import { connectionReport, connectionReportCsv } from '../../../electron/contract/connection-test-report.ts';
import type { Finding, TestFault, TestStep } from '../../../electron/contract/connection-test.ts';
import { describeFinding } from '../../../electron/contract/describe-finding.ts';
import { adviseOn } from '../../../electron/contract/describe-test-fault.ts';
import type { Failure } from '../../../electron/contract/failure.ts';
import { TestFaultSchema } from '../../../electron/contract/finding-schema.ts';
import type { TestParties } from '../../../electron/contract/test-parties.ts';

const parties: TestParties = {
  server: 'Main PACS',
  ourAeTitle: 'VIEWER7',
  serverAeTitle: 'PACS1',
  host: 'pacs.site.org',
  port: 104,
  tls: true,
  ourAddress: '10.4.0.12',
  listenPorts: [11112],
};

const tcp = {
  kind: 'passed',
  step: 'tcp',
  ms: 7,
  facts: {
    step: 'tcp',
    port: 104,
    race: [
      { address: '10.0.4.12', ms: 1, outcome: 'open' },
      { address: 'fe80::1', ms: 250, outcome: 'slower' },
    ],
    again: [
      { address: '10.0.4.12', ms: 2, outcome: 'open' },
      { address: '10.0.4.12', ms: 4, outcome: 'open' },
    ],
    address: '10.0.4.12',
    localAddress: '10.4.0.12',
  },
} as const satisfies TestStep;

const echo = { kind: 'passed', step: 'echo', ms: 6, facts: { step: 'echo', status: 0 } } as const;
const query = {
  kind: 'passed',
  step: 'query',
  ms: 9,
  facts: { step: 'query', model: 'study-root', matches: 0, letters: null },
} as const;

const unknownCaller: Failure = { step: 'associate', cause: 'rejected', result: 1, source: 1, reason: 3 };

const findings: readonly Finding[] = [
  { kind: 'speaks-tls', protocol: 'TLSv1.3', subject: 'pacs' },
  { kind: 'speaks-plain' },
  { kind: 'speaks-http', server: 'nginx' },
  { kind: 'answers-to', whose: 'called', aeTitle: 'pacs1' },
  { kind: 'answers-to', whose: 'calling', aeTitle: 'viewer7' },
  { kind: 'some-tries-failed', failed: 1, of: 4 },
  { kind: 'addresses-failed', addresses: ['10.0.4.13'] },
  { kind: 'certificate-ends', subject: 'pacs', daysLeft: 7 },
  { kind: 'not-verified', reason: 'untrusted' },
  { kind: 'role-differs', declared: 'scu', measured: { scp: true, scu: false } },
  { kind: 'abilities-missing', abilities: ['mwl', 'print'] },
  { kind: 'storage-not-told', failure: unknownCaller },
  { kind: 'keys-ignored', matches: 2 },
  { kind: 'name-unreadable', told: '', decodeAs: null },
  { kind: 'name-unreadable', told: 'ISO_IR 100', decodeAs: 'windows-1251' },
  { kind: 'address-changed', before: '10.4.0.11', now: '10.4.0.12' },
  {
    kind: 'shared-port-missing',
    failure: { step: 'listen', address: '0.0.0.0', port: 11112, cause: 'in-use' },
  },
  { kind: 'listens-here-only', address: '127.0.0.1', localAddress: '10.4.0.12' },
  { kind: 'listens-elsewhere', address: '10.5.0.1', localAddress: '10.4.0.12' },
  {
    kind: 'firewall-blocks',
    ports: [11112],
    tool: 'ufw',
    rule: 'Default: deny (incoming)',
    command: 'ufw allow 11112/tcp',
  },
  { kind: 'ae-title-in-use', address: '10.4.0.99', at: '2026-01-02T03:04:05Z' },
  { kind: 'not-delivered', status: 0xa702, failed: 1 },
  { kind: 'delivered-elsewhere', completed: 1 },
  { kind: 'came-to-other-port', port: 4242, expected: [11112], remoteAddress: '10.0.4.12' },
  { kind: 'called-other-ae-title', calledAeTitle: 'OLD', remoteAddress: '10.0.4.12', port: 11112 },
  ...(['plain-peer', 'tls-peer', 'certificate-refused'] as const).map((cause): Finding => ({
    kind: 'turned-away',
    remoteAddress: '10.0.4.12',
    cause,
  })),
  { kind: 'came-without-image', callingAeTitle: 'PACS1', remoteAddress: '10.0.4.12', port: 11112 },
];

describe('a finding', () => {
  it.each(findings)('has a cause, an owner and something to do: $kind', (finding) => {
    const { cause, explanation, owner, action, message } = describeFinding(finding, parties);

    for (const words of [cause, explanation, action]) {
      expect(words).toMatch(/^[^{}]+[.:/\w]$/);
      expect(words.length).toBeGreaterThan(10);
    }
    expect(['you', 'network', 'administrator']).toContain(owner);
    expect(owner === 'you' ? 'you' : message?.to).toBe(owner);
  });

  it.each(findings)('comes back from disk as it was kept: $kind', (finding) => {
    const fault: TestFault = { failure: unknownCaller, findings: [finding] };

    expect(TestFaultSchema.parse(JSON.parse(JSON.stringify(fault)))).toEqual(fault);
  });

  it('is not believed where it is none', () => {
    const fault = { failure: unknownCaller, findings: [{ kind: 'made-up' }] };

    expect(TestFaultSchema.safeParse(fault).success).toBe(false);
  });
});

describe('a fault', () => {
  it('is told with a sentence that its owner can act on without asking back', () => {
    const advice = adviseOn({ failure: unknownCaller, findings: [] }, parties);

    expect(advice).toMatchObject({
      cause: 'Main PACS refused the association: calling AE title not recognised.',
      owner: 'administrator',
    });
    expect(advice.message?.text).toContain('Please add VIEWER7, in exactly this spelling');
    expect(advice.message?.text).toContain(
      'Our workstation: AE title VIEWER7, IP address 10.4.0.12, DICOM listen port 11112.',
    );
    expect(advice.message?.text).toContain('The server: AE title PACS1, pacs.site.org, port 104, TLS.');
  });

  it('is told by what a closer look has shown, where there is such a thing', () => {
    const failure: Failure = { step: 'associate', cause: 'rejected', result: 1, source: 1, reason: 7 };
    const findings = [{ kind: 'answers-to', whose: 'called', aeTitle: 'pacs1' }] as const;

    expect(adviseOn({ failure, findings }, parties)).toMatchObject({
      cause: 'Main PACS answers to “pacs1”, in other letters than “PACS1”.',
      owner: 'you',
      action: 'Enter pacs1 as the AE title of Main PACS.',
    });
  });

  it.each<[string, Failure, string]>([
    ['a wrong name is yours', { step: 'resolve', host: 'x' }, 'you'],
    [
      'a dropped connection is the network’s',
      { step: 'connect', host: 'x', port: 1, cause: 'timed-out' },
      'network',
    ],
    [
      'a closed port is the administrator’s',
      { step: 'connect', host: 'x', port: 1, cause: 'refused' },
      'administrator',
    ],
    ['a busy listen port is yours', { step: 'listen', address: 'x', port: 1, cause: 'in-use' }, 'you'],
    [
      'an expired certificate is the administrator’s',
      { step: 'tls', cause: 'expired', detail: '' },
      'administrator',
    ],
    [
      'a missing client certificate is yours',
      { step: 'tls', cause: 'client-certificate-required', detail: '' },
      'you',
    ],
    [
      'a wrong password is yours',
      { step: 'http', service: 'QIDO-RS', cause: 'unauthorized', status: 401, detail: '' },
      'you',
    ],
  ])('%s', (_, failure, owner) => {
    expect(adviseOn({ failure, findings: [] }, parties).owner).toBe(owner);
  });
});

describe('the three states', () => {
  it('are each by themselves', () => {
    expect(headlineOf(untested)).toBe('NOT TESTED');
    expect(headlineOf(outcomeOf([echo], 'now'))).toBe('REACHABLE; QUERY NOT TESTED');
    expect(headlineOf(outcomeOf([echo, query], 'now'))).toBe('READY TO QUERY; RETRIEVE NOT PROVEN');
  });

  it('keep what a later test did not get to', () => {
    const first = outcomeOf([echo, query], 'monday');
    const second = outcomeOf([echo], 'tuesday');

    expect(mergeStates(first, second)).toEqual({
      reachable: { kind: 'proven', at: 'tuesday' },
      queryable: { kind: 'proven', at: 'monday' },
      retrieve: { kind: 'not-tested' },
    });
  });
});

describe('the report', () => {
  const failed: TestStep = {
    kind: 'failed',
    step: 'association',
    ms: 12,
    fault: { failure: unknownCaller, findings: [] },
    facts: null,
  };
  const skipped: TestStep = {
    kind: 'skipped',
    step: 'echo',
    reason: { kind: 'earlier', step: 'association' },
  };

  it('says in plain text what was found, who must act, and what to send to whom', () => {
    const report = connectionReport({ parties, steps: [tcp, failed, skipped], at: '2026-01-02T03:04:05Z' });

    expect(report.split('\n')).toEqual([
      'Main PACS  PACS1@pacs.site.org:104 (TLS)  as VIEWER7 from 10.4.0.12  NOT REACHABLE',
      ' 1 TCP          open at 10.0.4.12, 3 of 3, 1/2/4 ms; fe80::1 slower  7 ms',
      ' 2 Association  FAILED  12 ms',
      expect.stringContaining('calling AE title not recognised'),
      expect.stringContaining('source 1, reason 3'),
      expect.stringContaining('To be done by the server’s administrator:'),
      expect.stringContaining('To the server’s administrator: Please add VIEWER7'),
      ' 3 C-ECHO       skipped because Association failed',
      'Tested 2026-01-02T03:04:05Z',
    ]);
  });

  it('has a row for each server in a spreadsheet, and no cell that a spreadsheet would run', () => {
    const name = '=HYPERLINK("evil")';
    const csv = connectionReportCsv([{ name, parties, steps: [echo, query], at: 'now' }]);

    const [head, row, end] = csv.split('\r\n');
    expect(head?.split(',')).toHaveLength(15);
    expect(row).toBe(
      `"'=HYPERLINK(""evil"")",PACS1,pacs.site.org,104,yes,READY TO QUERY; RETRIEVE NOT PROVEN,yes,yes,not tested,,,,,,now`,
    );
    expect(end).toBe('');
  });
});
