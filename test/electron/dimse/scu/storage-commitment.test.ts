import { describe, expect, it } from 'vitest';
import {
  encodeAttributes,
  parseDataset,
  toJson,
  type NewAttribute,
} from '../../../../electron/dataset/index.ts';
import {
  commitmentReports,
  echo,
  listen,
  nAction,
  nEventReport,
  requestCommitment,
  SopClass,
  Status,
  TransferSyntax,
  WellKnownInstance,
  type Association,
  type CommitmentReport,
  type CommitmentRequest,
  type CommitmentStore,
  type Listener,
} from '../../../../electron/dimse/index.ts';
import { associateWith } from '../../../support/associate-with.ts';
import type { RawMessage } from '../../../support/raw-connection.ts';
import type { RawCommand } from '../../../support/raw-pdu.ts';
import { startScriptedScp, type Conversation } from '../../../support/scripted-scp.ts';

const { CtImageStorage, MrImageStorage, StorageCommitmentPushModel } = SopClass;
const explicit = TransferSyntax.ExplicitVrLittleEndian;

const request: CommitmentRequest = {
  transactionUid: '1.2.3.99',
  instances: [
    { sopClassUid: CtImageStorage, sopInstanceUid: '1.2.3.1' },
    { sopClassUid: CtImageStorage, sopInstanceUid: '1.2.3.2' },
    { sopClassUid: MrImageStorage, sopInstanceUid: '1.2.3.3' },
  ],
};

const contexts = [StorageCommitmentPushModel, SopClass.Verification].map((abstractSyntaxUid) => ({
  abstractSyntaxUid,
  transferSyntaxUids: [explicit],
}));

/** As a peer of ours would: the SCP of the class, though it requests the association. */
const asScp = [{ ...contexts[0]!, roles: { scu: false, scp: true } }];

/** One that forgets with the test. */
function memoryStore() {
  const open = new Map<string, CommitmentRequest>();
  const settled: CommitmentReport[] = [];
  const store: CommitmentStore = {
    open: async (one) => void open.set(one.transactionUid, one),
    find: async (uid) => open.get(uid) ?? null,
    settle: async (report) => void settled.push(report),
    forget: async (uid) => void open.delete(uid),
  };
  return { store, open, settled };
}

type Reference = readonly [sopClassUid: string, sopInstanceUid: string, reason?: number];

function item([sopClassUid, sopInstanceUid, reason]: Reference): readonly NewAttribute[] {
  return [
    { keyword: 'ReferencedSOPClassUID', value: sopClassUid },
    { keyword: 'ReferencedSOPInstanceUID', value: sopInstanceUid },
    ...(reason === undefined ? [] : [{ keyword: 'FailureReason', value: `${reason}` }]),
  ];
}

function information(
  committed: readonly Reference[],
  failed: readonly Reference[],
  uid = '1.2.3.99',
): Buffer {
  return encodeAttributes(
    [
      { keyword: 'TransactionUID', value: uid },
      { keyword: 'ReferencedSOPSequence', value: committed.map(item) },
      ...(failed.length === 0 ? [] : [{ keyword: 'FailedSOPSequence', value: failed.map(item) }]),
    ],
    explicit,
  );
}

const allCommitted = information(
  request.instances.map(({ sopClassUid, sopInstanceUid }) => [sopClassUid, sopInstanceUid] as const),
  [],
);

