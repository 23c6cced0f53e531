import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { folderStore } from '../../../../electron/archive/index.ts';
import { FailureError } from '../../../../electron/contract/failure.ts';
import type { InstanceStore, StoredInstance } from '../../../../electron/dataset/index.ts';
import {
  echo,
  get,
  getTransferSyntax,
  planGetContexts,
  SopClass,
  type Association,
  type GetOptions,
  type RetrieveResult,
  type SubOperations,
} from '../../../../electron/dimse/index.ts';
import { associateWith } from '../../../support/associate-with.ts';
import { buildDataset, type BuiltElement } from '../../../support/build-dataset.ts';
import type { RawMessage } from '../../../support/raw-connection.ts';
import { PduType, type RawCommand } from '../../../support/raw-pdu.ts';
import { startScriptedScp, type Conversation, type ScriptedScp } from '../../../support/scripted-scp.ts';
import { datasetBytes } from '../../../support/same-dataset.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const study = '1.2.3';
const series = '1.2.3.1';
const identifier = buildDataset([
  ['00080052', 'CS', 'SERIES'],
  ['0020000D', 'UI', study],
  ['0020000E', 'UI', series],
]);

interface Place {
  readonly studyUid?: string;
  readonly seriesUid?: string;
  readonly pixelBytes?: number;
  readonly before?: readonly BuiltElement[];
}

function objectOf(sopInstanceUid: string, place: Place = {}): Buffer {
  return buildDataset([
    ['00080016', 'UI', SopClass.CtImageStorage],
    ['00080018', 'UI', sopInstanceUid],
    ...(place.before ?? []),
    ['00100010', 'PN', 'DOE^JANE'],
    ['0020000D', 'UI', place.studyUid ?? study],
    ['0020000E', 'UI', place.seriesUid ?? series],
    ['7FE00010', 'OW', Buffer.alloc(place.pixelBytes ?? 50_000, 7)],
  ]);
}

/** What the archive sends of its own accord: one C-STORE, and its answer's status. */
async function storeTo(
  { connection, requested }: Conversation,
  sopInstanceUid: string,
  dataset = objectOf(sopInstanceUid),
): Promise<RawCommand> {
  const contextId = requested.contexts.find(
    ({ abstractSyntaxUid }) => abstractSyntaxUid === SopClass.CtImageStorage,
  )!.id;
  const command: RawCommand = {
    0x2: SopClass.CtImageStorage,
    0x100: 0x0001,
    0x110: 900,
    0x700: 0,
    0x800: 1,
    0x1000: sopInstanceUid,
  };
  await connection.send(contextId, { command, dataset }, 131_072);
  const answer = await connection.message();
  return answer?.command ?? {};
}

function counters(remaining: number, completed: number, failed: number): RawCommand {
  return { 0x1020: remaining, 0x1021: completed, 0x1022: failed, 0x1023: 0 };
}

function associateForGet(scp: ScriptedScp): Promise<Association> {
  const getting = planGetContexts({ sopClassUids: [SopClass.CtImageStorage], preferred: 'as-stored' });
  const verification = {
    abstractSyntaxUid: SopClass.Verification,
    transferSyntaxUids: ['1.2.840.10008.1.2'],
  };
  return associateWith(scp, [...getting, verification], { cancelGraceMs: 300, responseMs: 2_000 });
}

async function run(
  association: Association,
  options: Partial<GetOptions> & { readonly store: InstanceStore },
  signal?: AbortSignal,
): Promise<{ steps: readonly SubOperations[]; result: RetrieveResult }> {
  const steps: SubOperations[] = [];
  const getting = get(association, { identifier, ...options }, signal);
  for (let step = await getting.next(); ; step = await getting.next()) {
    if (step.done === true) return { steps, result: step.value };
    steps.push(step.value);
  }
}

/** A store that takes all and keeps nothing; it tells what was begun and what discarded. */
function tellingStore() {
  const begun: string[] = [];
  const discarded: string[] = [];
  const store: InstanceStore = {
    begin(instance) {
      begun.push(instance.sopInstanceUid);
      return {
        write: () => true,
        onDrain: () => {},
        commit: async () => ({ ...instance }) as StoredInstance,
        discard: async () => void discarded.push(instance.sopInstanceUid),
      };
    },
  };
  return { store, begun, discarded };
}

const isGet = ({ command }: RawMessage): boolean => command[0x100] === 0x0010;

