import type { CertificateList, CertificateFacts } from '../../../electron/contract/certificate.ts';
import { CertificateId } from '../../../electron/contract/certificate-id.ts';
import {
  testStepNames,
  type LettersFacts,
  type TestStep,
} from '../../../electron/contract/connection-test.ts';
import type { RunTest } from '../../../electron/contract/run-test.ts';
import { ServerId } from '../../../electron/contract/server.ts';

/** A test of a server that can be queried, and whose way back nobody has tried. */
export function passingTest({ draft, sendOneImage }: RunTest): readonly TestStep[] {
  const host = draft.host ?? 'pacs.example.org';
  const address = { address: '10.0.4.12', ms: 2, outcome: 'open' } as const;
  return [
    {
      kind: 'passed',
      step: 'name',
      ms: 3,
      facts: {
        step: 'name',
        host,
        lookups: [
          { record: 'A', addresses: ['10.0.4.12'], ms: 3 },
          { record: 'AAAA', addresses: ['fd00::4:12'], ms: 3 },
        ],
      },
    },
    {
      kind: 'passed',
      step: 'tcp',
      ms: 4,
      facts: {
        step: 'tcp',
        port: draft.port ?? 104,
        race: [address],
        again: [address, address, address],
        address: '10.0.4.12',
        localAddress: '10.0.4.7',
      },
    },
    draft.tls
      ? {
          kind: 'warned',
          step: 'tls',
          ms: 41,
          facts: {
            step: 'tls',
            protocol: 'TLSv1.3',
            cipher: 'TLS_AES_256_GCM_SHA384',
            chain: [certificate('pacs.example.org', 'Example Site CA', 12)],
            name: { expected: host, matches: true },
            trusted: true,
            verified: true,
            ourCertificate: 'not-asked-for',
          },
          findings: [{ kind: 'certificate-ends', subject: 'pacs.example.org', daysLeft: 12 }],
        }
      : { kind: 'skipped', step: 'tls', reason: { kind: 'not-ticked' } },
    {
      kind: 'passed',
      step: 'association',
      ms: 9,
      facts: {
        step: 'association',
        implementationClassUid: '1.2.276.0.7230010.3.0.3.6.7',
        implementationVersionName: 'OFFIS_DCMTK_367',
        maximumLengthBytes: 16384,
      },
    },
    { kind: 'passed', step: 'echo', ms: 6, facts: { step: 'echo', status: 0 } },
    {
      kind: 'passed',
      step: 'services',
      ms: 11,
      facts: {
        step: 'services',
        services: {
          find: true,
          'find-patient-root': true,
          move: true,
          'move-patient-root': true,
          get: false,
          'get-patient-root': false,
          worklist: false,
          commitment: true,
          print: false,
        },
        storage: { accepted: 41, offered: 120 },
        declaredRole: null,
        measured: { scp: true, scu: true },
      },
    },
    {
      kind: 'passed',
      step: 'query',
      ms: 7,
      facts: { step: 'query', model: 'study-root', matches: 0, letters: lettersOf(draft) },
    },
    {
      kind: 'passed',
      step: 'our-side',
      ms: 12,
      facts: {
        step: 'our-side',
        listener: { address: '0.0.0.0', port: 11112 },
        listenPort: draft.listenPort,
        localAddress: '10.0.4.7',
        lastLocalAddress: '10.0.4.7',
        firewall: { state: 'allowed', tool: 'nft', rule: null, ports: [], command: null },
      },
    },
    sendOneImage
      ? {
          kind: 'passed',
          step: 'return-path',
          ms: 310,
          facts: {
            step: 'return-path',
            method: 'C-MOVE',
            callingAeTitle: 'PACS1',
            calledAeTitle: 'GANTRY',
            remoteAddress: '10.0.4.12',
            port: 11112,
            bytes: 131_072,
            sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
            transferSyntaxUid: '1.2.840.10008.1.2.1',
          },
        }
      : {
          kind: 'skipped',
          step: 'return-path',
          reason: { kind: 'needs-one-image', order: { status: 0 } },
        },
  ];
}

