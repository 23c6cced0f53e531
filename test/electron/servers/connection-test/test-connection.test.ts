import { once } from 'node:events';
import { connect as connectSecurely } from 'node:tls';
import { describe, expect, it } from 'vitest';
import type { TestStep } from '../../../../electron/contract/connection-test.ts';
import { headlineOf, outcomeOf } from '../../../../electron/contract/connection-test-outcome.ts';
import { ServerId } from '../../../../electron/contract/server.ts';
import { testAll, testConnection } from '../../../../electron/servers/index.ts';
import { ourSideAt, portOf, runTest, serverAt, testOptions } from '../../../support/connection-testing.ts';
import { freePort } from '../../../support/peers/index.ts';
import { startScriptedScp } from '../../../support/scripted-scp.ts';
import { startStagedArchive } from '../../../support/staged-archive.ts';
import { portThat } from '../../../support/port-that.ts';

describe('the connection test', () => {
  it('takes its steps in order, each begun before it is told how it came out', async () => {
    await using peer = await startStagedArchive();
    await using ours = await ourSideAt();

    const { summary, steps } = await runTest(serverAt(peer), testOptions(ours));

    expect(summary).toEqual([
      'name passed',
      'tcp passed',
      'tls skipped',
      'association passed',
      'echo passed',
      'services passed',
      'query passed',
      'our-side passed',
      'return-path skipped',
    ]);
    const begun = steps.filter(({ kind }) => kind === 'running').map(({ step }) => step);
    expect(begun).toEqual([
      'name',
      'tcp',
      'association',
      'echo',
      'services',
      'query',
      'our-side',
      'return-path',
    ]);
    expect(headlineOf(outcomeOf(steps, 'now'))).toBe('READY TO QUERY; RETRIEVE NOT PROVEN');
  });

  it('skips what needs a step that failed, with the reason, but never our own side', async () => {
    await using peer = await startStagedArchive({ accept: () => ({ result: 1, source: 1, reason: 7 }) });
    await using ours = await ourSideAt();

    const tested = await runTest(serverAt(peer), testOptions(ours));

    expect(tested.summary.slice(3)).toEqual([
      'association failed',
      'echo skipped',
      'services skipped',
      'query skipped',
      'our-side passed',
      'return-path skipped',
    ]);
    for (const name of ['echo', 'services', 'query', 'return-path'] as const) {
      expect(tested.of(name)).toMatchObject({ reason: { kind: 'earlier', step: 'association' } });
    }
    expect(headlineOf(outcomeOf(tested.steps, 'now'))).toBe('NOT REACHABLE');
  });

  it('goes on after a refused echo, since a query may still be answered', async () => {
    await using peer = await startStagedArchive({ echoStatus: 0x0122 });
    await using ours = await ourSideAt();

    const { summary, steps } = await runTest(serverAt(peer), testOptions(ours));

    expect(summary).toContain('echo failed');
    expect(summary).toContain('query passed');
    expect(outcomeOf(steps, 'now').reachable.kind).toBe('proven');
  });

  it('does not take a C-MOVE of nothing for a proof', async () => {
    await using peer = await startStagedArchive();
    await using ours = await ourSideAt();

    const tested = await runTest(serverAt(peer), testOptions(ours));

    expect(tested.of('return-path')).toMatchObject({
      kind: 'skipped',
      reason: { kind: 'needs-one-image', order: { status: 0 } },
    });
  });

  it('sees a role that was declared otherwise than it is measured', async () => {
    await using peer = await startStagedArchive();
    await using ours = await ourSideAt();

    const asScu = await runTest(serverAt(peer), testOptions(ours, { declaredRole: 'scu' }));
    const asScp = await runTest(serverAt(peer), testOptions(ours, { declaredRole: 'scp' }));

    expect(asScu.findings('services')).toEqual([
      { kind: 'role-differs', declared: 'scu', measured: { scp: true, scu: true } },
    ]);
    expect(asScp.facts('services')).toMatchObject({
      declaredRole: 'scp',
      measured: { scp: true, scu: true },
    });
    expect(asScp.findings('services')).toEqual([]);
  });

  it('sees what it is entered as used for and does not offer', async () => {
    await using peer = await startStagedArchive();
    await using ours = await ourSideAt();
    const abilities = ['query', 'retrieve', 'mwl', 'print'] as const;

    const tested = await runTest(serverAt(peer), testOptions(ours, { abilities }));
    const { services } = tested.facts('services');

    expect(services).toMatchObject({ find: true, move: true, worklist: false, print: false });
    expect(tested.findings('services')).toEqual([{ kind: 'abilities-missing', abilities: ['mwl', 'print'] }]);
  });

  it('sees a server that comes in TLS where we speak none', async () => {
    await using ours = await ourSideAt();
    const deliver = async () => {
      const socket = connectSecurely({ host: '127.0.0.1', port: portOf(ours) });
      await once(socket, 'error').catch(() => []);
      socket.destroy();
      return { status: 0xa702 };
    };
    await using peer = await startStagedArchive({ deliver });

    const tested = await runTest(serverAt(peer), testOptions(ours, { sendOneImage: true }));

    expect(tested.findings('return-path')).toEqual([
      { kind: 'turned-away', remoteAddress: '127.0.0.1', cause: 'tls-peer' },
    ]);
    expect(tested.advice()?.advice.cause).toBe(
      'Main PACS comes in TLS, and this viewer takes plain DICOM only.',
    );
  });

  it('listens on the server’s own port while it awaits the image, and no longer', async () => {
    await using ours = await ourSideAt();
    const listenPort = await freePort();
    const whileMoving: unknown[] = [];
    const deliver = async () => {
      whileMoving.push((await ours.tryPort(listenPort))?.step);
      return { status: 0xa702 };
    };
    await using peer = await startStagedArchive({ deliver });

    await runTest(serverAt(peer), testOptions(ours, { sendOneImage: true, listenPort }));

    expect(whileMoving).toEqual(['listen']);
    expect(await ours.tryPort(listenPort)).toBeNull();
  });

  it.each<[string, string, () => Promise<AsyncDisposable & { port: number }>]>([
    ['association', 'a silent port', () => portThat(() => {})],
    ['echo', 'a peer that does not answer the echo', () => startScriptedScp({ onMessage: () => {} })],
    [
      'query',
      'a peer that does not answer the query',
      () =>
        startScriptedScp({
          onMessage: (message, { respond }) =>
            message.command[0x100] === 0x30 ? respond(message, {}) : undefined,
        }),
    ],
  ])('is cancelled within a second at its step %s, by %s', async (step, _, start) => {
    await using peer = await start();
    await using ours = await ourSideAt();
    const canceller = new AbortController();
    const steps: TestStep[] = [];
    let cancelledAt = 0;

    const test = (async () => {
      for await (const told of testConnection(serverAt(peer), testOptions(ours), canceller.signal)) {
        steps.push(told);
        if (told.step !== step) continue;
        setTimeout(() => {
          cancelledAt = performance.now();
          canceller.abort();
        }, 20);
      }
    })();

    await expect(test).rejects.toMatchObject({ failure: { step: 'cancelled' } });
    expect(performance.now() - cancelledAt).toBeLessThan(1_000);
    expect(steps.at(-1)).toEqual({ kind: 'running', step });
  });

  it('does nothing when it is cancelled before it begins', async () => {
    await using ours = await ourSideAt();

    await expect(
      runTest(serverAt({ port: 1 }), testOptions(ours), AbortSignal.abort()),
    ).rejects.toMatchObject({
      failure: { step: 'cancelled' },
    });
  });

  it('lets go of the peer when the reader leaves in the middle', async () => {
    await using peer = await startStagedArchive();
    await using ours = await ourSideAt();

    for await (const step of testConnection(
      serverAt(peer),
      testOptions(ours),
      new AbortController().signal,
    )) {
      if (step.kind === 'passed' && step.step === 'echo') break;
    }

    await expect.poll(() => peer.associations).toBe(0);
  });
});

