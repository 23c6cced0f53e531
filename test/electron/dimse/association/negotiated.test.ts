import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../../electron/contract/failure.ts';
import type { InstanceStore } from '../../../../electron/dataset/index.ts';
import {
  commitmentReports,
  listen,
  planGetContexts,
  requestAssociation,
  SopClass,
  storageScp,
  verificationScp,
  type AssociationPlan,
  type CommitmentStore,
  type UserIdentityPlan,
} from '../../../../electron/dimse/index.ts';
import { decodeAssociateAc, decodeAssociateRq } from '../../../../electron/dimse/pdu/decode-pdu.ts';
import { encodeAssociateAc, encodeAssociateRq } from '../../../../electron/dimse/pdu/encode-pdu.ts';
import type { AssociateRq, UserInformation } from '../../../../electron/dimse/pdu/pdu.ts';
import { RawConnection } from '../../../support/raw-connection.ts';
import { scriptedPeer, type ScriptedPeer } from '../../../support/scripted-peer.ts';

const implicit = '1.2.840.10008.1.2';
const nothing: UserInformation = {
  maximumLengthBytes: 16_384,
  implementationClassUid: '2.25.2',
  implementationVersionName: 'RAW',
  roles: [],
  asynchronousOperations: null,
  extendedNegotiation: [],
  userIdentity: null,
  userIdentityResponse: null,
};

/** Takes one association; tells what was requested, and adds this to its answer. */
function takingPeer(
  requested: AssociateRq[],
  raw: Buffer[],
  answer: Partial<UserInformation> = {},
): Promise<ScriptedPeer> {
  return scriptedPeer(async (connection) => {
    const pdu = await connection.pdu();
    if (pdu === null) return;
    raw.push(pdu.body);
    const request = decodeAssociateRq(pdu.body);
    requested.push(request);
    await connection.write(
      encodeAssociateAc({
        ...request,
        contexts: request.contexts.map(({ id, transferSyntaxUids }) => ({
          id,
          result: 0,
          transferSyntaxUid: transferSyntaxUids[0]!,
        })),
        userInformation: { ...nothing, ...answer },
      }),
    );
  });
}

function planFor(port: number, change: Partial<AssociationPlan> = {}): AssociationPlan {
  return {
    host: '127.0.0.1',
    port,
    callingAeTitle: 'GANTRY',
    calledAeTitle: 'PEER',
    tls: null,
    contexts: [{ abstractSyntaxUid: SopClass.Verification, transferSyntaxUids: [implicit] }],
    timeouts: { associateMs: 2_000, releaseMs: 100 },
    ...change,
  };
}

describe('the roles that we propose', () => {
  it('are said once for each class, not for each context', async () => {
    const requested: AssociateRq[] = [];
    await using peer = await takingPeer(requested, []);
    const contexts = planGetContexts({
      sopClassUids: [SopClass.CtImageStorage, SopClass.EnhancedSrStorage],
      preferred: 'as-stored',
    });

    const association = await requestAssociation(planFor(peer.port, { contexts }));
    association.abort();

    expect(requested[0]!.contexts).toHaveLength(contexts.length);
    expect(requested[0]!.userInformation.roles).toEqual([
      { sopClassUid: SopClass.CtImageStorage, scu: false, scp: true },
      { sopClassUid: SopClass.EnhancedSrStorage, scu: false, scp: true },
    ]);
  });

  it('are not said where we are SCU alone', async () => {
    const requested: AssociateRq[] = [];
    await using peer = await takingPeer(requested, []);

    (await requestAssociation(planFor(peer.port))).abort();

    expect(requested[0]!.userInformation.roles).toEqual([]);
  });
});

