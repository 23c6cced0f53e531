import { describe, expect, it } from 'vitest';
import { AeTitle } from '../../../electron/contract/ae-title.ts';
import type { EchoStep } from '../../../electron/contract/echo-step.ts';
import type { Failure } from '../../../electron/contract/failure.ts';
import { listen, verificationScp, type Rejection } from '../../../electron/dimse/index.ts';
import { testEcho, type PeerAddress } from '../../../electron/servers/index.ts';
import { startScriptedScp, type ScriptedScpOptions } from '../../support/scripted-scp.ts';
import { portThat } from '../../support/port-that.ts';

const never = new AbortController().signal;

function serverAt(port: number, changes: Partial<PeerAddress> = {}): PeerAddress {
  return {
    host: '127.0.0.1',
    port,
    aeTitle: AeTitle.parse('PACS1'),
    tls: false,
    verifyCertificate: true,
    ...changes,
  };
}

async function stepsOf(server: PeerAddress, signal: AbortSignal = never): Promise<EchoStep[]> {
  const steps: EchoStep[] = [];
  for await (const step of testEcho(server, { callingAeTitle: 'GANTRY' }, signal)) steps.push(step);
  return steps;
}

const named = (steps: readonly EchoStep[]): readonly string[] =>
  steps.map(({ kind, step }) => `${step} ${kind}`);

const failureIn = (steps: readonly EchoStep[]): Failure | null => {
  const last = steps.at(-1);
  return last?.kind === 'failed' ? last.failure : null;
};