describe('asking for storage commitment', () => {
  it('names every instance under the transaction, which is open before it is sent', async () => {
    const asked: RawMessage[] = [];
    const { store, open } = memoryStore();
    await using scp = await startScriptedScp({
      async onMessage(message, { respond }) {
        asked.push(message);
        expect(open.has('1.2.3.99')).toBe(true);
        await respond(message, {});
      },
    });
    await using association = await associateWith(scp, contexts);

    await requestCommitment(association, request, store);

    expect(asked[0]!.command).toMatchObject({
      0x3: StorageCommitmentPushModel,
      0x100: 0x0130,
      0x1001: WellKnownInstance.StorageCommitmentPushModel,
      0x1008: 1,
    });
    expect(toJson(parseDataset(asked[0]!.dataset!, explicit))).toEqual({
      TransactionUID: '1.2.3.99',
      ReferencedSOPSequence: request.instances.map(({ sopClassUid, sopInstanceUid }) => ({
        ReferencedSOPClassUID: sopClassUid,
        ReferencedSOPInstanceUID: sopInstanceUid,
      })),
    });
    expect([...open.keys()]).toEqual(['1.2.3.99']);
  });

  it('forgets the request where the peer refuses it', async () => {
    const { store, open } = memoryStore();
    await using scp = await startScriptedScp({
      onMessage: (message, { respond }) => respond(message, { 0x900: 0x0213 }),
    });
    await using association = await associateWith(scp, contexts);

    await expect(requestCommitment(association, request, store)).rejects.toMatchObject({
      failure: { step: 'respond', cause: 'status', command: 'N-ACTION', status: 0x0213 },
    });
    expect(open.size).toBe(0);
  });

  it('keeps the request where nobody knows what the peer made of it', async () => {
    const { store, open } = memoryStore();
    await using scp = await startScriptedScp({
      onMessage: (_, { connection }) => void connection.socket.destroy(),
    });
    await using association = await associateWith(scp, contexts);

    await expect(requestCommitment(association, request, store)).rejects.toMatchObject({
      failure: { step: 'respond', cause: 'closed' },
    });
    expect([...open.keys()]).toEqual(['1.2.3.99']);
  });

  it('opens nothing where the peer does not commit at all', async () => {
    const { store, open } = memoryStore();
    await using scp = await startScriptedScp({
      accept: () => ({ result: 3, transferSyntaxUid: explicit }),
      onMessage: () => {},
    });
    await using association = await associateWith(scp, contexts);

    await expect(requestCommitment(association, request, store)).rejects.toMatchObject({
      failure: { step: 'negotiate', result: 3 },
    });
    expect(open.size).toBe(0);
  });
});

describe('a report on the association of the request', () => {
  function report(dataset: Buffer, eventTypeId: number): { command: RawCommand; dataset: Buffer } {
    const command = {
      0x2: StorageCommitmentPushModel,
      0x100: 0x0100,
      0x110: 5,
      0x800: 1,
      0x1000: WellKnownInstance.StorageCommitmentPushModel,
      0x1002: eventTypeId,
    };
    return { command, dataset };
  }

  it.each(['before', 'after'])('is matched when it comes %s the answer to it', async (when) => {
    const answers: RawCommand[] = [];
    const send = ({ connection, requested }: Conversation) =>
      connection.send(requested.contexts[0]!.id, report(allCommitted, 1), 16_384);
    await using scp = await startScriptedScp({
      async onMessage(message, conversation) {
        const field = Number(message.command[0x100]);
        if (field === 0x8100) answers.push(message.command);
        if (field === 0x0030) await conversation.respond(message, {});
        if (field !== 0x0130) return;
        if (when === 'before') await send(conversation);
        await conversation.respond(message, {});
        if (when === 'after') await send(conversation);
      },
    });
    await using association = await associateWith(scp, contexts);
    const { store, settled } = memoryStore();
    const reports: CommitmentReport[] = [];
    using _ = association.serve(commitmentReports({ store, onReport: (one) => void reports.push(one) }));

    await requestCommitment(association, request, store);
    expect(await echo(association)).toBe(0);

    await expect.poll(() => answers.length).toBe(1);
    expect(answers[0]).toMatchObject({ 0x120: 5, 0x900: 0, 0x1002: 1 });
    expect(reports).toEqual(settled);
    expect(reports[0]).toEqual({
      transactionUid: '1.2.3.99',
      reportedBy: 'ANY-SCP',
      instances: request.instances.map((instance) => ({ ...instance, outcome: { kind: 'committed' } })),
    });
    expect(await echo(association)).toBe(0);
  });
});

