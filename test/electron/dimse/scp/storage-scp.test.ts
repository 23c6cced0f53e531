import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { folderStore, openArchive } from '../../../../electron/archive/index.ts';
import { FailureError, type StorageCause } from '../../../../electron/contract/failure.ts';
import type {
  IncomingInstance,
  InstanceStore,
  InstanceWriter,
  StoredInstance,
} from '../../../../electron/dataset/index.ts';
import { listen, storageScp, verificationScp, type Listener } from '../../../../electron/dimse/index.ts';
import { buildDataset } from '../../../support/build-dataset.ts';
import { golden } from '../../../support/golden-pdus.ts';
import { encodeCommand, encodeData } from '../../../support/raw-pdu.ts';
import {
  associateToStore,
  ctImageStorage,
  ctObject,
  explicitVr,
  sendObject,
  storeRequest,
} from '../../../support/raw-store.ts';
import { datasetBytes, fileMetaOf } from '../../../support/same-dataset.ts';
import { smallDisk } from '../../../support/small-disk.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

interface Told {
  readonly stored: StoredInstance[];
  readonly refused: [IncomingInstance, string][];
}

async function startScp(store: InstanceStore, told: Told = { stored: [], refused: [] }): Promise<Listener> {
  const service = storageScp({
    store,
    preferred: (callingAeTitle) => (callingAeTitle === 'RLESENDER' ? 'rle' : 'as-stored'),
    onStored: (stored) => told.stored.push(stored),
    onRefused: (incoming, failure) =>
      told.refused.push([incoming, failure.step === 'storage' ? failure.cause : failure.step]),
  });
  return await listen({ host: '127.0.0.1', port: 0, services: [service] });
}

/** A store whose commit waits, or fails, as the test says; it counts what was discarded. */
function scriptedStore(commit: (writer: IncomingInstance) => Promise<StoredInstance>) {
  const discarded: string[] = [];
  const store: InstanceStore = {
    begin: (instance): InstanceWriter => ({
      write: () => true,
      onDrain: () => {},
      commit: () => commit(instance),
      discard: async () => void discarded.push(instance.sopInstanceUid),
    }),
  };
  return { store, discarded };
}

function failing(cause: StorageCause): InstanceStore {
  return scriptedStore(() => Promise.reject(new FailureError({ step: 'storage', cause, detail: '' }))).store;
}