describe('testEcho', () => {
  it('goes through name, TCP, association and C-ECHO, each begun, then passed with its facts', async () => {
    await using listener = await listen({ host: '127.0.0.1', port: 0, services: [verificationScp()] });

    const steps = await stepsOf(serverAt(listener.port, { host: 'localhost' }));

    expect(named(steps)).toEqual([
      'resolve running',
      'resolve passed',
      'connect running',
      'connect passed',
      'associate running',
      'associate passed',
      'echo running',
      'echo passed',
    ]);
    expect(steps[1]).toMatchObject({ addresses: expect.arrayContaining(['127.0.0.1']) });
    expect(steps[3]).toMatchObject({ address: '127.0.0.1', localAddress: '127.0.0.1' });
    expect(steps[5]).toMatchObject({
      maximumLengthBytes: expect.any(Number),
      implementationClassUid: expect.stringMatching(/^[0-9.]+$/),
    });
    expect(steps[7]).toMatchObject({ status: 0, ms: expect.any(Number) });
  });

  it('releases the association afterwards', async () => {
    const endings: number[] = [];
    await using peer = await startScriptedScp({
      onMessage: (message, conversation) => conversation.respond(message, {}),
      onEnding: (pduType) => endings.push(pduType),
    });

    await stepsOf(serverAt(peer.port));

    expect(endings).toEqual([5]);
  });

  it('tells the numbers of a rejection', async () => {
    const rejection: Rejection = { result: 1, source: 1, reason: 3 };
    await using listener = await listen({
      host: '127.0.0.1',
      port: 0,
      services: [verificationScp()],
      accept: () => rejection,
    });

    const steps = await stepsOf(serverAt(listener.port));

    expect(named(steps).slice(-2)).toEqual(['associate running', 'associate failed']);
    expect(failureIn(steps)).toEqual({ step: 'associate', cause: 'rejected', ...rejection });
  });

  it('fails at connect where nobody listens', async () => {
    const { port } = await closedPort();

    const steps = await stepsOf(serverAt(port));

    expect(named(steps).slice(-2)).toEqual(['connect running', 'connect failed']);
    expect(failureIn(steps)).toEqual({ step: 'connect', host: '127.0.0.1', port, cause: 'refused' });
  });

  it('fails at resolve where the name is unknown', async () => {
    const steps = await stepsOf(serverAt(104, { host: 'no-such-host.invalid' }));

    expect(named(steps)).toEqual(['resolve running', 'resolve failed']);
    expect(failureIn(steps)).toEqual({ step: 'resolve', host: 'no-such-host.invalid' });
  });

  it('fails at associate where the peer hangs up', async () => {
    await using peer = await portThat((socket) => socket.once('data', () => socket.end()));

    expect(failureIn(await stepsOf(serverAt(peer.port)))).toEqual({ step: 'associate', cause: 'closed' });
  });

  it('fails at associate where another protocol answers', async () => {
    await using peer = await portThat((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    );

    expect(failureIn(await stepsOf(serverAt(peer.port)))).toEqual({ step: 'associate', cause: 'malformed' });
  });

  it('fails at TLS where the peer speaks plain', async () => {
    await using listener = await listen({ host: '127.0.0.1', port: 0, services: [verificationScp()] });

    const steps = await stepsOf(serverAt(listener.port, { tls: true }));

    expect(named(steps).slice(-2)).toEqual(['tls running', 'tls failed']);
    expect(failureIn(steps)).toMatchObject({ step: 'tls' });
  });

  it.each<[string, ScriptedScpOptions, Partial<Failure>]>([
    [
      'Verification is not accepted',
      {
        accept: ({ transferSyntaxUids }) => ({ result: 3, transferSyntaxUid: transferSyntaxUids[0]! }),
        onMessage: () => {},
      },
      { step: 'negotiate', sopClassUid: '1.2.840.10008.1.1', result: 3 },
    ],
    [
      'the status is a failure',
      { onMessage: (message, { respond }) => respond(message, { 0x0900: 0x0122, 0x0902: 'not for you' }) },
      { step: 'respond', cause: 'status', command: 'C-ECHO', status: 0x0122, comment: 'not for you' },
    ],
    [
      'the peer is gone instead of answering',
      { onMessage: (_, { connection }) => void connection.socket.destroy() },
      { step: 'respond', cause: 'closed' },
    ],
  ])('fails at the echo when %s', async (_, script, failure) => {
    await using peer = await startScriptedScp(script);

    const steps = await stepsOf(serverAt(peer.port));

    expect(named(steps).slice(-2)).toEqual(['echo running', 'echo failed']);
    expect(failureIn(steps)).toMatchObject(failure);
  });

  it.each<[string, string, (canceller: AbortController) => Promise<AsyncDisposable & { port: number }>]>([
    ['does not answer the association request', 'associate running', () => portThat(() => {})],
    ['does not answer the echo', 'echo running', () => startScriptedScp({ onMessage: () => {} })],
  ])('is cancelled within a second while the peer %s', async (_, lastStep, start) => {
    const canceller = new AbortController();
    await using peer = await start(canceller);
    const steps: EchoStep[] = [];
    let cancelledAt = 0;

    const test = (async () => {
      for await (const step of testEcho(
        serverAt(peer.port),
        { callingAeTitle: 'GANTRY' },
        canceller.signal,
      )) {
        steps.push(step);
        if (named(steps).at(-1) !== lastStep) continue;
        cancelledAt = performance.now();
        canceller.abort();
      }
    })();

    await expect(test).rejects.toMatchObject({ failure: { step: 'cancelled' } });
    expect(performance.now() - cancelledAt).toBeLessThan(1000);
    expect(steps.filter(({ kind }) => kind === 'failed')).toEqual([]);
  });

  it('lets go of the peer when the reader leaves in the middle', async () => {
    let over: (pduType: number) => void;
    const ending = new Promise<number>((resolve) => (over = resolve));
    await using peer = await startScriptedScp({ onMessage: () => {}, onEnding: (pduType) => over(pduType) });

    for await (const step of testEcho(serverAt(peer.port), { callingAeTitle: 'GANTRY' }, never)) {
      if (step.step === 'echo') break;
    }

    // A-ABORT, or nothing but the end of the connection: no release is waited for.
    expect([0, 7]).toContain(await ending);
  });

  it('does nothing when it is cancelled before it begins', async () => {
    await expect(stepsOf(serverAt(1), AbortSignal.abort())).rejects.toMatchObject({
      failure: { step: 'cancelled' },
    });
  });
});

/** A port where nobody listens any more. */
async function closedPort(): Promise<{ port: number }> {
  await using opened = await portThat(() => {});
  return { port: opened.port };
}