describe('get', () => {
  it('stores what comes on its own association, byte for byte, and yields the counters', async () => {
    await using folder = await temporaryFolder();
    const sent = [objectOf('1.2.3.1.1', { pixelBytes: 700_001 }), objectOf('1.2.3.1.2')];
    const answers: RawCommand[] = [];
    const asked: RawMessage[] = [];
    await using scp = await startScriptedScp({
      async onMessage(message, conversation) {
        asked.push(message);
        answers.push(await storeTo(conversation, '1.2.3.1.1', sent[0]));
        await conversation.respond(message, { 0x900: 0xff00, ...counters(1, 1, 0) });
        answers.push(await storeTo(conversation, '1.2.3.1.2', sent[1]));
        await conversation.respond(message, { 0x900: 0, ...counters(0, 2, 0) });
      },
    });
    await using association = await associateForGet(scp);
    const stored: StoredInstance[] = [];

    const { steps, result } = await run(association, {
      store: folderStore({ folder: folder.path, fsync: false }),
      onStored: (instance) => void stored.push(instance),
    });

    expect(getTransferSyntax(association)).toBe('1.2.840.10008.1.2.1');
    expect(asked[0]!.command).toMatchObject({ 0x2: SopClass.StudyRootGet, 0x100: 0x0010 });
    expect(asked[0]!.dataset).toEqual(identifier);
    expect(answers).toMatchObject([
      { 0x100: 0x8001, 0x120: 900, 0x900: 0, 0x1000: '1.2.3.1.1' },
      { 0x100: 0x8001, 0x900: 0, 0x1000: '1.2.3.1.2' },
    ]);
    expect(steps).toEqual([
      { remaining: 1, completed: 1, failed: 0, warning: 0 },
      { remaining: 0, completed: 2, failed: 0, warning: 0 },
    ]);
    expect(result).toMatchObject({ status: 0, failedSopInstanceUids: [] });
    expect(stored.map(({ callingAeTitle, calledAeTitle }) => [callingAeTitle, calledAeTitle])).toEqual([
      ['ANY-SCP', 'GANTRY'],
      ['ANY-SCP', 'GANTRY'],
    ]);
    for (const [index, { path }] of stored.entries()) {
      expect((await datasetBytes(path)).equals(sent[index]!)).toBe(true);
    }
  });

  it('takes an object of a private SOP class that was asked for by its name', async () => {
    const privateClass = '1.3.6.1.4.1.99999.5.1';
    const { store, begun } = tellingStore();
    let answer: RawMessage | null = null;
    await using scp = await startScriptedScp({
      async onMessage(message, { connection, requested, respond }) {
        const context = requested.contexts.find((one) => one.abstractSyntaxUid === privateClass)!;
        const command = { 0x2: privateClass, 0x100: 1, 0x110: 9, 0x700: 0, 0x800: 1, 0x1000: '1.2.3.1.1' };
        await connection.send(context.id, { command, dataset: objectOf('1.2.3.1.1') }, 131_072);
        answer = await connection.message();
        await respond(message, { 0x900: 0, ...counters(0, 1, 0) });
      },
    });
    const contexts = planGetContexts({ sopClassUids: [privateClass], preferred: 'as-stored' });
    await using association = await associateWith(scp, contexts);

    await run(association, { store });

    expect(answer).toMatchObject({ command: { 0x100: 0x8001, 0x900: 0 } });
    expect(begun).toEqual(['1.2.3.1.1']);
  });

  it.each<[string, Place]>([
    ['of another study', { studyUid: '1.2.9' }],
    ['of another series', { seriesUid: '1.2.3.9' }],
    ['of no study', { studyUid: '' }],
    ['whose study comes late, behind much else', { studyUid: '1.2.9', before: privateBytes(200_000) }],
    ['that is large', { studyUid: '1.2.9', pixelBytes: 2_000_000 }],
    ['that is tiny', { studyUid: '1.2.9', pixelBytes: 2 }],
  ])('refuses an instance %s, keeps nothing of it, and takes the next', async (_, place) => {
    await using folder = await temporaryFolder();
    const answers: RawCommand[] = [];
    await using scp = await startScriptedScp({
      async onMessage(message, conversation) {
        answers.push(await storeTo(conversation, '1.2.3.1.8', objectOf('1.2.3.1.8', place)));
        answers.push(await storeTo(conversation, '1.2.3.1.1'));
        const failed = buildDataset([['00080058', 'UI', '1.2.3.1.8']]);
        await conversation.respond(message, { 0x900: 0xb000, ...counters(0, 1, 1) }, failed);
      },
    });
    await using association = await associateForGet(scp);
    const unasked: string[] = [];

    const { result } = await run(association, {
      store: folderStore({ folder: folder.path, fsync: false }),
      onNotAskedFor: ({ sopInstanceUid }) => void unasked.push(sopInstanceUid),
    });

    expect(answers.map((answer) => answer[0x900])).toEqual([0x0124, 0]);
    expect(unasked).toEqual(['1.2.3.1.8']);
    expect(result).toMatchObject({ status: 0xb000, failedSopInstanceUids: ['1.2.3.1.8'] });
    expect(await readdir(folder.path)).toEqual(['1.2.3.1.1.dcm']);
  });

  it('takes an instance whose study comes late, behind much else', async () => {
    await using folder = await temporaryFolder();
    const sent = objectOf('1.2.3.1.1', { before: privateBytes(300_000) });
    await using scp = await startScriptedScp({
      async onMessage(message, conversation) {
        await storeTo(conversation, '1.2.3.1.1', sent);
        await conversation.respond(message, { 0x900: 0, ...counters(0, 1, 0) });
      },
    });
    await using association = await associateForGet(scp);

    await run(association, { store: folderStore({ folder: folder.path, fsync: false }) });

    expect((await datasetBytes(`${folder.path}/1.2.3.1.1.dcm`)).equals(sent)).toBe(true);
  });

  it('refuses another instance than the one asked for before it writes anything', async () => {
    const answers: RawCommand[] = [];
    await using scp = await startScriptedScp({
      async onMessage(message, conversation) {
        answers.push(await storeTo(conversation, '1.2.3.1.8'));
        answers.push(await storeTo(conversation, '1.2.3.1.1'));
        await conversation.respond(message, { 0x900: 0, ...counters(0, 1, 1) });
      },
    });
    await using association = await associateForGet(scp);
    const { store, begun } = tellingStore();
    const one = buildDataset([
      ['00080018', 'UI', '1.2.3.1.1'],
      ['00080052', 'CS', 'IMAGE'],
      ['0020000D', 'UI', study],
      ['0020000E', 'UI', series],
    ]);

    await run(association, { store, identifier: one });

    expect(answers.map((answer) => answer[0x900])).toEqual([0x0124, 0]);
    expect(begun).toEqual(['1.2.3.1.1']);
  });

  it('tells the peer what the disk could not take, and the caller', async () => {
    const answers: RawCommand[] = [];
    await using scp = await startScriptedScp({
      async onMessage(message, conversation) {
        answers.push(await storeTo(conversation, '1.2.3.1.1'));
        await conversation.respond(message, { 0x900: 0xb000, ...counters(0, 0, 1) });
      },
    });
    await using association = await associateForGet(scp);
    const refused: string[] = [];
    const full = new FailureError({ step: 'storage', cause: 'full', detail: '' });
    const store: InstanceStore = {
      begin: () => ({
        write: () => true,
        onDrain: () => {},
        commit: () => Promise.reject(full),
        discard: async () => {},
      }),
    };

    await run(association, { store, onRefused: (_, { step }) => void refused.push(step) });

    expect(answers[0]).toMatchObject({ 0x900: 0xa700 });
    expect(refused).toEqual(['storage']);
  });

  it('discards an object whose association ends in the middle of it', async () => {
    await using scp = await startScriptedScp({
      async onMessage(_, { connection, requested }) {
        const contextId = requested.contexts[1]!.id;
        const command = { 0x2: SopClass.CtImageStorage, 0x100: 1, 0x110: 1, 0x800: 1, 0x1000: '1.2.3.1.1' };
        const write = connection.write.bind(connection);
        connection.write = (bytes) => write(Buffer.from(bytes).subarray(0, 40_000));
        await connection.send(contextId, { command, dataset: objectOf('1.2.3.1.1') }, 16_384);
        connection.socket.destroy();
      },
    });
    await using association = await associateForGet(scp);
    const { store, begun, discarded } = tellingStore();

    await expect(run(association, { store })).rejects.toMatchObject({
      failure: { step: 'respond', cause: 'closed' },
    });
    expect(begun).toEqual(['1.2.3.1.1']);
    expect(discarded).toEqual(['1.2.3.1.1']);
  });

  it('ends only when what came whole is in the store, though the peer is gone by then', async () => {
    await using scp = await startScriptedScp({
      async onMessage(_, { connection, requested }) {
        const contextId = requested.contexts[1]!.id;
        const command = { 0x2: SopClass.CtImageStorage, 0x100: 1, 0x110: 1, 0x800: 1, 0x1000: '1.2.3.1.1' };
        await connection.send(contextId, { command, dataset: objectOf('1.2.3.1.1') }, 131_072);
        connection.socket.end();
      },
    });
    await using association = await associateForGet(scp);
    const stored: string[] = [];
    const store: InstanceStore = {
      begin: (instance) => ({
        write: () => true,
        onDrain: () => {},
        commit: async () => {
          await association.closed;
          await new Promise((resolve) => setTimeout(resolve, 20));
          return { ...instance } as StoredInstance;
        },
        discard: async () => {},
      }),
    };

    const got = run(association, {
      store,
      onStored: ({ sopInstanceUid }) => void stored.push(sopInstanceUid),
    });

    await expect(got).rejects.toMatchObject({ failure: { step: 'respond', cause: 'closed' } });
    expect(stored).toEqual(['1.2.3.1.1']);
  });

  it('does not take our own slowness for silence of the peer', async () => {
    await using scp = await startScriptedScp({
      async onMessage(message, conversation) {
        await storeTo(conversation, '1.2.3.1.1');
        await conversation.respond(message, { 0x900: 0, ...counters(0, 1, 0) });
      },
    });
    const contexts = planGetContexts({ sopClassUids: [SopClass.CtImageStorage], preferred: 'as-stored' });
    await using association = await associateWith(scp, contexts, { responseMs: 50 });
    const store: InstanceStore = {
      begin: (instance) => ({
        write: () => true,
        onDrain: () => {},
        commit: () =>
          new Promise((resolve) => setTimeout(() => resolve({ ...instance } as StoredInstance), 300)),
        discard: async () => {},
      }),
    };

    await expect(run(association, { store })).resolves.toMatchObject({ result: { status: 0 } });
  });
});