describe('the test of all', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => ServerId.parse(id));
  const passed = { kind: 'passed', step: 'echo', ms: 1, facts: { step: 'echo', status: 0 } } as const;

  it('tests a few at a time and counts them off', async () => {
    let open = 0;
    let most = 0;
    const test = async function* () {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setImmediate(resolve));
      yield passed;
      open -= 1;
    };
    const done: number[] = [];

    for await (const step of testAll({ ids, test, now: () => new Date(0) }, new AbortController().signal)) {
      if (step.kind !== 'done') continue;
      done.push(step.done);
      expect(step).toMatchObject({ of: 6, steps: [passed], states: { reachable: { kind: 'proven' } } });
    }

    expect(done).toEqual([1, 2, 3, 4, 5, 6]);
    expect(most).toBe(4);
  });

  it('stops all of them at a cancel', async () => {
    const canceller = new AbortController();
    let stopped = 0;
    const test = async function* (_: unknown, signal: AbortSignal) {
      yield passed;
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      stopped += 1;
    };

    const all = (async () => {
      for await (const step of testAll({ ids, test, now: () => new Date(0) }, canceller.signal)) {
        if (step.kind === 'step') canceller.abort();
      }
    })();

    await expect(all).rejects.toMatchObject({ failure: { step: 'cancelled' } });
    expect(stopped).toBe(4);
  });
});
