import { describe, expect, it } from 'vitest';
import { FailureError, type Failure } from '../../../../electron/contract/failure.ts';
import type { ConnectStep } from '../../../../electron/dimse/index.ts';
import { requestAssociation, SopClass, TransferSyntax } from '../../../../electron/dimse/index.ts';
import type { AssociationPlan } from '../../../../electron/dimse/index.ts';
import { golden } from '../../../support/golden-pdus.ts';
import { freePort } from '../../../support/peers/child.ts';
import type { RawConnection } from '../../../support/raw-connection.ts';
import { encodePdu } from '../../../support/raw-pdu.ts';
import { acceptAssociation, scriptedPeer } from '../../../support/scripted-peer.ts';

const verification = [
  { abstractSyntaxUid: SopClass.Verification, transferSyntaxUids: [TransferSyntax.ImplicitVrLittleEndian] },
];

function planFor(port: number, change: Partial<AssociationPlan> = {}): AssociationPlan {
  return {
    host: '127.0.0.1',
    port,
    callingAeTitle: 'GANTRY',
    calledAeTitle: 'PEER',
    tls: null,
    contexts: verification,
    timeouts: { associateMs: 2_000 },
    ...change,
  };
}

/** The failure that this ends in. */
async function failureFrom(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error('it did not fail');
}

/** Asks a peer that plays the script, and waits until no socket of it is left. */
async function failureAgainst(
  script: (peer: RawConnection) => Promise<void>,
  change: Partial<AssociationPlan> = {},
): Promise<{ failure: Failure; said: readonly string[] }> {
  await using peer = await scriptedPeer(script);
  const failure = await failureFrom(requestAssociation(planFor(peer.port, change)));
  await expect.poll(() => peer.open, { timeout: 3_000 }).toBe(0);
  return { failure, said: peer.after.map(({ type, body }) => `${type}:${body.toString('hex')}`) };
}

async function afterRequest(peer: RawConnection, answer: Buffer): Promise<void> {
  await peer.pdu();
  await peer.write(answer);
}

describe('asking for an association', () => {
  it('tells each step with what it found, and knows the peer', async () => {
    await using peer = await scriptedPeer(async (connection) => {
      await acceptAssociation(connection, { maximumLength: 16_384 });
      await connection.pdu();
      await connection.write(golden.releaseRp);
    });
    const steps: ConnectStep[] = [];

    await using association = await requestAssociation(planFor(peer.port), { onStep: (s) => steps.push(s) });

    expect(steps.map(({ kind, step }) => `${kind} ${step}`)).toEqual([
      'running resolve',
      'passed resolve',
      'running connect',
      'passed connect',
      'running associate',
      'passed associate',
    ]);
    expect(steps[1]).toMatchObject({ addresses: ['127.0.0.1'] });
    expect(steps[3]).toMatchObject({ address: '127.0.0.1', localAddress: '127.0.0.1' });
    expect(steps[5]).toMatchObject({ implementationVersionName: 'RAW', maximumLengthBytes: 16_384 });
    expect(association.peer).toEqual({
      implementationClassUid: '2.25.2',
      implementationVersionName: 'RAW',
      maximumLengthBytes: 16_384,
      address: '127.0.0.1',
    });
    expect(association.context(SopClass.Verification)).toEqual({
      id: 1,
      abstractSyntaxUid: SopClass.Verification,
      transferSyntaxUid: TransferSyntax.ImplicitVrLittleEndian,
    });
  });

  it('releases in order when it is disposed of, and ends with no failure', async () => {
    await using peer = await scriptedPeer(async (connection) => {
      await acceptAssociation(connection);
      expect((await connection.pdu())?.type).toBe(5);
      await connection.write(golden.releaseRp);
    });

    const association = await requestAssociation(planFor(peer.port));
    await association[Symbol.asyncDispose]();

    expect(await association.closed).toBeNull();
    await peer.played;
    await expect.poll(() => peer.open).toBe(0);
    expect(peer.after).toEqual([]);
  });

  it('gives more than 128 contexts back to the caller', async () => {
    const contexts = Array.from({ length: 129 }, () => verification[0]!);

    await expect(requestAssociation(planFor(1, { contexts }))).rejects.toThrow(RangeError);
  });
});