describe('cancelling a get', () => {
  it('sends C-CANCEL, takes what was on its way, and leaves the association good', async () => {
    const fields: number[] = [];
    await using scp = await startScriptedScp({
      async onMessage(message, conversation) {
        fields.push(Number(message.command[0x100]));
        if (!isGet(message)) return await conversation.respond(message, {});
        await conversation.respond(message, { 0x900: 0xff00, ...counters(9, 0, 0) });
        const cancel = await conversation.connection.message();
        fields.push(Number(cancel?.command[0x100]));
        expect((await storeTo(conversation, '1.2.3.1.1'))[0x900]).toBe(0);
        await conversation.respond(message, { 0x900: 0xfe00, ...counters(8, 1, 0) });
      },
    });
    await using association = await associateForGet(scp);
    const { store, begun } = tellingStore();
    const stop = new AbortController();
    const getting = get(association, { identifier, store }, stop.signal);

    await getting.next();
    stop.abort();

    await expect(getting.next()).rejects.toMatchObject({ failure: { step: 'cancelled' } });
    expect(begun).toEqual(['1.2.3.1.1']);
    expect(await echo(association)).toBe(0);
    expect(fields).toEqual([0x0010, 0x0fff, 0x0030]);
  });

  it('by leaving the loop early does the same', async () => {
    const fields: number[] = [];
    await using scp = await startScriptedScp({
      async onMessage(message, conversation) {
        if (!isGet(message)) return await conversation.respond(message, {});
        await conversation.respond(message, { 0x900: 0xff00, ...counters(9, 0, 0) });
        fields.push(Number((await conversation.connection.message())?.command[0x100]));
        await conversation.respond(message, { 0x900: 0xfe00, ...counters(9, 0, 0) });
      },
    });
    await using association = await associateForGet(scp);

    for await (const step of get(association, { identifier, store: tellingStore().store })) {
      expect(step.remaining).toBe(9);
      break;
    }

    expect(fields).toEqual([0x0fff]);
    expect(await echo(association)).toBe(0);
  });

  it('aborts a peer that goes on and on', async () => {
    const endings: number[] = [];
    await using scp = await startScriptedScp({
      async onMessage(message, conversation) {
        await conversation.respond(message, { 0x900: 0xff00, ...counters(9, 0, 0) });
        await conversation.connection.message();
        for (let number = 1; conversation.connection.last?.type === PduType.Data; number++) {
          await storeTo(conversation, `1.2.3.1.${number}`);
        }
        endings.push(conversation.connection.last?.type ?? 0);
      },
    });
    await using association = await associateForGet(scp);
    const stop = new AbortController();
    const getting = get(association, { identifier, store: tellingStore().store }, stop.signal);

    await getting.next();
    stop.abort();

    await expect(getting.next()).rejects.toMatchObject({ failure: { step: 'cancelled' } });
    expect(await association.closed).toBeNull();
    await expect.poll(() => endings).toEqual([PduType.Abort]);
  });
});

describe('a C-STORE that comes unasked', () => {
  it('ends the association, and nothing is stored', async () => {
    await using scp = await startScriptedScp({
      async onMessage(message, conversation) {
        if (isGet(message)) await conversation.respond(message, {});
        else await storeTo(conversation, '1.2.3.1.1');
      },
    });
    await using association = await associateForGet(scp);
    const { store, begun } = tellingStore();
    await run(association, { store });

    await expect(echo(association)).rejects.toMatchObject({
      failure: { step: 'respond', cause: 'malformed' },
    });
    expect(begun).toEqual([]);
  });
});

/** A private block of that many bytes, before the patient and the study. */
function privateBytes(bytes: number): readonly BuiltElement[] {
  return [
    ['00090010', 'LO', 'GANTRY TEST'],
    ['00091001', 'UN', Buffer.alloc(bytes, 1)],
  ];
}