/** A test behind a firewall of ours that lets nobody in. */
export function shutOutTest(question: RunTest): readonly TestStep[] {
  const shut = {
    ports: [11112],
    tool: 'ufw',
    rule: 'Default: deny (incoming)',
    command: 'ufw allow 11112/tcp',
  } as const;
  return passingTest(question).map((step): TestStep => {
    if (step.kind !== 'passed' || step.facts.step !== 'our-side') return step;
    const facts = { ...step.facts, firewall: { state: 'blocked', ...shut } } as const;
    return { ...step, kind: 'warned', facts, findings: [{ kind: 'firewall-blocks', ...shut }] };
  });
}

/** A test of a server that does not know us. */
export function rejectedTest(question: RunTest): readonly TestStep[] {
  const passed = passingTest(question).filter(({ step }) =>
    ['name', 'tcp', 'tls', 'our-side'].includes(step),
  );
  return testStepNames.map(
    (step): TestStep =>
      passed.find((each) => each.step === step) ??
      (step === 'association'
        ? {
            kind: 'failed',
            step,
            ms: 8,
            fault: {
              failure: { step: 'associate', cause: 'rejected', result: 1, source: 1, reason: 3 },
              findings: [],
            },
            facts: null,
          }
        : { kind: 'skipped', step, reason: { kind: 'earlier', step: 'association' } }),
  );
}

export function certificate(subject: string, issuer: string, daysLeft: number): CertificateFacts {
  return {
    subject,
    issuer,
    names: [`DNS:${subject}`],
    validFrom: '2026-01-01T00:00:00Z',
    validTo: new Date(Date.now() + daysLeft * 86_400_000).toISOString(),
    daysLeft,
    fingerprint: Array.from({ length: 32 }, (_, at) =>
      ((at * 37 + subject.length + daysLeft) % 256).toString(16).toUpperCase().padStart(2, '0'),
    ).join(':'),
    selfSigned: subject === issuer,
    isAuthority: subject === issuer,
    purposes: subject === issuer ? null : ['server', 'client'],
  };
}

const root = certificate('Example Site CA', 'Example Site CA', 2900);

export const noCertificates: CertificateList = { certificates: [], secretsAreKept: true, warnings: [] };

/** A name that is read where the record says in which letters. */
function lettersOf({ queryCharacterSet, decodeAs }: RunTest['draft']): LettersFacts | null {
  if (queryCharacterSet === 'auto' && decodeAs === null) return null;
  const asked = queryCharacterSet === 'auto' ? null : queryCharacterSet;
  return { asked, decodeAs, told: '\\ISO 2022 IR 87', name: 'Yamada^Tarou=山田^太郎=やまだ^たろう' };
}

export const someCertificates: CertificateList = {
  certificates: [
    {
      id: CertificateId.parse('c1'),
      kind: 'identity',
      certificates: [certificate('viewer7.example.org', 'Example Site CA', 5), root],
      key: 'session',
      origin: { kind: 'user' },
      addedAt: '2026-11-01T08:00:00Z',
      usedBy: ['Radiology PACS'],
    },
    {
      id: CertificateId.parse('admin:ca.pem'),
      kind: 'authorities',
      certificates: [root],
      key: null,
      origin: { kind: 'administrator', file: '/etc/gantry/servers.ini', line: 9 },
      addedAt: '2026-11-01T08:00:00Z',
      usedBy: [],
    },
  ],
  secretsAreKept: false,
  warnings: [
    {
      whose: { kind: 'identity', id: CertificateId.parse('c1') },
      subject: 'viewer7.example.org',
      validTo: '2026-11-26T00:00:00Z',
      daysLeft: 5,
      level: 'week',
    },
    {
      whose: { kind: 'server', id: ServerId.parse('a'), name: 'Radiology PACS' },
      subject: 'pacs.example.org',
      validTo: '2026-12-03T00:00:00Z',
      daysLeft: 12,
      level: 'month',
    },
  ],
};
