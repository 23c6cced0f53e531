import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderStore } from '../../../electron/archive/index.ts';
import { AeTitle } from '../../../electron/contract/ae-title.ts';
import type { IncomingInstance, StoredInstance } from '../../../electron/dataset/index.ts';
import { SopClass, verificationScp } from '../../../electron/dimse/index.ts';
import { Arrivals } from '../../../electron/transfers/arrivals.ts';
import { Ledger } from '../../../electron/transfers/ledger.ts';
import { Receiver } from '../../../electron/transfers/receiver.ts';
import { retrieve, type RetrieveMethod } from '../../../electron/transfers/retrieve.ts';
import { uidFor } from '../../support/build-dataset.ts';
import { freePort } from '../../support/peers/index.ts';
import {
  startScriptedArchive,
  type ArchivedInstance,
  type ScriptedArchive,
  type ScriptedArchiveOptions,
} from '../../support/scripted-archive.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';

const studyInstanceUid = uidFor('retrieved-study');

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder[Symbol.asyncDispose]());

describe('retrieving by C-GET', () => {
  it('proposes the SOP classes that the server lists, and asks once for all of it', async () => {
    await using archive = await start({ instances: [ct(1), ct(2), sr(1)] });

    const { ledger, thrown } = await run(archive, 'c-get');

    expect(thrown).toBeNull();
    expect(ledger.progress).toMatchObject({ expected: 3, done: 3, failed: 0 });
    expect(ledger.way).toBe('c-get');
    expect(archive.gets).toMatchObject([{ level: 'STUDY', sopInstanceUids: [] }]);
    expect(archive.gets[0]?.sopClassUids).toEqual([SopClass.CtImageStorage, SopClass.EnhancedSrStorage]);
    expect(archive.moves).toBe(0);
  });

  it('takes the modalities for the classes where the server lists none', async () => {
    await using archive = await start({ instances: [ct(1), sr(1)], tellsClasses: false });

    const { ledger } = await run(archive, 'c-get');

    expect(ledger.progress).toMatchObject({ expected: 2, done: 2, failed: 0 });
    expect(archive.gets).toHaveLength(1);
  });

  it('asks again, by instance, for what the modality did not tell the class of', async () => {
    const odd = { ...ct(9), sopClassUid: SopClass.LensometryMeasurementsStorage };
    await using archive = await start({ instances: [ct(1), odd], tellsClasses: false });

    const { ledger, thrown } = await run(archive, 'c-get');

    expect(thrown).toBeNull();
    expect(ledger.progress).toMatchObject({ expected: 2, done: 2, failed: 0 });
    expect(ledger.notices).toEqual([]);
    expect(archive.gets.slice(1).every(({ level }) => level === 'IMAGE')).toBe(true);
    expect(archive.gets.at(-1)?.sopInstanceUids).toEqual([odd.sopInstanceUid]);
    expect(archive.gets.at(-1)?.sopClassUids).toContain(odd.sopClassUid);
  });

  it('brings objects of a manufacturer’s own SOP class, too', async () => {
    const own = { ...ct(9), sopClassUid: '1.2.3.4.5' };
    await using archive = await start({ instances: [ct(1), own] });

    const { ledger } = await run(archive, 'c-get');

    expect(ledger.progress).toMatchObject({ expected: 2, done: 2, failed: 0 });
    expect(archive.gets[0]?.sopClassUids).toEqual([SopClass.CtImageStorage, own.sopClassUid]);
  });

  it('asks for the rest by instance where the server lists a class that we can not have', async () => {
    const unknown = { ...ct(9), sopClassUid: SopClass.Printer };
    await using archive = await start({ instances: [ct(1), unknown, ct(2)] });

    const { ledger } = await run(archive, 'c-get');

    expect(ledger.progress).toMatchObject({ expected: 3, done: 2, failed: 1 });
    expect(archive.gets).toMatchObject([
      { level: 'IMAGE', sopInstanceUids: [ct(1).sopInstanceUid, ct(2).sopInstanceUid] },
    ]);
    expect(ledger.outcomeOf(unknown.sopInstanceUid)?.failure).toMatchObject({ step: 'arrive' });
  });

  it('names the instance that did not come, whatever the server counted', async () => {
    const lost = { ...ct(2), sopClassUid: SopClass.MrImageStorage };
    await using archive = await start({
      instances: [ct(1), lost],
      refuses: [SopClass.MrImageStorage],
      sendsAnyway: true,
    });

    const { ledger } = await run(archive, 'c-get');

    // This archive sends on contexts that it has refused; nothing of that is taken.
    expect(ledger.outcomeOf(ct(1).sopInstanceUid)?.outcome).toBe('stored');
    expect(ledger.outcomeOf(lost.sopInstanceUid)?.outcome).toBe('failed');
    expect(ledger.reports).toHaveLength(2);
  });
});

