import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { folderStore } from '../../../electron/archive/index.ts';
import { everyAction } from '../../../electron/contract/action.ts';
import { AeTitle } from '../../../electron/contract/ae-title.ts';
import { serverDraft, ServerId, type Server, type ServerDraft } from '../../../electron/contract/server.ts';
import { readFileHeader } from '../../../electron/dataset/index.ts';
import { SopClass } from '../../../electron/dimse/index.ts';
import { Arrivals } from '../../../electron/transfers/arrivals.ts';
import { Ledger } from '../../../electron/transfers/ledger.ts';
import { observeSend } from '../../../electron/transfers/observe-send.ts';
import { Receiver } from '../../../electron/transfers/receiver.ts';
import { retrievePlan } from '../../../electron/transfers/retrieve-plan.ts';
import { sendPlan } from '../../../electron/transfers/send-plan.ts';
import type { FileToSend } from '../../../electron/transfers/send.ts';
import { TransferObserver, type Moved } from '../../../electron/transfers/transfer-observer.ts';
import { buildDataset, uidFor, writeP10 } from '../../support/build-dataset.ts';
import { startScriptedArchive } from '../../support/scripted-archive.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';
import { startTreacherousScp } from '../../support/treacherous-scp.ts';

const never = new AbortController().signal;
const studyInstanceUid = uidFor('planned-study');

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder[Symbol.asyncDispose]());

describe('a planned send', () => {
  it.each([
    { maxAssociations: 3, sendOptions: { associations: null }, most: 3 },
    { maxAssociations: 3, sendOptions: { associations: 2 }, most: 2 },
    { maxAssociations: 2, sendOptions: { associations: 8 }, most: 2 },
  ])('keeps to what the server may have: $most', async ({ most, ...record }) => {
    let underWay = 0;
    await using scp = await startTreacherousScp({
      // Nobody is answered before all that may come have come.
      treat: async () => {
        underWay += 1;
        await expect.poll(() => underWay).toBeGreaterThanOrEqual(most);
        return { kind: 'answer', status: 0 };
      },
    });

    await run(sendPlan({ files: await writeImages(6), server: () => serverAt(scp, record), callingAeTitle }));

    expect(scp.mostAtOnce).toBe(most);
    expect(scp.received).toHaveLength(6);
  });

  it('calls as the server knows us', async () => {
    await using scp = await startTreacherousScp({});

    for (const known of [null, AeTitle.parse('OTHER')]) {
      const server = () => serverAt(scp, { callingAeTitle: known });
      await run(sendPlan({ files: await writeImages(1), server, callingAeTitle }));
    }

    expect(scp.callers).toEqual(['GANTRY', 'OTHER']);
  });

  it('tries again only what has not worked', async () => {
    await using scp = await startTreacherousScp({
      treat: (index) => ({ kind: 'answer', status: index === 1 ? 0xc000 : 0 }),
    });
    const server = () => serverAt(scp, { maxAssociations: 1 });
    const plan = sendPlan({ files: await writeImages(3), server, callingAeTitle });

    const again = plan.again(await run(plan));
    await run(again!);

    expect(scp.received).toHaveLength(4);
    expect(scp.received[3]?.sopInstanceUid).toBe(scp.received[1]?.sopInstanceUid);
  });
});

describe('a planned send that is watched', () => {
  it('tells what the server has taken, in which syntax and how fast; what it refused is none of it', async () => {
    await using scp = await startTreacherousScp({
      treat: (index) => ({ kind: 'answer', status: index === 1 ? 0xc000 : 0 }),
    });
    const files = await writeImages(3);
    const { observer, negotiated } = watching();
    const server = () => serverAt(scp, { maxAssociations: 1 });

    await run(sendPlan({ files, server, callingAeTitle, observer }));

    const bytes = files[0]!.header!.bytes + files[2]!.header!.bytes;
    expect(negotiated).toMatchObject([
      {
        serverId,
        method: 'c-store',
        tls: null,
        objects: [{ sopClassUid: SopClass.CtImageStorage, count: 2, bytes }],
      },
    ]);
    expect(negotiated[0]!.objects[0]!.ms).toBeGreaterThan(0);
  });

  it('tells nothing where nothing was taken', async () => {
    await using scp = await startTreacherousScp({ treat: () => ({ kind: 'answer', status: 0xc000 }) });
    const { observer, negotiated } = watching();

    const server = () => serverAt(scp, {});
    await run(sendPlan({ files: await writeImages(1), server, callingAeTitle, observer }));

    expect(negotiated).toEqual([]);
  });

  it('counts a copy by the syntax that it was sent in', async () => {
    const [file] = await writeImages(1);
    const { observer, negotiated } = watching();
    const ledger = new Ledger({ now: () => performance.now(), onChange: () => {} });
    const transcoded = {
      fromTransferSyntaxUid: '1.2.840.10008.1.2.1',
      toTransferSyntaxUid: '1.2.840.10008.1.2.4.80',
      lossy: false,
      sopInstanceUid: '1.2.3',
    };
    const report = {
      sopInstanceUid: null,
      file: null,
      outcome: 'stored',
      status: null,
      failure: null,
    } as const;

    await observeSend(
      { serverId, tls: null, files: [file!] },
      observer,
      { ledger, phase: () => {} },
      async () => {
        ledger.enter(file!.key, { ...report, transcoded });
      },
    );

    expect(negotiated[0]!.objects).toEqual([
      {
        sopClassUid: SopClass.CtImageStorage,
        transferSyntaxUid: transcoded.toTransferSyntaxUid,
        count: 1,
        bytes: 0,
        ms: 0,
      },
    ]);
  });
});

