import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { FailureError, type Failure } from '../../electron/contract/failure.ts';
import {
  SopClass,
  TransferSyntax,
  echo,
  listen,
  requestAssociation,
  verificationScp,
} from '../../electron/dimse/index.ts';
import type { AssociationPlan, ConnectStep, Listener } from '../../electron/dimse/index.ts';
import { createAuthority } from '../support/certificates.ts';
import {
  freePort,
  mustRun,
  runDcmtk,
  startChild,
  startDcmqrscp,
  startStorescp,
  untilListening,
  whichPeers,
} from '../support/peers/index.ts';
import { startCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { dcmtk } = whichPeers();

function planFor(port: number, change: Partial<AssociationPlan> = {}): AssociationPlan {
  return {
    host: '127.0.0.1',
    port,
    callingAeTitle: 'GANTRY',
    calledAeTitle: 'STORESCP',
    tls: null,
    contexts: [
      {
        abstractSyntaxUid: SopClass.Verification,
        transferSyntaxUids: [TransferSyntax.ExplicitVrLittleEndian, TransferSyntax.ImplicitVrLittleEndian],
      },
    ],
    ...change,
  };
}

function open(): Promise<Listener> {
  return listen({ host: '127.0.0.1', port: 0, services: [verificationScp()] });
}

async function failureOf(plan: AssociationPlan): Promise<Failure> {
  try {
    await using association = await requestAssociation(plan);
    await echo(association);
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error('it did not fail');
}

describe.skipIf(!dcmtk)('our echo', () => {
  it('succeeds at storescp within 200 ms, and knows who it is', async () => {
    await using peer = await startStorescp();
    const started = performance.now();

    await using association = await requestAssociation(planFor(peer.port));
    const status = await echo(association);

    expect(status).toBe(0);
    expect(performance.now() - started).toBeLessThan(200);
    expect(association.peer.implementationVersionName).toMatch(/^OFFIS_DCMTK/);
  });

  it('a hundred times on one association', async () => {
    await using peer = await startStorescp();
    await using association = await requestAssociation(planFor(peer.port));

    for (let round = 0; round < 100; round++) expect(await echo(association)).toBe(0);
  });

  it('with a called AE title that dcmqrscp does not know is rejected 1/1/7', async () => {
    await using peer = await startDcmqrscp({ aeTitle: 'QR', files: [], moveDestinations: [] });

    expect(await failureOf(planFor(peer.port, { calledAeTitle: 'NOPE' }))).toEqual({
      step: 'associate',
      cause: 'rejected',
      result: 1,
      source: 1,
      reason: 7,
    });
  });

  it('at storescp --refuse is rejected 1/1/1', async () => {
    await using peer = await startStorescp({ args: ['--refuse'] });

    expect(await failureOf(planFor(peer.port))).toEqual({
      step: 'associate',
      cause: 'rejected',
      result: 1,
      source: 1,
      reason: 1,
    });
  });

  it('at a port where nobody answers ends in time', async () => {
    const port = await freePort();
    await using child = startChild('nc', ['-l', '-k', '127.0.0.1', `${port}`]);
    await untilListening(port, child);
    const started = performance.now();

    expect(await failureOf(planFor(port, { timeouts: { associateMs: 500 } }))).toEqual({
      step: 'associate',
      cause: 'timed-out',
    });
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it('when the peer is killed under it fails at once', async () => {
    await using peer = await startStorescp();
    const association = await requestAssociation(planFor(peer.port));
    expect(await echo(association)).toBe(0);

    await peer.child.kill();
    const started = performance.now();

    await expect(echo(association)).rejects.toMatchObject({ failure: { step: 'respond', cause: 'closed' } });
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(await association.closed).toEqual({ step: 'respond', cause: 'closed' });
  });
});

describe.skipIf(!dcmtk)('our echo over TLS', () => {
  it('succeeds at storescp +tls without verification, and says whose certificate it saw', async () => {
    await using folder = await temporaryFolder();
    const authority = await createAuthority(folder.path, 'Hospital CA');
    const identity = await authority.issue('archive', { altNames: ['DNS:localhost', 'IP:127.0.0.1'] });
    const port = await freePort();
    const args = ['+tls', identity.keyFile, identity.certFile, '-ic', '-od', folder.path, `${port}`];
    await using child = startChild('storescp', args);
    await untilListening(port, child);
    const steps: ConnectStep[] = [];

    const plan = planFor(port, { host: 'localhost', tls: { verify: false } });
    const association = await requestAssociation(plan, { onStep: (step) => steps.push(step) });
    expect(await echo(association)).toBe(0);
    await association.release();

    expect(steps.find(({ kind, step }) => kind === 'passed' && step === 'tls')).toMatchObject({
      protocol: expect.stringMatching(/^TLSv1\.[23]$/),
      subject: 'archive',
      issuer: 'Hospital CA',
      verified: false,
    });
    expect(await failureOf(planFor(port, { host: 'localhost', tls: { verify: true } }))).toMatchObject({
      step: 'tls',
      cause: 'unknown-ca',
    });
  });

  it('at a plain storescp fails at TLS, and never goes on in plain', async () => {
    await using peer = await startStorescp({ args: ['-v'] });

    const failure = await failureOf(planFor(peer.port, { tls: { verify: false } }));

    // It takes the greeting for a PDU of type 16H and hangs up without a word.
    expect(failure).toMatchObject({ step: 'tls', cause: 'closed' });
    expect(peer.child.output()).not.toContain('Association Acknowledged');
  });
});

describe.skipIf(!dcmtk)('our listener', () => {
  it('answers echoscu', async () => {
    await using listener = await open();

    const { stdout, stderr } = await mustRun('echoscu', ['-v', '127.0.0.1', `${listener.port}`]);

    expect(stdout + stderr).toContain('Received Echo Response (Success)');
  });

  it('answers echoscu with 128 contexts of 38 transfer syntaxes', async () => {
    await using listener = await open();

    const args = ['-v', '-ppc', '128', '-pts', '38', '127.0.0.1', `${listener.port}`];
    const { stdout, stderr } = await mustRun('echoscu', args);

    expect(stdout + stderr).toContain('Received Echo Response (Success)');
  });

  it('answers a thousand echoes on one association, and holds on to none of them', async () => {
    const port = await freePort();
    await using folder = await temporaryFolder();
    await using child = startCli(['listen', '--port', `${port}`, '--ae', 'ANY-SCP', '--to', folder.path]);
    await expect.poll(() => child.output(), { timeout: 20_000 }).toContain('listening');
    const echoes = ['--repeat', '1000', '127.0.0.1', `${port}`];

    // A process that has just begun grows for a while, whatever it does.
    await mustRun('echoscu', echoes);
    await mustRun('echoscu', echoes);
    const before = await residentMegabytes(child.pid);
    for (let times = 0; times < 3; times += 1) await mustRun('echoscu', echoes);

    expect((await residentMegabytes(child.pid)) - before).toBeLessThan(10);
  });

  it('takes an abort of echoscu for an end like any other', async () => {
    await using listener = await open();

    await mustRun('echoscu', ['--abort', '127.0.0.1', `${listener.port}`]);

    await expect.poll(() => listener.associations).toBe(0);
  });

  it('tells echoscu which AE title it does not know', async () => {
    await using listener = await listen({
      host: '127.0.0.1',
      port: 0,
      services: [verificationScp()],
      accept: ({ calledAeTitle }) =>
        calledAeTitle === 'GANTRY' ? null : { result: 1, source: 1, reason: 7 },
    });

    const refused = await runDcmtk('echoscu', ['-aec', 'OTHER', '127.0.0.1', `${listener.port}`]);
    await mustRun('echoscu', ['-aec', 'GANTRY', '127.0.0.1', `${listener.port}`]);

    expect(refused.code).not.toBe(0);
    expect(refused.stdout + refused.stderr).toContain('Called AE Title Not Recognized');
  });

  it('answers echoscu while a hundred silent sockets are open', async () => {
    await using listener = await open();
    const silent = Array.from({ length: 100 }, () => connect({ host: '127.0.0.1', port: listener.port }));
    await Promise.all(silent.map((socket) => once(socket, 'connect')));

    const { code } = await runDcmtk('echoscu', ['-to', '2', '127.0.0.1', `${listener.port}`]);

    expect(code).toBe(0);
    for (const socket of silent) socket.destroy();
  });
});

/** Linux only, as the peers are. */
async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+([0-9]+) kB$/m.exec(status)?.[1]) / 1024;
}
