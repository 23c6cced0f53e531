import { describe, expect, it } from 'vitest';
import { AeTitle } from '../../../electron/contract/ae-title.ts';
import { ServerId } from '../../../electron/contract/server.ts';
import type { StoredInstance } from '../../../electron/dataset/index.ts';
import { callerOf } from '../../../electron/servers/index.ts';
import { Arrivals } from '../../../electron/transfers/arrivals.ts';
import { MovedTally } from '../../../electron/transfers/moved-tally.ts';
import { TransferObserver, type Moved } from '../../../electron/transfers/transfer-observer.ts';

const ct = '1.2.840.10008.5.1.4.1.1.2';
const mr = '1.2.840.10008.5.1.4.1.1.4';
const explicit = '1.2.840.10008.1.2.1';
const jpegLs = '1.2.840.10008.1.2.4.80';

const main = { id: ServerId.parse('main'), aeTitle: AeTitle.parse('MAIN'), host: '10.0.0.1' };
const twin = { id: ServerId.parse('twin'), aeTitle: AeTitle.parse('MAIN'), host: '10.0.0.2' };
const scanner = { id: ServerId.parse('scanner'), aeTitle: AeTitle.parse('SCANNER'), host: '10.0.0.3' };
const servers = [main, twin, scanner];

function instance(fields: Partial<StoredInstance> = {}): StoredInstance {
  return {
    sopClassUid: ct,
    sopInstanceUid: '1.2.3',
    transferSyntaxUid: explicit,
    callingAeTitle: 'MAIN',
    calledAeTitle: 'GANTRY',
    remoteAddress: '10.0.0.1',
    moveOriginatorAeTitle: null,
    moveOriginatorMessageId: null,
    studyInstanceUid: '1.2',
    seriesInstanceUid: '1.2.1',
    bytes: 1_000,
    path: '/x.dcm',
    alreadyHere: false,
    ...fields,
  };
}

function watching() {
  let now = 0;
  const moved: Moved[] = [];
  const negotiated: Moved[] = [];
  const arrivals = new Arrivals();
  const observer = new TransferObserver({
    clock: () => now,
    callerOf: (incoming) => callerOf(servers, incoming),
    listenerTls: () => null,
    onMoved: (each) => moved.push(each),
    onNegotiated: (each) => negotiated.push(each),
  });
  arrivals.listen(observer);
  return {
    observer,
    moved,
    negotiated,
    /** Comes in whole, after so long. */
    comes(fields: Partial<StoredInstance>, afterMs = 100) {
      arrivals.active(instance(fields));
      now += afterMs;
      arrivals.stored(instance(fields));
    },
    passes: (ms: number) => (now += ms),
  };
}

describe('what comes', () => {
  it('counts for the retrieve that asked for it, and for nobody as sent by itself', () => {
    const scene = watching();
    const awaited = { serverId: main.id, aeTitle: 'MAIN', studyInstanceUid: '1.2' };

    using watched = scene.observer.retrieving(awaited);
    scene.comes({});
    // Some archives send by a node with another name.
    scene.comes({ callingAeTitle: 'MAIN_NODE_2', transferSyntaxUid: jpegLs });

    expect(watched.tally.objects).toEqual([
      { sopClassUid: ct, transferSyntaxUid: explicit, count: 1, bytes: 1_000, ms: 100 },
      { sopClassUid: ct, transferSyntaxUid: jpegLs, count: 1, bytes: 1_000, ms: 100 },
    ]);
    expect(scene.moved).toEqual([]);
  });

  it('counts for the one of two retrieves of a study whose server it comes from', () => {
    const scene = watching();

    using first = scene.observer.retrieving({ serverId: main.id, aeTitle: 'MAIN', studyInstanceUid: '1.2' });
    using second = scene.observer.retrieving({
      serverId: scanner.id,
      aeTitle: 'SCANNER',
      studyInstanceUid: '1.2',
    });
    scene.comes({ callingAeTitle: 'SCANNER', remoteAddress: '10.0.0.3' });

    expect(first.tally.objects).toEqual([]);
    expect(second.tally.objects).toHaveLength(1);
  });

  it('is sent by itself where another server of ours sends the same study while it is fetched', () => {
    const scene = watching();

    using watched = scene.observer.retrieving({
      serverId: main.id,
      aeTitle: 'MAIN',
      studyInstanceUid: '1.2',
    });
    scene.comes({ callingAeTitle: 'SCANNER', remoteAddress: '10.0.0.3' });
    scene.comes({ callingAeTitle: 'SCANNER', remoteAddress: '10.0.0.3', moveOriginatorAeTitle: 'GANTRY' });

    expect(watched.tally.objects).toMatchObject([{ count: 1 }]);
    expect(scene.moved[0]).toMatchObject({ serverId: 'scanner', method: 'c-store-in' });
  });

  it('is sent by itself where nobody asked, by the server of that AE title and address', () => {
    const scene = watching();

    scene.comes({ remoteAddress: '::ffff:10.0.0.2' });
    scene.comes({ callingAeTitle: 'STRANGER' });

    expect(scene.moved).toEqual([
      {
        serverId: 'twin',
        method: 'c-store-in',
        tls: null,
        objects: [{ sopClassUid: ct, transferSyntaxUid: explicit, count: 1, bytes: 1_000, ms: 100 }],
      },
    ]);
  });

  it('no longer counts for a retrieve that is over', () => {
    const scene = watching();

    const awaited = { serverId: main.id, aeTitle: 'MAIN', studyInstanceUid: '1.2' };

    scene.observer.retrieving(awaited)[Symbol.dispose]();
    scene.comes({});

    expect(scene.moved).toMatchObject([{ serverId: 'main', method: 'c-store-in' }]);
  });
});

describe('what a server sends by itself', () => {
  it('is told as negotiated once for each kind, and anew after a long pause', () => {
    const scene = watching();

    scene.comes({});
    scene.comes({});
    scene.comes({ sopClassUid: mr });
    scene.passes(60_000);
    scene.comes({}, 500);

    const told = scene.negotiated.map(({ objects }) =>
      objects.map(({ sopClassUid, count, ms }) => [sopClassUid, count, ms]),
    );
    expect(told).toEqual([
      [[ct, 1, 100]],
      [
        [ct, 2, 200],
        [mr, 1, 100],
      ],
      [[ct, 1, 500]],
    ]);
  });

  it('is remembered of no more callers than there can be of sense', () => {
    const scene = watching();

    for (let caller = 0; caller < 1_000; caller += 1) scene.comes({ callingAeTitle: `STRANGER${caller}` });
    scene.comes({});

    expect(scene.moved).toMatchObject([{ serverId: 'main', objects: [{ count: 1 }] }]);
  });
});

describe('a tally', () => {
  it('gives each kind the time from the object before, and none that passed before it began', () => {
    let now = 0;
    const tally = new MovedTally(() => now);
    const add = (sopClassUid: string, ms: number, bytes: number): void => {
      now += ms;
      tally.add({ sopClassUid, transferSyntaxUid: explicit, bytes });
    };

    now = 5_000;
    tally.begin();
    add(ct, 10, 100);
    add(mr, 1_000, 100);
    add(ct, 30, 200);

    expect(tally.objects).toEqual([
      { sopClassUid: ct, transferSyntaxUid: explicit, count: 2, bytes: 300, ms: 40 },
      { sopClassUid: mr, transferSyntaxUid: explicit, count: 1, bytes: 100, ms: 1_000 },
    ]);
  });
});