describe('a report on an association of the peer', () => {
  interface Told {
    readonly reports: CommitmentReport[];
    readonly failures: unknown[];
  }

  function listenWith(store: CommitmentStore, told: Told = { reports: [], failures: [] }): Promise<Listener> {
    const service = commitmentReports({
      store,
      onReport: (report) => void told.reports.push(report),
      onStoreFailed: (error) => void told.failures.push(error),
    });
    return listen({ host: '127.0.0.1', port: 0, services: [service] });
  }

  function associateAsScp({ port }: Listener): Promise<Association> {
    return associateWith({ host: '127.0.0.1', port, aeTitle: 'GANTRY' }, asScp);
  }

  function sendReport(association: Association, dataset: Buffer | null, eventTypeId = 2) {
    const context = association.context(StorageCommitmentPushModel);
    const sopInstanceUid = WellKnownInstance.StorageCommitmentPushModel;
    const target = { context, sopClassUid: StorageCommitmentPushModel, sopInstanceUid, eventTypeId };
    return nEventReport(association, target, dataset);
  }

  async function statusOf(sent: Promise<{ status: number }>): Promise<number> {
    try {
      return (await sent).status;
    } catch (error) {
      const { failure } = error as { failure: { status: number } };
      return failure.status;
    }
  }

  it('says of each instance whether it is safe, failed and why, or was not mentioned', async () => {
    const { store } = memoryStore();
    await store.open(request);
    const told: Told = { reports: [], failures: [] };
    await using listener = await listenWith(store, told);
    await using association = await associateAsScp(listener);
    const dataset = information(
      [
        [CtImageStorage, '1.2.3.1'],
        [CtImageStorage, '1.2.3.3'],
        [CtImageStorage, '9.9.9'],
      ],
      [[CtImageStorage, '1.2.3.2', 0x0112]],
    );

    expect(await statusOf(sendReport(association, dataset))).toBe(0);

    expect(told.reports[0]).toEqual({
      transactionUid: '1.2.3.99',
      reportedBy: 'GANTRY',
      instances: [
        { ...request.instances[0], outcome: { kind: 'committed' } },
        { ...request.instances[1], outcome: { kind: 'failed', reason: 0x0112 } },
        // It is committed as another class than the one it was sent in: nobody asked for that.
        { ...request.instances[2], outcome: { kind: 'unmentioned' } },
      ],
    });
  });

  it('believes a failure, whatever else the report says of the instance', async () => {
    const { store, settled } = memoryStore();
    await store.open(request);
    await using listener = await listenWith(store);
    await using association = await associateAsScp(listener);
    const one = [CtImageStorage, '1.2.3.1'] as const;

    await sendReport(association, information([one], [one]), 1);

    expect(settled[0]?.instances[0]?.outcome).toEqual({ kind: 'failed', reason: 0 });
  });

  it('may come again', async () => {
    const { store, settled } = memoryStore();
    await store.open(request);
    await using listener = await listenWith(store);
    await using association = await associateAsScp(listener);

    expect(await statusOf(sendReport(association, allCommitted, 1))).toBe(0);
    expect(await statusOf(sendReport(association, allCommitted, 1))).toBe(0);
    expect(settled).toHaveLength(2);
  });

  it.each<[string, Buffer | null, number, number]>([
    ['on a transaction that is not ours', information([], [], '1.2.3.4'), 2, Status.InvalidArgumentValue],
    ['of no known type', allCommitted, 3, Status.NoSuchEventType],
    ['of nothing', null, 1, Status.MissingAttribute],
    ['that is no data set', Buffer.from('not a data set at all'), 1, Status.InvalidArgumentValue],
    ['that is endless', Buffer.alloc(17 * 1024 * 1024), 1, Status.ResourceLimitation],
  ])('%s is refused, and the association goes on', async (_, dataset, eventTypeId, status) => {
    const { store, settled } = memoryStore();
    await store.open(request);
    await using listener = await listenWith(store);
    await using association = await associateAsScp(listener);

    expect(await statusOf(sendReport(association, dataset, eventTypeId))).toBe(status);
    expect(settled).toEqual([]);
    expect(await statusOf(sendReport(association, allCommitted, 1))).toBe(0);
  });

  it('that could not be kept is not answered with success, and the failure is told', async () => {
    const { store } = memoryStore();
    await store.open(request);
    const broken = new Error('disk is gone');
    const told: Told = { reports: [], failures: [] };
    await using listener = await listenWith({ ...store, settle: () => Promise.reject(broken) }, told);
    await using association = await associateAsScp(listener);

    expect(await statusOf(sendReport(association, allCommitted, 1))).toBe(Status.ProcessingFailure);
    expect(told).toEqual({ reports: [], failures: [broken] });
  });

  it('is all that is taken: we commit to nothing ourselves', async () => {
    await using listener = await listenWith(memoryStore().store);
    await using association = await associateAsScp(listener);
    const context = association.context(StorageCommitmentPushModel);
    const sopInstanceUid = WellKnownInstance.StorageCommitmentPushModel;
    const target = { context, sopClassUid: StorageCommitmentPushModel, sopInstanceUid, actionTypeId: 1 };

    expect(await statusOf(nAction(association, target, allCommitted))).toBe(Status.UnrecognizedOperation);
  });
});