describe('a user identity', () => {
  const passcode = 'correct horse';
  const full: UserIdentityPlan = {
    kind: 'username-and-passcode',
    username: '山田',
    passcode,
    positiveResponseRequested: true,
    evenWithoutTls: true,
  };

  it('is sent in UTF-8, just as PS3.7 §D.3.3.7 lays it out', async () => {
    const raw: Buffer[] = [];
    await using peer = await takingPeer([], raw);
    const userIdentity: UserIdentityPlan = { ...full, username: 'ab', passcode: 'xyz' };

    (await requestAssociation(planFor(peer.port, { userIdentity }))).abort();

    expect(raw[0]!.toString('hex')).toContain('5800000b 02 01 0002 6162 0003 78797a'.replaceAll(' ', ''));
  });

  it('of a name alone has an empty second field and asks for nothing', async () => {
    const requested: AssociateRq[] = [];
    await using peer = await takingPeer(requested, []);
    const userIdentity: UserIdentityPlan = { kind: 'username', username: '山田', evenWithoutTls: true };

    const association = await requestAssociation(planFor(peer.port, { userIdentity }));
    association.abort();

    expect(requested[0]!.userInformation.userIdentity).toEqual({
      type: 1,
      positiveResponseRequested: false,
      primaryField: Buffer.from('山田'),
      secondaryField: Buffer.alloc(0),
    });
    expect(association.peer).not.toHaveProperty('userIdentityConfirmed');
  });

  it.each([
    ['an answer to it, though empty', { userIdentityResponse: Buffer.alloc(0) }, true],
    ['no answer to it', {}, false],
  ])('is confirmed or not by %s', async (_, answer, confirmed) => {
    await using peer = await takingPeer([], [], answer);

    const association = await requestAssociation(planFor(peer.port, { userIdentity: full }));
    association.abort();

    expect(association.peer.userIdentityConfirmed).toBe(confirmed);
  });

  it.each<[string, UserIdentityPlan]>([
    ['in the clear', { kind: 'username', username: 'jane' }],
    ['in the clear, with a passcode', { kind: 'username-and-passcode', username: 'jane', passcode }],
    ['without a name', { ...full, username: '' }],
    ['without a passcode', { ...full, passcode: '' }],
    ['that is endless', { ...full, passcode: passcode.repeat(1_000) }],
  ])('is refused %s, before anything is sent, and without being told', async (_, userIdentity) => {
    const requested: AssociateRq[] = [];
    await using peer = await takingPeer(requested, []);

    const refused = await requestAssociation(planFor(peer.port, { userIdentity })).catch(
      (error: unknown) => error,
    );

    expect(refused).toBeInstanceOf(FailureError);
    expect(refused).toMatchObject({ failure: { step: 'input', field: 'userIdentity' } });
    expect(JSON.stringify(refused)).not.toContain('horse');
    expect(requested).toEqual([]);
    expect(peer.open).toBe(0);
  });

  it('is not told to who watches, nor kept by the association', async () => {
    await using peer = await takingPeer([], []);
    const watched: unknown[] = [];
    const association = await requestAssociation(planFor(peer.port, { userIdentity: full }), {
      observe: (event) => watched.push(event),
      onStep: (step) => watched.push(step),
    });
    association.abort();

    expect(JSON.stringify(watched)).not.toContain('horse');
    expect(watched.length).toBeGreaterThan(5);
  });
});

describe('our answer to a requestor', () => {
  const noStore: InstanceStore = {
    begin: () => {
      throw new Error('nothing is sent');
    },
  };
  const noCommitments: CommitmentStore = {
    open: async () => {},
    find: async () => null,
    settle: async () => {},
    forget: async () => {},
  };

  /** What we say in the A-ASSOCIATE-AC to this user information. */
  async function answerTo(
    sopClassUids: readonly string[],
    user: Partial<UserInformation>,
  ): Promise<ReturnType<typeof decodeAssociateAc>> {
    await using listener = await listen({
      host: '127.0.0.1',
      port: 0,
      services: [
        verificationScp(),
        storageScp({ store: noStore, preferred: () => 'as-stored' }),
        commitmentReports({ store: noCommitments }),
      ],
    });
    const socket = connect(listener.port, '127.0.0.1');
    await once(socket, 'connect');
    const connection = new RawConnection(socket);
    const request: AssociateRq = {
      protocolVersion: 1,
      calledAeTitle: 'GANTRY',
      callingAeTitle: 'PEER',
      applicationContextUid: '1.2.840.10008.3.1.1.1',
      contexts: sopClassUids.map((abstractSyntaxUid, index) => ({
        id: 2 * index + 1,
        abstractSyntaxUid,
        transferSyntaxUids: [implicit],
      })),
      userInformation: { ...nothing, ...user },
    };
    await connection.write(encodeAssociateRq(request));
    const pdu = await connection.pdu();
    socket.destroy();
    return decodeAssociateAc(pdu?.body ?? Buffer.alloc(0));
  }

  it('to asynchronous operations is one at a time, and to none is none', async () => {
    const asked = await answerTo([SopClass.Verification], {
      asynchronousOperations: { invoked: 0, performed: 16 },
    });
    const unasked = await answerTo([SopClass.Verification], {});

    expect(asked.userInformation.asynchronousOperations).toEqual({ invoked: 1, performed: 1 });
    expect(unasked.userInformation.asynchronousOperations).toBeNull();
  });

  it('gives the requestor the role that it has in each service', async () => {
    const both = (sopClassUid: string) => ({ sopClassUid, scu: true, scp: true });
    const { CtImageStorage, StorageCommitmentPushModel, StudyRootFind } = SopClass;

    const { contexts, userInformation } = await answerTo(
      [CtImageStorage, StorageCommitmentPushModel, StudyRootFind],
      { roles: [CtImageStorage, StorageCommitmentPushModel, StudyRootFind].map(both) },
    );

    expect(contexts.map(({ result }) => result)).toEqual([0, 0, 3]);
    expect(userInformation.roles).toEqual([
      { sopClassUid: CtImageStorage, scu: true, scp: false },
      { sopClassUid: StorageCommitmentPushModel, scu: false, scp: true },
    ]);
  });

  it('to a user identity is an association like any other, which confirms nothing', async () => {
    const { contexts, userInformation } = await answerTo([SopClass.Verification], {
      userIdentity: {
        type: 2,
        positiveResponseRequested: true,
        primaryField: Buffer.from('jane'),
        secondaryField: Buffer.from('horse'),
      },
    });

    expect(contexts.map(({ result }) => result)).toEqual([0]);
    expect(userInformation.userIdentityResponse).toBeNull();
    expect(userInformation.userIdentity).toBeNull();
  });
});
