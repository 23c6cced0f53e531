import { describe, expect, it } from 'vitest';
import type { TestFacts, TestStep, TestStepName } from '../../../../electron/contract/connection-test.ts';
import { seenInTest } from '../../../../electron/servers/observations/seen-in-test.ts';
import { runTest, serverAt, testOptions, ourSideAt } from '../../../support/connection-testing.ts';
import { startStagedArchive } from '../../../support/staged-archive.ts';

function passed(step: TestStepName, facts: TestFacts): TestStep {
  return { kind: 'passed', step, ms: 1, facts };
}

function tlsShown(step: 'tls' | 'web-tls', protocol: string): TestStep {
  return passed(step, {
    step: 'tls',
    protocol,
    cipher: '',
    chain: [],
    name: { expected: '', matches: true },
    trusted: true,
    verified: true,
    ourCertificate: 'not-asked-for',
  });
}

function imageBy(step: TestStepName, method: 'C-MOVE' | 'C-GET' | 'WADO-RS'): TestStep {
  return passed(step, {
    step: 'return-path',
    method,
    callingAeTitle: '',
    calledAeTitle: '',
    remoteAddress: '',
    port: null,
    bytes: 1,
    sopClassUid: '',
    transferSyntaxUid: '',
  });
}

describe('what a connection test has shown', () => {
  it('is the echo, the query and what the server acts as', async () => {
    await using archive = await startStagedArchive();
    await using ours = await ourSideAt();

    const { steps } = await runTest(serverAt(archive), testOptions(ours));

    expect(seenInTest(steps, null)).toEqual([
      { kind: 'worked', method: 'c-echo', purpose: 'test', tls: null },
      { kind: 'measured', role: { scp: true, scu: true } },
      { kind: 'worked', method: 'c-find', purpose: 'test', tls: null },
    ]);
  });

  it('is nothing of what failed', async () => {
    await using archive = await startStagedArchive({ echoStatus: 0x0122, findStatus: 0xa900 });
    await using ours = await ourSideAt();

    const { steps } = await runTest(serverAt(archive), testOptions(ours));

    expect(seenInTest(steps, null).map(({ kind }) => kind)).toEqual(['measured']);
  });

  it('has the version of TLS of the connection it was seen on, DICOM and DICOMweb apart', () => {
    const steps = [
      tlsShown('tls', 'TLSv1.2'),
      passed('echo', { step: 'echo', status: 0 }),
      imageBy('return-path', 'C-MOVE'),
      tlsShown('web-tls', 'TLSv1.3'),
      passed('qido', { step: 'qido', status: 200, isOffered: true }),
      passed('stow', { step: 'stow', status: 200, isOffered: true }),
      imageBy('web-image', 'WADO-RS'),
    ];

    const seen = seenInTest(steps, null).map((each) =>
      each.kind === 'worked' ? [each.method, each.tls?.protocol] : [],
    );

    expect(seen).toEqual([
      ['c-echo', 'TLSv1.2'],
      ['c-move', 'TLSv1.2'],
      // It came to our listener, which has none.
      ['c-move-store', undefined],
      ['qido-rs', 'TLSv1.3'],
      ['wado-rs', 'TLSv1.3'],
    ]);
  });

  it('has images that came to a listener with TLS as secured', () => {
    const seen = seenInTest([imageBy('return-path', 'C-MOVE')], { protocol: null });

    expect(seen).toMatchObject([
      { method: 'c-move', tls: null },
      { method: 'c-move-store', tls: { protocol: null } },
    ]);
  });

  it('is a C-GET where the image came by that', () => {
    expect(seenInTest([imageBy('return-path', 'C-GET')], null)).toMatchObject([{ method: 'c-get' }]);
  });
});
