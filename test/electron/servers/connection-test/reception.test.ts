import { describe, expect, it } from 'vitest';
import type { StoredInstance } from '../../../../electron/dataset/index.ts';
import { namesakeIn, type Call } from '../../../../electron/servers/connection-test/call-log.ts';
import { Reception, type Received } from '../../../../electron/servers/connection-test/reception.ts';

const incoming = {
  sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
  sopInstanceUid: '1.2.3',
  transferSyntaxUid: '1.2.840.10008.1.2.1',
  callingAeTitle: 'PACS1',
  calledAeTitle: 'GANTRY',
  remoteAddress: '10.0.4.12',
  moveOriginatorAeTitle: null,
  moveOriginatorMessageId: null,
};

function receptionBefore(kept: string[], told: StoredInstance[]) {
  const reception = new Reception(() => new Date('2026-01-02T03:04:05Z'));
  const storage = reception.before({
    store: {
      begin(instance) {
        kept.push(instance.sopInstanceUid);
        return {
          write: () => true,
          onDrain: () => {},
          commit: () =>
            Promise.resolve({
              ...instance,
              studyInstanceUid: '1',
              seriesInstanceUid: '2',
              bytes: 1,
              path: '/archive/x',
              alreadyHere: false,
            }),
          discard: () => Promise.resolve(),
        };
      },
    },
    preferred: () => 'as-stored',
    onStored: (stored) => told.push(stored),
  });
  return { reception, storage };
}

describe('the reception', () => {
  it('takes the one image a test awaits, counts it, and lets the archive know nothing of it', async () => {
    const kept: string[] = [];
    const told: StoredInstance[] = [];
    const received: Received[] = [];
    const { reception, storage } = receptionBefore(kept, told);
    reception.await('1.2.3', (each) => received.push(each));

    const writer = storage.store.begin(incoming);
    writer.write(Buffer.alloc(700));
    writer.write(Buffer.alloc(300));
    storage.onStored?.(await writer.commit());

    expect(received).toEqual([{ instance: incoming, bytes: 1000 }]);
    expect(kept).toEqual([]);
    expect(told).toEqual([]);
  });

  it('lets everything else pass, and the same image too once nobody awaits it', async () => {
    const kept: string[] = [];
    const told: StoredInstance[] = [];
    const { reception, storage } = receptionBefore(kept, told);
    const stop = reception.await('1.2.3', () => {});

    storage.onStored?.(await storage.store.begin({ ...incoming, sopInstanceUid: '9.9' }).commit());
    stop();
    storage.onStored?.(await storage.store.begin(incoming).commit());

    expect(kept).toEqual(['9.9', '1.2.3']);
    expect(told.map(({ sopInstanceUid }) => sopInstanceUid)).toEqual(['9.9', '1.2.3']);
  });

  it('notes who called, at which port, and whether he was let in', () => {
    const { reception } = receptionBefore([], []);
    const refuseAll = reception.noting(() => ({ result: 1, source: 1, reason: 7 }));

    const rejection = refuseAll(
      { callingAeTitle: 'PACS1', calledAeTitle: 'OLDNAME', remoteAddress: '10.0.4.12' },
      11112,
    );

    expect(rejection).toEqual({ result: 1, source: 1, reason: 7 });
    expect(reception.log.calls).toEqual([
      {
        callingAeTitle: 'PACS1',
        calledAeTitle: 'OLDNAME',
        remoteAddress: '10.0.4.12',
        port: 11112,
        accepted: false,
        at: '2026-01-02T03:04:05.000Z',
      },
    ]);
  });
});

describe('a namesake', () => {
  const call = (changes: Partial<Call>): Call => ({
    callingAeTitle: 'GANTRY',
    calledAeTitle: 'GANTRY',
    remoteAddress: '10.4.0.99',
    port: 11112,
    accepted: true,
    at: '2026-01-02T03:04:05.000Z',
    ...changes,
  });

  it('is found in the log: somebody else who calls himself as we do', () => {
    const calls = [call({ callingAeTitle: 'PACS1' }), call({}), call({ callingAeTitle: 'PACS2' })];

    expect(namesakeIn(calls, 'GANTRY', ['10.4.0.12'])?.remoteAddress).toBe('10.4.0.99');
  });

  it.each([
    ['another AE title', call({ callingAeTitle: 'GANTRY2' })],
    ['our own address', call({ remoteAddress: '::ffff:10.4.0.12' })],
    ['this computer', call({ remoteAddress: '127.0.0.1' })],
  ])('is not seen in a call from %s', (_, one) => {
    expect(namesakeIn([one], 'GANTRY', ['10.4.0.12'])).toBeNull();
  });
});