describe('retrieving by whichever way is open', () => {
  it('falls back to C-GET on an unknown move destination, and says why', async () => {
    await using archive = await start({ instances: [ct(1)] });

    const { ledger, thrown } = await run(archive, 'auto');

    expect(thrown).toBeNull();
    expect(ledger.way).toBe('c-get');
    expect(ledger.notices).toMatchObject([
      { kind: 'other-way', way: 'c-get', failure: { step: 'respond', status: 0xa801 } },
    ]);
    expect(ledger.progress).toMatchObject({ done: 1, failed: 0 });
  });

  it('falls back where C-MOVE is not accepted at all', async () => {
    await using archive = await start({ instances: [ct(1)], refuses: [SopClass.StudyRootMove] });

    const { ledger } = await run(archive, 'auto');

    expect(ledger.way).toBe('c-get');
    expect(ledger.notices).toMatchObject([{ kind: 'other-way', failure: { step: 'negotiate' } }]);
  });

  it('says what was wrong with C-MOVE where C-GET is not accepted either', async () => {
    await using archive = await start({ instances: [ct(1)], refuses: [SopClass.StudyRootGet] });

    const { ledger, thrown } = await run(archive, 'auto');

    expect(thrown).toMatchObject({ failure: { step: 'respond', status: 0xa801 } });
    expect(ledger.way).toBe('c-move');
    expect(ledger.notices).toEqual([]);
    expect(ledger.reports).toMatchObject([{ outcome: 'failed', failure: { status: 0xa801 } }]);
  });

  it('says what was wrong with C-MOVE where C-GET brings nothing', async () => {
    await using archive = await start({ instances: [ct(1)], refuses: [SopClass.CtImageStorage] });

    const { ledger, thrown } = await run(archive, 'auto');

    expect(archive.gets.length).toBeGreaterThan(0);
    expect(thrown).toMatchObject({ failure: { step: 'respond', status: 0xa801 } });
    expect(ledger.way).toBe('c-move');
    expect(ledger.notices).toEqual([]);
    expect(ledger.progress).toMatchObject({ done: 0, failed: 1 });
  });

  it('does not ask again in another way for what only failed', async () => {
    await using archive = await start({
      instances: [ct(1)],
      onMove: async (message, { respond }) => respond(message, { 0x0900: 0xa702 }),
    });

    const { thrown } = await run(archive, 'auto');

    expect(thrown).toMatchObject({ failure: { step: 'respond', status: 0xa702 } });
    expect(archive.gets).toEqual([]);
  });
});

describe('retrieving by C-MOVE', () => {
  it('counts what had come in whole when the server went away', async () => {
    const arrivals = new Arrivals();
    await using archive = await start({
      instances: [ct(1), ct(2)],
      onMove: async (_, { connection }) => {
        arrivals.active(incoming(ct(1)));
        connection.socket.destroy();
        await pause(150);
        arrivals.stored(stored(ct(1)));
      },
    });

    const { ledger, thrown } = await run(archive, 'c-move', arrivals);

    expect(thrown).toMatchObject({ failure: { step: 'respond', cause: 'closed' } });
    expect(ledger.progress).toMatchObject({ done: 1, failed: 1 });
    expect(ledger.outcomeOf(ct(1).sopInstanceUid)?.outcome).toBe('stored');
  });

  it('does not wait for what others send meanwhile', async () => {
    const arrivals = new Arrivals();
    const others = setInterval(() => arrivals.active(incoming(ct(77))), 20);
    await using archive = await start({
      instances: [ct(1)],
      onMove: async (_, { connection }) => void connection.socket.destroy(),
    });

    const { thrown } = await run(archive, 'c-move', arrivals);

    clearInterval(others);
    expect(thrown).toMatchObject({ failure: { step: 'respond', cause: 'closed' } });
  });
});

function ct(number: number): ArchivedInstance {
  return {
    sopInstanceUid: uidFor('retrieved', 'CT', number),
    sopClassUid: SopClass.CtImageStorage,
    seriesInstanceUid: uidFor('retrieved', 'CT'),
    modality: 'CT',
  };
}

function sr(number: number): ArchivedInstance {
  return {
    sopInstanceUid: uidFor('retrieved', 'SR', number),
    sopClassUid: SopClass.EnhancedSrStorage,
    seriesInstanceUid: uidFor('retrieved', 'SR'),
    modality: 'SR',
  };
}

function incoming({ sopInstanceUid, sopClassUid }: ArchivedInstance): IncomingInstance {
  return {
    sopInstanceUid,
    sopClassUid,
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    callingAeTitle: 'ARCHIVE',
    calledAeTitle: 'GANTRY',
    remoteAddress: '127.0.0.1',
    moveOriginatorAeTitle: null,
    moveOriginatorMessageId: null,
  };
}

function stored(instance: ArchivedInstance): StoredInstance {
  const { seriesInstanceUid } = instance;
  return {
    ...incoming(instance),
    studyInstanceUid,
    seriesInstanceUid,
    bytes: 1,
    path: '',
    alreadyHere: false,
  };
}

function start(options: Omit<ScriptedArchiveOptions, 'studyInstanceUid'>): Promise<ScriptedArchive> {
  return startScriptedArchive({ ...options, studyInstanceUid });
}

async function run(archive: ScriptedArchive, method: RetrieveMethod, arrivals = new Arrivals()) {
  const receiver = new Receiver({ services: [verificationScp()], accept: () => null, onState: () => {} });
  const listenPort = await freePort();
  await receiver.start('127.0.0.1', listenPort);
  const ledger = new Ledger({ now: () => performance.now(), onChange: () => {} });
  const { host, port } = archive;
  const server = { host, port, aeTitle: AeTitle.parse('ARCHIVE'), tls: false, verifyCertificate: false };
  let thrown: unknown = null;
  try {
    await retrieve(
      {
        target: { server, callingAeTitle: 'GANTRY' },
        studyInstanceUid,
        seriesInstanceUid: null,
        method,
        listenPort,
        preferred: 'as-stored',
      },
      {
        receiver,
        arrivals,
        store: folderStore({ folder: folder.path, fsync: false }),
        heldUids: async () => [],
      },
      { ledger, phase: () => {} },
      new AbortController().signal,
    );
  } catch (error) {
    thrown = error;
  }
  await receiver.close();
  return { ledger, thrown };
}
