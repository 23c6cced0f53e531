import { describe, expect, it } from 'vitest';
import { folderStore } from '../../../../electron/archive/index.ts';
import type { Failure } from '../../../../electron/contract/failure.ts';
import type { InstanceStore, StoredInstance } from '../../../../electron/dataset/index.ts';
import { CommandField, listen, storageScp } from '../../../../electron/dimse/index.ts';
import type { IncomingRequest } from '../../../../electron/dimse/index.ts';
import { defaultLimits } from '../../../../electron/dimse/association/listen-options.ts';
import { StoreAllowance, withoutLimits } from '../../../../electron/dimse/association/store-allowance.ts';
import type { StoreLimits } from '../../../../electron/dimse/association/store-allowance.ts';
import { receiveInstance } from '../../../../electron/dimse/scp/receive-instance.ts';
import {
  associateToStore,
  ctImageStorage,
  ctObject,
  explicitVr,
  sendObject,
  storeRequest,
} from '../../../support/raw-store.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

/** A storage SCP with these limits, in front of a store that keeps count. */
async function startScp(limits: Partial<StoreLimits>, store: InstanceStore) {
  const refused: Failure[] = [];
  const stored: StoredInstance[] = [];
  const begun: string[] = [];
  const service = storageScp({
    store: {
      begin(instance) {
        begun.push(instance.sopInstanceUid);
        return store.begin(instance);
      },
    },
    preferred: () => 'as-stored',
    onStored: (instance) => stored.push(instance),
    onRefused: (_, failure) => refused.push(failure),
  });
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    services: [service],
    limits: { store: { ...defaultLimits.store, ...limits } },
  });
  return { listener, refused, stored, begun };
}

const uidsOf = (stored: readonly StoredInstance[]): readonly string[] =>
  stored.map(({ sopInstanceUid }) => sopInstanceUid);

const beyond = (detail: string): object => ({ 0x900: 0xa700, 0x902: `Over the limit: ${detail}` });

describe('the limits of what one association stores', () => {
  it('refuse further objects, on this association and not on the next', async () => {
    await using folder = await temporaryFolder();
    const scp = await startScp({ objects: 2 }, folderStore({ folder: folder.path, fsync: false }));
    await using listener = scp.listener;
    const { connection } = await associateToStore(listener);

    const answers = [];
    for (const uid of ['1.2.1', '1.2.2', '1.2.3', '1.2.4']) {
      answers.push(await sendObject(connection, storeRequest(uid), ctObject(uid)));
    }
    const another = await associateToStore(listener);
    const last = await sendObject(another.connection, storeRequest('1.2.5'), ctObject('1.2.5'));

    const refusal = beyond('2 objects in one association');
    expect(answers).toMatchObject([{ 0x900: 0 }, { 0x900: 0 }, refusal, refusal]);
    expect(last[0x900]).toBe(0);
    expect(uidsOf(scp.stored)).toEqual(['1.2.1', '1.2.2', '1.2.5']);
    expect(scp.begun).toEqual(['1.2.1', '1.2.2', '1.2.5']);
    expect(scp.refused).toEqual([
      { step: 'storage', cause: 'limit', detail: '2 objects in one association' },
      { step: 'storage', cause: 'limit', detail: '2 objects in one association' },
    ]);
    for (const { socket } of [connection, another.connection]) socket.destroy();
  });

  it('refuse the object that brings too many bytes, and all behind it', async () => {
    await using folder = await temporaryFolder();
    const scp = await startScp({ bytes: 300_000 }, folderStore({ folder: folder.path, fsync: false }));
    await using listener = scp.listener;
    const { connection } = await associateToStore(listener);

    const answers = [];
    for (const uid of ['1.2.1', '1.2.2', '1.2.3']) {
      answers.push(await sendObject(connection, storeRequest(uid), ctObject(uid, 200_000)));
    }

    const refusal = beyond('300000 bytes in one association');
    expect(answers).toMatchObject([{ 0x900: 0 }, refusal, refusal]);
    expect(scp.begun).toEqual(['1.2.1', '1.2.2']);
    expect(uidsOf(scp.stored)).toEqual(['1.2.1']);
    connection.socket.destroy();
  });

  it('refuse an object that is too large, and take the next', async () => {
    await using folder = await temporaryFolder();
    const scp = await startScp({ objectBytes: 100_000 }, folderStore({ folder: folder.path, fsync: false }));
    await using listener = scp.listener;
    const { connection } = await associateToStore(listener);

    const large = await sendObject(connection, storeRequest('1.2.1'), ctObject('1.2.1', 5_000_000));
    const small = await sendObject(connection, storeRequest('1.2.2'), ctObject('1.2.2'));

    expect(large).toMatchObject(beyond('100000 bytes in one object'));
    expect(small[0x900]).toBe(0);
    expect(uidsOf(scp.stored)).toEqual(['1.2.2']);
    connection.socket.destroy();
  });

  it('have the rest read past, though the disk had no room for what came before', () => {
    const happened: string[] = [];
    const request: IncomingRequest = {
      association: { callingAeTitle: 'A', calledAeTitle: 'B', remoteAddress: '' },
      context: { id: 1, abstractSyntaxUid: ctImageStorage, transferSyntaxUid: explicitVr },
      command: {
        commandField: CommandField.CStoreRq,
        commandDataSetType: 1,
        affectedSopClassUid: ctImageStorage,
        affectedSopInstanceUid: '1.2.3',
      },
      allowance: new StoreAllowance({ ...withoutLimits, objectBytes: 100 }),
      respond: () => happened.push('answered'),
      pauseReading: () => happened.push('paused'),
      resumeReading: () => happened.push('resumed'),
    };
    const store: InstanceStore = {
      begin: () => ({
        write: () => false,
        onDrain: () => {},
        commit: () => Promise.reject(new Error('is not to be committed')),
        discard: () => Promise.resolve(void happened.push('discarded')),
      }),
    };

    const consumer = receiveInstance(request, { store });
    consumer!.write(Buffer.alloc(60));
    consumer!.write(Buffer.alloc(60));
    consumer!.write(Buffer.alloc(60));
    consumer!.abort();

    expect(happened).toEqual(['paused', 'discarded', 'resumed']);
  });

  it('are wide: a hundred thousand objects, four gigabytes each', () => {
    expect(defaultLimits.store).toEqual({ objects: 100_000, bytes: 2 ** 40, objectBytes: 2 ** 32 });
  });
});
