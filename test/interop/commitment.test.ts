import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  commitmentReports,
  echo,
  listen,
  requestCommitment,
  SopClass,
  TransferSyntax,
  verificationScp,
  type CommitmentReport,
  type CommitmentStore,
  type InstanceReference,
  type Listener,
} from '../../electron/dimse/index.ts';
import { associateWith } from '../support/associate-with.ts';
import { uidFor } from '../support/build-dataset.ts';
import { openCommitmentFile } from '../support/commitment-file.ts';
import { startOrthanc, whichPeers } from '../support/peers/index.ts';
import { writeSyntheticStudy, type SyntheticFile } from '../support/synthetic-study.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const peers = whichPeers();
const isHere = peers.orthanc && peers.dcmtk;

const contexts = [SopClass.StorageCommitmentPushModel, SopClass.Verification].map((abstractSyntaxUid) => ({
  abstractSyntaxUid,
  transferSyntaxUids: [TransferSyntax.ExplicitVrLittleEndian, TransferSyntax.ImplicitVrLittleEndian],
}));

const missing: InstanceReference = {
  sopClassUid: SopClass.CtImageStorage,
  sopInstanceUid: uidFor('never-sent'),
};

function writeStudy(folder: string): Promise<readonly SyntheticFile[]> {
  return writeSyntheticStudy(folder, {
    patientName: 'SAFE^KEEPING',
    patientId: 'S1',
    studyDate: '20260101',
    series: [{ modality: 'CT', instances: 3 }],
  });
}

function startArchive(files: readonly SyntheticFile[], ourPort: number): ReturnType<typeof startOrthanc> {
  return startOrthanc({
    aeTitle: 'ORTHANC',
    files: files.map(({ path }) => path),
    modalities: [{ aeTitle: 'GANTRY', host: '127.0.0.1', port: ourPort }],
    configuration: {
      DicomModalities: {
        GANTRY: { AET: 'GANTRY', Host: '127.0.0.1', Port: ourPort, AllowStorageCommitment: true },
      },
    },
  });
}

function listenForReports(store: CommitmentStore, reports: CommitmentReport[]): Promise<Listener> {
  const service = commitmentReports({ store, onReport: (report) => void reports.push(report) });
  return listen({ host: '127.0.0.1', port: 0, services: [verificationScp(), service] });
}

const referencesTo = (files: readonly SyntheticFile[]): readonly InstanceReference[] =>
  files.map(({ sopClassUid, sopInstanceUid }) => ({ sopClassUid, sopInstanceUid }));

describe('storage commitment by Orthanc', () => {
  it.skipIf(!isHere)('reports on an association of its own what it has and what it has not', async () => {
    await using folder = await temporaryFolder();
    const files = await writeStudy(folder.path);
    const store = openCommitmentFile(join(folder.path, 'commitments.json'));
    const reports: CommitmentReport[] = [];
    await using listener = await listenForReports(store, reports);
    await using orthanc = await startArchive(files, listener.port);
    await using association = await associateWith(orthanc, contexts);
    const held = referencesTo(files);
    const all = { transactionUid: uidFor('transaction', 1), instances: held };
    const some = { transactionUid: uidFor('transaction', 2), instances: [...held, missing] };

    await requestCommitment(association, all, store);
    expect(await echo(association)).toBe(0);
    await requestCommitment(association, some, store);

    await expect.poll(() => reports.length, { timeout: 15_000 }).toBe(2);
    const committed = held.map((instance) => ({ ...instance, outcome: { kind: 'committed' } }));
    const reportOn = (uid: string) => reports.find(({ transactionUid }) => transactionUid === uid);
    expect(reportOn(all.transactionUid)).toEqual({
      transactionUid: all.transactionUid,
      reportedBy: 'ORTHANC',
      instances: committed,
    });
    expect(reportOn(some.transactionUid)?.instances).toEqual([
      ...committed,
      { ...missing, outcome: { kind: 'failed', reason: 0x0112 } },
    ]);
    expect(Object.keys((await store.kept()).settled).sort()).toEqual(
      [all.transactionUid, some.transactionUid].sort(),
    );
  });

  it.skipIf(!isHere)('is matched when the program was started anew before the report came', async () => {
    await using folder = await temporaryFolder();
    const files = await writeStudy(folder.path);
    const path = join(folder.path, 'commitments.json');
    await using gate = await openGate();
    await using orthanc = await startArchive(files, gate.port);
    const request = { transactionUid: uidFor('transaction', 3), instances: referencesTo(files) };
    const before = await associateWith(orthanc, contexts);
    await requestCommitment(before, request, openCommitmentFile(path));
    await before.release();
    await expect.poll(() => gate.waiting, { timeout: 15_000 }).toBe(1);

    const reports: CommitmentReport[] = [];
    await using listener = await listenForReports(openCommitmentFile(path), reports);
    gate.leadTo(listener.port);

    await expect.poll(() => reports.length, { timeout: 15_000 }).toBe(1);
    expect(reports[0]).toMatchObject({ transactionUid: request.transactionUid, reportedBy: 'ORTHANC' });
    expect(reports[0]?.instances.map(({ outcome }) => outcome.kind)).toEqual(files.map(() => 'committed'));
  });
});

interface Gate extends AsyncDisposable {
  readonly port: number;
  /** How many connections are kept waiting. */
  readonly waiting: number;
  leadTo(port: number): void;
}

/** A port that lets connections wait, until it is said where they shall go. */
async function openGate(): Promise<Gate> {
  const sockets: Socket[] = [];
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    socket.on('error', () => {});
    sockets.push(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    get waiting() {
      return sockets.length;
    },
    leadTo(port) {
      for (const socket of sockets) {
        const onward = connect({ port, host: '127.0.0.1' });
        onward.on('error', () => socket.destroy());
        socket.pipe(onward).pipe(socket);
      }
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
