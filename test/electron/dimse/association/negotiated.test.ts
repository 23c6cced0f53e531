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
import { golden, pduHeaderBytes } from '../../../support/golden-pdus.ts';
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

  it('to extended negotiation is an association like any other, which says nothing of it', async () => {
    const { StudyRootFind, CtImageStorage, Verification } = SopClass;
    const extendedNegotiation = [
      // Relational queries and fuzzy matching, level 2 storage, a class that nobody knows, and nothing.
      { sopClassUid: StudyRootFind, information: Buffer.from([1, 1, 1, 1]) },
      { sopClassUid: CtImageStorage, information: Buffer.from([2, 0, 0, 1, 0, 0]) },
      { sopClassUid: '1.2.3.4', information: Buffer.alloc(500, 0xff) },
      { sopClassUid: '1.2.3.5', information: Buffer.alloc(0) },
    ];

    const { contexts, userInformation } = await answerTo([Verification, CtImageStorage], {
      extendedNegotiation,
    });

    expect(contexts.map(({ result }) => result)).toEqual([0, 0]);
    expect(userInformation.extendedNegotiation).toEqual([]);
  });

  it('reads past user information that it does not know, common extended negotiation among it', async () => {
    await using listener = await listen({ host: '127.0.0.1', port: 0, services: [verificationScp()] });
    const unknown = [0x57, 0x5a, 0x5f, 0xff].map((type) => item(type, Buffer.alloc(40, type)));
    const request = Buffer.from(golden.associateRq);
    const [head, userInformation] = [request.subarray(0, -58), request.subarray(-58)];
    const longer = Buffer.concat([head, ...unknown, userInformation]);
    longer.writeUInt32BE(longer.length - pduHeaderBytes, 2);
    longer.writeUInt16BE(58 + Buffer.concat(unknown).length, head.length - 2);
    const socket = connect(listener.port, '127.0.0.1');
    await once(socket, 'connect');
    const connection = new RawConnection(socket);

    await connection.write(longer);
    const answer = await connection.pdu();
    await connection.write(golden.echoRq);

    expect(decodeAssociateAc(answer!.body).contexts).toMatchObject([{ id: 1, result: 0 }]);
    expect((await connection.message())?.command[0x900]).toBe(0);
    socket.destroy();
  });
});

describe('what a peer answers unasked', () => {
  it('changes nothing: one operation at a time, no role, no identity, no extension', async () => {
    const proposed = [SopClass.Verification, SopClass.StudyRootFind, SopClass.CtImageStorage];
    await using peer = await takingPeer([], [], {
      asynchronousOperations: { invoked: 9, performed: 9 },
      roles: [{ sopClassUid: SopClass.CtImageStorage, scu: true, scp: true }],
      extendedNegotiation: [{ sopClassUid: SopClass.StudyRootFind, information: Buffer.from([1]) }],
      userIdentityResponse: Buffer.from('a ticket'),
    });
    const contexts = proposed.map((abstractSyntaxUid) => ({
      abstractSyntaxUid,
      transferSyntaxUids: [implicit],
    }));
    await using association = await requestAssociation(planFor(peer.port, { contexts }));

    const context = association.context(SopClass.Verification);
    const message = { command: { commandField: 0x30 }, dataset: null };
    const first = association.request(context, message);
    void first.next().catch(() => {});

    await expect(association.request(context, message).next()).rejects.toThrow('one request at a time');
    expect(association.contexts.map(({ abstractSyntaxUid }) => abstractSyntaxUid)).toEqual(proposed);
    expect(association.peer.userIdentityConfirmed).toBeUndefined();
    association.abort();
  });

  it('is known by its context ids, in whatever order they come', async () => {
    await using peer = await scriptedPeer(async (connection) => {
      const request = decodeAssociateRq((await connection.pdu())!.body);
      const contexts = request.contexts.map(({ id, transferSyntaxUids }, index) => ({
        id,
        result: index === 1 ? 3 : 0,
        transferSyntaxUid: transferSyntaxUids[0]!,
      }));
      await connection.write(
        encodeAssociateAc({ ...request, contexts: contexts.toReversed(), userInformation: nothing }),
      );
    });
    const uids = [SopClass.Verification, SopClass.StudyRootFind, SopClass.StudyRootMove];
    const contexts = uids.map((abstractSyntaxUid) => ({
      abstractSyntaxUid,
      transferSyntaxUids: [implicit],
    }));

    await using association = await requestAssociation(planFor(peer.port, { contexts }));

    expect(association.contexts.map(({ id, abstractSyntaxUid }) => [id, abstractSyntaxUid])).toEqual([
      [1, SopClass.Verification],
      [5, SopClass.StudyRootMove],
    ]);
    expect(() => association.context(SopClass.StudyRootFind)).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ step: 'negotiate', result: 3 }) }),
    );
  });
});

function item(type: number, body: Buffer): Buffer {
  const header = Buffer.from([type, 0, 0, 0]);
  header.writeUInt16BE(body.length, 2);
  return Buffer.concat([header, body]);
}
