import { describe, expect, it } from 'vitest';
import { AeTitle } from '../../electron/contract/ae-title.ts';
import { describeFailure } from '../../electron/contract/describe-failure.ts';
import type { EchoStep } from '../../electron/contract/echo-step.ts';
import type { Failure } from '../../electron/contract/failure.ts';
import { testEcho, type PeerAddress } from '../../electron/servers/index.ts';
import {
  freePort,
  pathOf,
  startChild,
  startDcmqrscp,
  startOrthanc,
  startStorescp,
  whichPeers,
} from '../support/peers/index.ts';

const peers = whichPeers();
const netcat = pathOf('nc');

function serverAt(place: { host: string; port: number; aeTitle?: string }, tls = false): PeerAddress {
  return {
    host: place.host,
    port: place.port,
    aeTitle: AeTitle.parse(place.aeTitle ?? 'ANY-SCP'),
    tls,
    verifyCertificate: false,
  };
}

async function stepsOf(server: PeerAddress, signal = new AbortController().signal): Promise<EchoStep[]> {
  const steps: EchoStep[] = [];
  for await (const step of testEcho(server, { callingAeTitle: 'GANTRY' }, signal)) steps.push(step);
  return steps;
}

function failureIn(steps: readonly EchoStep[]): Failure {
  const last = steps.at(-1);
  if (last?.kind !== 'failed') throw new Error('it did not fail');
  return last.failure;
}

const titleOf = (failure: Failure): string =>
  describeFailure(failure, { server: 'Main PACS', ourAeTitle: 'GANTRY' }).title;

describe('the echo test', () => {
  it.skipIf(!peers.dcmtk)('passes every step at storescp, which sees us release', async () => {
    await using peer = await startStorescp({ args: ['-d'] });

    const steps = await stepsOf(serverAt(peer));

    expect(steps.filter(({ kind }) => kind === 'passed').map(({ step }) => step)).toEqual([
      'resolve',
      'connect',
      'associate',
      'echo',
    ]);
    expect(steps[5]).toMatchObject({
      step: 'associate',
      implementationVersionName: expect.stringContaining('OFFIS'),
    });
    await expect.poll(() => peer.child.output()).toContain('Association Release');
  });

  it.skipIf(!peers.orthanc)('passes every step at Orthanc', async () => {
    await using peer = await startOrthanc({ aeTitle: 'ORTHANC', modalities: [] });

    expect((await stepsOf(serverAt(peer))).at(-1)).toMatchObject({ kind: 'passed', step: 'echo', status: 0 });
  });

  it.skipIf(!peers.dcmtk)('names a wrong called AE title at dcmqrscp', async () => {
    await using peer = await startDcmqrscp({ aeTitle: 'QR', files: [], moveDestinations: [] });

    const failure = failureIn(await stepsOf(serverAt({ ...peer, aeTitle: 'qr' })));

    expect(failure).toEqual({ step: 'associate', cause: 'rejected', result: 1, source: 1, reason: 7 });
    expect(titleOf(failure)).toBe('Main PACS refused the association: called AE title not recognised.');
  });

  it.skipIf(!peers.dcmtk)('names a refusal without a reason at storescp', async () => {
    await using peer = await startStorescp({ args: ['--refuse'] });

    const failure = failureIn(await stepsOf(serverAt(peer)));

    expect(failure).toMatchObject({ step: 'associate', cause: 'rejected' });
    expect(titleOf(failure)).toContain('Main PACS refused the association');
  });

  it('names a port where nobody listens', async () => {
    const port = await freePort();

    const failure = failureIn(await stepsOf(serverAt({ host: '127.0.0.1', port })));

    expect(failure).toEqual({ step: 'connect', host: '127.0.0.1', port, cause: 'refused' });
  });

  it.skipIf(netcat === null)('names a peer that says nothing, and can be cancelled meanwhile', async () => {
    const port = await freePort();
    await using silent = startChild(netcat ?? 'nc', ['-l', '-k', '-v', '-s', '127.0.0.1', '-p', `${port}`]);
    await expect.poll(() => silent.output()).toContain('istening');

    const canceller = new AbortController();
    const cancelled = stepsOf(serverAt({ host: '127.0.0.1', port }), canceller.signal);
    await expect.poll(() => silent.output()).toMatch(/connect/i);
    const begun = performance.now();
    canceller.abort();
    await expect(cancelled).rejects.toMatchObject({ failure: { step: 'cancelled' } });
    expect(performance.now() - begun).toBeLessThan(1000);

    const failure = failureIn(await stepsOf(serverAt({ host: '127.0.0.1', port })));
    expect(failure).toEqual({ step: 'associate', cause: 'timed-out' });
    expect(titleOf(failure)).toBe('Main PACS did not answer the association request.');
  });

  it.skipIf(!peers.dcmtk)('names TLS to a plain port', async () => {
    await using peer = await startStorescp();

    const failure = failureIn(await stepsOf(serverAt(peer, true)));

    expect(failure).toMatchObject({
      step: 'tls',
      cause: expect.stringMatching(/plain-peer|closed|timed-out/),
    });
    expect(titleOf(failure)).toContain('TLS');
  });
});