describe('a planned retrieve', () => {
  it.each([
    { retrieveMethod: 'c-get', moves: 0, way: 'c-get' },
    { retrieveMethod: 'auto', moves: 1, way: 'c-get' },
    { retrieveMethod: 'c-move', moves: 1, way: 'c-move' },
  ] as const)(
    'goes the way that the record says: $retrieveMethod',
    async ({ retrieveMethod, moves, way }) => {
      const instance = {
        sopInstanceUid: uidFor('planned', 1),
        sopClassUid: SopClass.CtImageStorage,
        seriesInstanceUid: uidFor('planned-series'),
        modality: 'CT',
      };
      await using archive = await startScriptedArchive({ studyInstanceUid, instances: [instance] });
      const receiver = new Receiver({ services: [], accept: () => null, onState: () => {} });
      await receiver.start('127.0.0.1', 0);
      const study = {
        studyInstanceUid,
        serverId,
        patientName: '',
        patientId: '',
        studyDescription: '',
        studyDate: '',
      };

      const arrivals = new Arrivals();
      const { observer, negotiated } = watching();
      arrivals.listen(observer);
      const ledger = await run(
        retrievePlan({
          study,
          observer,
          server: () => serverAt(archive, { retrieveMethod }),
          callingAeTitle,
          tools: {
            receiver,
            arrivals,
            store: folderStore({ folder: folder.path, fsync: false }),
            heldUids: async () => [],
          },
        }),
      );

      await receiver.close();
      expect(archive.moves).toBe(moves);
      expect(ledger.way).toBe(way);
      expect(ledger.progress.done).toBe(way === 'c-get' ? 1 : 0);
      expect(negotiated.map((each) => [each.method, each.objects.length])).toEqual(
        way === 'c-get' ? [['c-get', 1]] : [],
      );
    },
  );
});

function watching() {
  const negotiated: Moved[] = [];
  const observer = new TransferObserver({
    clock: () => performance.now(),
    callerOf: () => null,
    listenerTls: () => null,
    onMoved: () => {},
    onNegotiated: (moved) => negotiated.push(moved),
  });
  return { observer, negotiated };
}

const serverId = ServerId.parse('planned');
const callingAeTitle = (): string => 'GANTRY';

function serverAt({ host, port }: { host: string; port: number }, more: Partial<ServerDraft>) {
  const draft = serverDraft({
    name: 'Planned',
    aeTitle: 'PLANNED',
    host,
    port,
    listenPort: null,
    preferredCompression: 'as-stored',
    description: '',
    tls: false,
    verifyCertificate: false,
    ...more,
  });
  const server: Server = {
    ...draft,
    id: serverId,
    origin: { kind: 'user' },
    actions: everyAction,
  };
  return { ...server, host, port, aeTitle: AeTitle.parse('PLANNED') };
}

async function run(plan: ReturnType<typeof sendPlan>): Promise<Ledger> {
  const ledger = new Ledger({ now: () => performance.now(), onChange: () => {} });
  // What ends it early is in the ledger as well.
  await plan.run({ ledger, phase: () => {} }, never).catch(() => {});
  return ledger;
}

function writeImages(count: number): Promise<readonly FileToSend[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const path = join(folder.path, `${index}.dcm`);
      const meta = {
        sopClassUid: SopClass.CtImageStorage,
        sopInstanceUid: uidFor('planned-send', index),
        transferSyntaxUid: '1.2.840.10008.1.2.1',
      };
      const dataset = buildDataset([
        ['00080016', 'UI', meta.sopClassUid],
        ['00080018', 'UI', meta.sopInstanceUid],
      ]);
      await writeP10(path, meta, dataset);
      const header = { ...(await readFileHeader(path)), path };
      return { key: `${index}`, path, file: `${index}.dcm`, header, failure: null };
    }),
  );
}