describe('the storage SCP', () => {
  it('stores the bytes of the data set as they came, and says who sent it', async () => {
    const told: Told = { stored: [], refused: [] };
    await using folder = await temporaryFolder();
    await using listener = await startScp(folderStore({ folder: folder.path, fsync: false }), told);
    const { connection } = await associateToStore(listener);
    const dataset = ctObject('1.2.3.1.1', 900_001);

    const response = await sendObject(
      connection,
      storeRequest('1.2.3.1.1', { 0x1030: 'MOVER', 0x1031: 42 }),
      dataset,
    );

    expect(response).toMatchObject({ 0x100: 0x8001, 0x120: 7, 0x800: 0x0101, 0x900: 0, 0x1000: '1.2.3.1.1' });
    const path = told.stored[0]!.path;
    expect((await datasetBytes(path)).equals(dataset)).toBe(true);
    expect(await fileMetaOf(path)).toEqual({
      sopClassUid: ctImageStorage,
      sopInstanceUid: '1.2.3.1.1',
      transferSyntaxUid: explicitVr,
    });
    expect(told.stored[0]).toMatchObject({
      callingAeTitle: 'SENDER',
      calledAeTitle: 'GANTRY',
      moveOriginatorAeTitle: 'MOVER',
      moveOriginatorMessageId: 42,
    });
    connection.socket.destroy();
  });

  it('answers success only after the store has made the object safe', async () => {
    const waiting: ((stored: StoredInstance) => void)[] = [];
    const safe = new Promise<StoredInstance>((resolve) => waiting.push(resolve));
    const order: string[] = [];
    const { store } = scriptedStore(async () => {
      const stored = await safe;
      order.push('safe');
      return stored;
    });
    await using listener = await startScp(store);
    const { connection } = await associateToStore(listener);

    await connection.send(1, { command: storeRequest('1.2.3'), dataset: ctObject('1.2.3') }, 131_072);
    const response = connection.message().then((message) => {
      order.push('answered');
      return message;
    });
    setTimeout(() => waiting[0]!({ sopInstanceUid: '1.2.3' } as StoredInstance), 50);

    await expect(response).resolves.toMatchObject({ command: { 0x900: 0 } });
    expect(order).toEqual(['safe', 'answered']);
    connection.socket.destroy();
  });

  it.each<[StorageCause, number]>([
    ['full', 0xa700],
    ['mismatch', 0xa900],
    ['unreadable', 0xc000],
    ['conflict', 0xc001],
    ['denied', 0x0110],
    ['broken', 0x0110],
  ])('answers %s with its status and a comment, and goes on', async (cause, status) => {
    const told: Told = { stored: [], refused: [] };
    await using listener = await startScp(failing(cause), told);
    const { connection } = await associateToStore(listener);

    for (const uid of ['1.2.3.1', '1.2.3.2']) {
      const response = await sendObject(connection, storeRequest(uid), ctObject(uid));
      expect(response[0x900]).toBe(status);
      expect(String(response[0x902]).length).toBeGreaterThan(0);
      expect(String(response[0x902]).length).toBeLessThanOrEqual(64);
    }
    expect(told.refused.map(([incoming, why]) => [incoming.sopInstanceUid, why])).toEqual([
      ['1.2.3.1', cause],
      ['1.2.3.2', cause],
    ]);
    connection.socket.destroy();
  });

  it('answers a bug in the store as a processing failure', async () => {
    const { store } = scriptedStore(() => Promise.reject(new TypeError('oops')));
    await using listener = await startScp(store);
    const { connection } = await associateToStore(listener);

    const response = await sendObject(connection, storeRequest('1.2.3'), ctObject('1.2.3'));

    expect(response[0x900]).toBe(0x0110);
    connection.socket.destroy();
  });

  it('discards an object whose association is lost in the middle', async () => {
    const { store, discarded } = scriptedStore(() => Promise.reject(new Error('must not be committed')));
    await using listener = await startScp(store);
    const { connection } = await associateToStore(listener);
    const dataset = ctObject('1.2.3.9', 300_000);

    const whole: Buffer[] = [];
    const write = connection.write.bind(connection);
    connection.write = async (bytes) => void whole.push(Buffer.from(bytes));
    await connection.send(1, { command: storeRequest('1.2.3.9'), dataset }, 131_072);
    await write(whole[0]!.subarray(0, 200_000));
    connection.socket.destroy();

    await expect.poll(() => discarded).toEqual(['1.2.3.9']);
  });

  it('leaves no file behind when the association is lost in the middle', async () => {
    await using folder = await temporaryFolder();
    await using listener = await startScp(folderStore({ folder: folder.path, fsync: false }));
    const { connection } = await associateToStore(listener);
    const stored = await sendObject(connection, storeRequest('1.2.3.1'), ctObject('1.2.3.1'));
    expect(stored[0x900]).toBe(0);

    const first = ctObject('1.2.3.2', 300_000);
    const write = connection.write.bind(connection);
    connection.write = (bytes) => write(Buffer.from(bytes).subarray(0, 200_000));
    await connection.send(1, { command: storeRequest('1.2.3.2'), dataset: first }, 131_072);
    connection.socket.destroy();

    await expect.poll(() => listener.associations).toBe(0);
    await expect
      .poll(async () =>
        (await readdir(folder.path, { recursive: true })).filter((name) => name.includes('.')),
      )
      .toEqual(['1.2.3.1.dcm']);
  });

  it('stops reading while the store can take no more, and starts again when it can', async () => {
    const drains: (() => void)[] = [];
    let taken = 0;
    const store: InstanceStore = {
      begin: (instance) => ({
        write(chunk) {
          taken += chunk.length;
          return false;
        },
        onDrain: (listener) => void drains.push(listener),
        commit: async () => ({ ...instance }) as StoredInstance,
        discard: async () => {},
      }),
    };
    await using listener = await startScp(store);
    const { connection } = await associateToStore(listener);
    const size = 60_000_000;
    const sent = sendObject(connection, storeRequest('1.2.3.4'), ctObject('1.2.3.4', size));

    await expect.poll(() => taken).toBeGreaterThan(0);
    await expect.poll(() => connection.socket.writableLength).toBeGreaterThan(size / 2);
    expect(taken).toBeLessThan(size / 2);
    const draining = setInterval(() => drains[0]!(), 0);

    await expect(sent).resolves.toMatchObject({ 0x900: 0 });
    clearInterval(draining);
    expect(taken).toBeGreaterThan(size);
    connection.socket.destroy();
  });

  it.each([
    ['no UID at all', { ...storeRequest('1.2'), 0x1000: '' }, 0x0117],
    ['another SOP class than that of the context', { ...storeRequest('1.2'), 0x2: '1.2.3' }, 0x0122],
  ])('refuses %s before it writes anything', async (_, command, status) => {
    const { store, discarded } = scriptedStore(() => Promise.reject(new Error('must not be committed')));
    await using listener = await startScp({
      begin(instance) {
        discarded.push('begun');
        return store.begin(instance);
      },
    });
    const { connection } = await associateToStore(listener);

    const response = await sendObject(connection, command, ctObject('1.2'));

    expect(response[0x900]).toBe(status);
    expect(discarded).toEqual([]);
    connection.socket.destroy();
  });

  it('answers a path instead of a UID with 0117H, and writes nothing', async () => {
    await using folder = await temporaryFolder();
    await using listener = await startScp(folderStore({ folder: folder.path, fsync: false }));
    const { connection } = await associateToStore(listener);
    const message = { command: storeRequest('../../etc/passwd'), dataset: ctObject('1.2') };

    await connection.send(1, message, 131_072);

    expect((await connection.message())?.command[0x900]).toBe(0x0117);
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('accepts each storage context in what that calling AE is preferred to send', async () => {
    const { store } = scriptedStore(() => Promise.reject(new Error('not used')));
    await using listener = await startScp(store);
    const rle = '1.2.840.10008.1.2.5';
    const contexts = [
      [ctImageStorage, explicitVr, rle],
      [ctImageStorage, '1.2.840.10008.1.2.4.70'],
      ['1.2.840.10008.5.1.4.1.1.4', '1.2.840.10008.1.2', explicitVr],
      ['1.2.840.10008.5.1.4.31', explicitVr],
      ['1.2.3.4.5', explicitVr],
      [ctImageStorage, '1.2.3.4.6'],
    ];

    const fromRleSender = await associateToStore(listener, { callingAeTitle: 'RLESENDER', contexts });
    const fromAnother = await associateToStore(listener, { contexts });

    const chosen = ({ accepted }: typeof fromAnother) =>
      accepted.contexts.map(({ result, transferSyntaxUids }) =>
        result === 0 ? transferSyntaxUids[0] : result,
      );
    expect(chosen(fromRleSender)).toEqual([rle, '1.2.840.10008.1.2.4.70', explicitVr, 3, 3, 4]);
    expect(chosen(fromAnother)).toEqual([explicitVr, '1.2.840.10008.1.2.4.70', explicitVr, 3, 3, 4]);
    fromRleSender.connection.socket.destroy();
    fromAnother.connection.socket.destroy();
  });

  it('keeps the parts of objects that several associations send at once apart', async () => {
    const told: Told = { stored: [], refused: [] };
    await using folder = await temporaryFolder();
    await using listener = await startScp(folderStore({ folder: folder.path, fsync: false }), told);
    const uids = Array.from({ length: 8 }, (_, index) => `1.2.3.${index + 1}`);

    await Promise.all(
      uids.map(async (uid) => {
        const { connection } = await associateToStore(listener);
        const response = await sendObject(connection, storeRequest(uid), ctObject(uid, 200_000));
        expect(response[0x900]).toBe(0);
        connection.socket.destroy();
      }),
    );

    for (const { path, sopInstanceUid } of told.stored) {
      const file = await readFile(path);
      expect(file.subarray(-200_000 - 400).includes(sopInstanceUid)).toBe(true);
    }
    expect(told.stored.map(({ sopInstanceUid }) => sopInstanceUid).sort()).toEqual(uids);
  });

  it('answers success to the same object again, and keeps the first of two that differ', async () => {
    const told: Told = { stored: [], refused: [] };
    await using folder = await temporaryFolder();
    await using listener = await startScp(folderStore({ folder: folder.path, fsync: false }), told);
    const { connection } = await associateToStore(listener);
    const command = storeRequest('1.2.3.1');

    const first = await sendObject(connection, command, ctObject('1.2.3.1'));
    const again = await sendObject(connection, command, ctObject('1.2.3.1'));
    const other = await sendObject(connection, command, ctObject('1.2.3.1', 60_000));

    expect([first, again, other].map((response) => response[0x900])).toEqual([0, 0, 0xc001]);
    expect(told.stored.map(({ alreadyHere }) => alreadyHere)).toEqual([false, true]);
    expect(told.refused.map(([, why]) => why)).toEqual(['conflict']);
    expect((await datasetBytes(told.stored[0]!.path)).equals(ctObject('1.2.3.1'))).toBe(true);
    connection.socket.destroy();
  });

  it('answers A900H where the data set is not the object that was announced, and keeps nothing', async () => {
    await using folder = await temporaryFolder();
    await using listener = await startScp(folderStore({ folder: folder.path, fsync: false }));
    const { connection } = await associateToStore(listener);

    const response = await sendObject(connection, storeRequest('1.2.3.1'), ctObject('1.2.3.2'));

    expect(response).toMatchObject({
      0x900: 0xa900,
      0x902: 'UIDs of the data set are not those of the command',
    });
    expect(await readdir(folder.path, { recursive: true })).not.toContainEqual(
      expect.stringContaining('1.2.3'),
    );
    connection.socket.destroy();
  });

  it('answers A700H while the disk is full, and takes objects again when it is not', async ({ skip }) => {
    await using folder = await temporaryFolder();
    await using disk = smallDisk(folder.path);
    if (disk === null) return skip('needs the right to mount');
    await using archive = await openArchive({ folder: folder.path });
    await using listener = await startScp(archive.store);
    const { connection } = await associateToStore(listener);

    const large = await sendObject(connection, storeRequest('1.2.3.1'), ctObject('1.2.3.1', 8_000_000));
    const small = await sendObject(connection, storeRequest('1.2.3.2'), ctObject('1.2.3.2'));

    expect(large).toMatchObject({ 0x900: 0xa700, 0x902: 'No space left' });
    expect(small[0x900]).toBe(0);
    expect(await archive.instanceUids('1.2.3')).toEqual(['1.2.3.2']);
    connection.socket.destroy();
  });

  it('keeps the object of a peer that releases without waiting for the answer', async () => {
    const told: Told = { stored: [], refused: [] };
    await using folder = await temporaryFolder();
    await using listener = await startScp(folderStore({ folder: folder.path, fsync: false }), told);
    const { connection } = await associateToStore(listener);
    const message = { command: storeRequest('1.2.3.1'), dataset: ctObject('1.2.3.1') };

    await connection.send(1, message, 131_072);
    await connection.write(golden.releaseRq);

    const said: number[] = [];
    for (let pdu = await connection.pdu(); pdu?.type === 4; pdu = await connection.pdu()) said.push(pdu.type);
    await expect.poll(() => told.stored.map(({ sopInstanceUid }) => sopInstanceUid)).toEqual(['1.2.3.1']);
    expect(said.length).toBeLessThanOrEqual(1);
    connection.socket.destroy();
  });

  it('reads past a C-CANCEL-RQ before and behind an object, and aborts for one inside it', async () => {
    const { store, discarded } = scriptedStore(async (instance) => ({ ...instance }) as StoredInstance);
    await using listener = await startScp(store);
    const { connection } = await associateToStore(listener);
    const cancel = encodeData(1, 'command', encodeCommand({ 0x100: 0x0fff, 0x120: 7, 0x800: 0x101 }), 0);
    const command = encodeData(1, 'command', encodeCommand(storeRequest('1.2.3')), 0);
    const dataset = encodeData(1, 'dataset', ctObject('1.2.3'), 131_072);

    await connection.write(Buffer.concat([...cancel, ...command, ...dataset, ...cancel]));
    const response = await connection.message();
    await connection.write(Buffer.concat([...command, ...cancel, ...dataset]));
    const end = await connection.pdu();

    expect(response?.command).toMatchObject({ 0x100: 0x8001, 0x120: 7, 0x900: 0 });
    expect(end).toEqual({ type: 7, body: Buffer.from('00000205', 'hex') });
    expect(discarded).toEqual(['1.2.3']);
    connection.socket.destroy();
  });

  it('takes private SOP classes that nobody knows only where that is allowed', async () => {
    let allowed = false;
    const told: StoredInstance[] = [];
    await using folder = await temporaryFolder();
    await using listener = await listen({
      host: '127.0.0.1',
      port: 0,
      services: [
        verificationScp(),
        storageScp({
          store: folderStore({ folder: folder.path, fsync: false }),
          preferred: () => 'as-stored',
          takesUnknownClasses: () => allowed,
          onStored: (stored) => told.push(stored),
        }),
      ],
    });
    const privateClass = '1.3.6.1.4.1.99999.5.1';
    const contexts = [
      [privateClass, explicitVr],
      // Verification, Study Root FIND, and one that the standard may have given to anything.
      ['1.2.840.10008.1.1', explicitVr],
      ['1.2.840.10008.5.1.4.1.2.2.1', explicitVr],
      ['1.2.840.10008.5.1.4.99', explicitVr],
      // A storage class of a later edition.
      ['1.2.840.10008.5.1.4.1.1.9999', explicitVr],
    ];
    const results = ({ accepted }: Awaited<ReturnType<typeof associateToStore>>) =>
      accepted.contexts.map(({ result }) => result);

    const before = await associateToStore(listener, { contexts });
    allowed = true;
    const after = await associateToStore(listener, { contexts });
    const dataset = buildDataset([
      ['00080016', 'UI', privateClass],
      ['00080018', 'UI', '1.2.3'],
      ['0020000D', 'UI', '1.2.3.1'],
      ['0020000E', 'UI', '1.2.3.2'],
    ]);
    const response = await sendObject(
      after.connection,
      storeRequest('1.2.3', { 0x2: privateClass }),
      dataset,
    );

    expect(results(before)).toEqual([3, 0, 3, 3, 0]);
    expect(results(after)).toEqual([0, 0, 3, 3, 0]);
    expect(response[0x900]).toBe(0);
    expect(told[0]).toMatchObject({ sopClassUid: privateClass, sopInstanceUid: '1.2.3' });
    for (const { connection } of [before, after]) connection.socket.destroy();
  });
});