describe('a peer that does not associate', () => {
  it('cannot be found', async () => {
    const host = 'no-such-host.invalid';

    expect(await failureFrom(requestAssociation(planFor(104, { host })))).toEqual({ step: 'resolve', host });
  });

  it('refuses the connection', async () => {
    const port = await freePort();

    expect(await failureFrom(requestAssociation(planFor(port)))).toEqual({
      step: 'connect',
      host: '127.0.0.1',
      port,
      cause: 'refused',
    });
  });

  it('rejects, with the numbers of its A-ASSOCIATE-RJ', async () => {
    const { failure } = await failureAgainst((peer) => afterRequest(peer, golden.associateRj));

    expect(failure).toEqual({ step: 'associate', cause: 'rejected', result: 1, source: 1, reason: 7 });
  });

  it('aborts, with the numbers of its A-ABORT', async () => {
    const { failure } = await failureAgainst((peer) =>
      afterRequest(peer, encodePdu(7, Buffer.from([0, 0, 2, 1]))),
    );

    expect(failure).toEqual({ step: 'associate', cause: 'aborted', source: 2, reason: 1 });
  });

  it('says nothing: given up in time, with an A-ABORT and no socket left', async () => {
    const started = performance.now();
    const { failure, said } = await failureAgainst(async (peer) => void (await peer.pdu()), {
      timeouts: { associateMs: 100 },
    });

    expect(failure).toEqual({ step: 'associate', cause: 'timed-out' });
    expect(said).toEqual(['7:00000000']);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('stops in the middle of its answer', async () => {
    const half = golden.associateAc.subarray(0, 100);
    const silent = await failureAgainst((peer) => afterRequest(peer, half), {
      timeouts: { associateMs: 100 },
    });
    const gone = await failureAgainst(async (peer) => {
      await afterRequest(peer, half);
      peer.socket.end();
    });

    expect(silent.failure).toEqual({ step: 'associate', cause: 'timed-out' });
    expect(gone.failure).toEqual({ step: 'associate', cause: 'closed' });
  });

  it('closes or resets the connection', async () => {
    const closed = await failureAgainst(async (peer) => void peer.socket.end());
    const reset = await failureAgainst(async (peer) => {
      await peer.pdu();
      peer.socket.resetAndDestroy();
    });

    expect(closed.failure).toEqual({ step: 'associate', cause: 'closed' });
    expect(reset.failure).toEqual({ step: 'associate', cause: 'closed' });
  });

  it('speaks another protocol: told so by an A-ABORT for an unrecognized PDU', async () => {
    const { failure, said } = await failureAgainst((peer) =>
      afterRequest(peer, Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')),
    );

    expect(failure).toEqual({ step: 'associate', cause: 'malformed' });
    expect(said).toEqual(['7:00000201']);
  });

  it('answers with a TLS alert: it expects TLS', async () => {
    const { failure } = await failureAgainst((peer) =>
      afterRequest(peer, Buffer.from('15030100020246', 'hex')),
    );

    expect(failure).toEqual({ step: 'associate', cause: 'tls-peer' });
  });

  it('answers with what is no answer', async () => {
    const damaged = Buffer.from(golden.associateAc);
    damaged.writeUInt16BE(0xffff, 6 + 68 + 2);

    for (const answer of [damaged, golden.associateRq, golden.releaseRp, golden.echoRsp]) {
      const { failure, said } = await failureAgainst((peer) => afterRequest(peer, answer));
      expect(failure).toEqual({ step: 'associate', cause: 'malformed' });
      expect(said).toHaveLength(1);
      expect(said[0]).toMatch(/^7:00000(202|206)$/);
    }
  });

  it.each([1, 6, 7, 16, 1_023])(
    'sets a Maximum Length of %i, which nobody can work with',
    async (maximumLength) => {
      const { failure, said } = await failureAgainst(async (peer) => {
        await acceptAssociation(peer, { maximumLength });
      });

      expect(failure).toEqual({
        step: 'associate',
        cause: 'maximum-length',
        maximumLengthBytes: maximumLength,
      });
      expect(said).toEqual(['7:00000206']);
    },
  );
});

describe('cancelling', () => {
  it('before anything is open opens nothing', async () => {
    const failure = await failureFrom(requestAssociation(planFor(1), {}, AbortSignal.abort()));

    expect(failure).toEqual({ step: 'cancelled' });
  });

  it('while the peer thinks about it aborts the association', async () => {
    const cancel = new AbortController();
    await using peer = await scriptedPeer(async (connection) => {
      await connection.pdu();
      cancel.abort();
    });

    const failure = await failureFrom(requestAssociation(planFor(peer.port), {}, cancel.signal));

    expect(failure).toEqual({ step: 'cancelled' });
    await expect.poll(() => peer.open).toBe(0);
    expect(peer.after.map(({ type }) => type)).toEqual([7]);
  });

  it('between the steps stops there', async () => {
    for (const step of ['resolve', 'connect', 'associate'] as const) {
      await using peer = await scriptedPeer(async (connection) => void (await connection.pdu()));
      const cancel = new AbortController();
      const onStep = (told: ConnectStep) => {
        if (told.step === step) cancel.abort();
      };

      const failure = await failureFrom(requestAssociation(planFor(peer.port), { onStep }, cancel.signal));

      expect(failure).toEqual({ step: 'cancelled' });
      await expect.poll(() => peer.open).toBe(0);
    }
  });
});

describe('presentation contexts', () => {
  it.each([1, 2, 3, 4])(
    'refused with result %i fail by that number when they are asked for',
    async (result) => {
      await using peer = await scriptedPeer(async (connection) => {
        await acceptAssociation(connection, { result });
      });
      const association = await requestAssociation(planFor(peer.port));

      expect(association.contexts).toEqual([]);
      expect(await failureFrom((async () => association.context(SopClass.Verification))())).toEqual({
        step: 'negotiate',
        sopClassUid: SopClass.Verification,
        transferSyntaxUid: null,
        result,
      });
      association.abort();
    },
  );

  it('never proposed, or accepted in a syntax that was not proposed, do not exist', async () => {
    const wrong = Buffer.from(golden.associateAc);
    // Implicit VR Little Endian becomes 1.2.840.10008.1.3, which nobody proposed.
    wrong.write('3', 6 + 68 + 25 + 8 + 4 + 16, 'latin1');
    await using peer = await scriptedPeer((connection) => afterRequest(connection, wrong));
    const association = await requestAssociation(planFor(peer.port));

    for (const sopClassUid of [SopClass.Verification, SopClass.CtImageStorage]) {
      expect(await failureFrom((async () => association.context(sopClassUid))())).toMatchObject({
        step: 'negotiate',
        sopClassUid,
        result: 0,
      });
    }
    association.abort();
  });
});
