import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nEventReport, SopClass, TransferSyntax, WellKnownInstance } from '../../electron/dimse/index.ts';
import { associateWith } from '../support/associate-with.ts';
import { freePort, startOrthanc, startStorescp, whichPeers } from '../support/peers/index.ts';
import type { RawCommand } from '../support/raw-pdu.ts';
import { runCli, startCli } from '../support/run-cli.ts';
import { startScriptedScp } from '../support/scripted-scp.ts';
import { writeSyntheticStudy, type SyntheticFile } from '../support/synthetic-study.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';

const here = whichPeers();
const explicit = TransferSyntax.ExplicitVrLittleEndian;

let folder: TemporaryFolder;
let files: readonly SyntheticFile[];

beforeAll(async () => {
  folder = await temporaryFolder();
  files = await writeSyntheticStudy(folder.path, {
    patientName: 'SAFE^KEEPING',
    patientId: 'S1',
    studyDate: '20260101',
    series: [{ modality: 'CT', instances: 4 }],
  });
});
afterAll(() => folder[Symbol.asyncDispose]());

describe.skipIf(!here.orthanc || !here.dcmtk)('cli commit to Orthanc', () => {
  it('tells of each file that Orthanc answers for it, and ends with 0', async () => {
    const listen = await freePort();
    await using orthanc = await startArchive(files, listen);

    const { code, lines } = await commit(orthanc, ['--listen', `${listen}`, folder.path]);

    expect(lines.at(-1)).toMatchObject({ reportedBy: 'ORTHANC', committed: 4, failed: 0, unreported: 0 });
    expect(lines.slice(0, -1).map(({ sopInstanceUid, outcome }) => [sopInstanceUid, outcome])).toEqual(
      expect.arrayContaining(files.map(({ sopInstanceUid }) => [sopInstanceUid, 'committed'])),
    );
    expect(code).toBe(0);
  });

  it('names the file that Orthanc does not have, and why, and ends with 1', async () => {
    const listen = await freePort();
    await using orthanc = await startArchive(files.slice(1), listen);

    const { code, lines, words } = await commit(orthanc, ['--listen', `${listen}`, folder.path]);

    expect(lines.at(-1)).toMatchObject({ committed: 3, failed: 1 });
    expect(lines).toContainEqual(
      expect.objectContaining({
        sopInstanceUid: files[0]!.sopInstanceUid,
        outcome: 'failed',
        reason: 0x0112,
      }),
    );
    expect(words).toContain('it does not have this instance (0112H)');
    expect(code).toBe(1);
  });
});

describe('cli commit', () => {
  it('takes the report on the association of the request', async () => {
    await using archive = await startScriptedArchive('here');

    const { code, lines } = await commit(archive, ['--listen', '0', folder.path]);

    expect(lines.at(-1)).toMatchObject({ reportedBy: 'ARCHIVE', committed: 4, unreported: 0 });
    expect(code).toBe(0);
  });

  it('accounts for files that are not DICOM', async () => {
    await using more = await temporaryFolder();
    await writeFile(join(more.path, 'notes.txt'), 'nothing to see');
    await using archive = await startScriptedArchive('here');

    const { lines } = await commit(archive, ['--listen', '0', folder.path, more.path]);

    expect(lines).toContainEqual(expect.objectContaining({ file: expect.stringContaining('notes.txt') }));
    expect(lines.at(-1)).toMatchObject({ committed: 4 });
  });

  it('says that no report came, keeps the request, and takes its report when it is started again', async () => {
    await using home = await temporaryFolder();
    const listen = await freePort();
    await using archive = await startScriptedArchive('never');

    const first = await commit(archive, [
      ...['--home', home.path, '--listen', `${listen}`, '--wait', '1', folder.path],
    ]);
    await using again = startCli([
      ...['commit', '--pending', '--home', home.path, '--calling', 'GANTRY', '--listen', `${listen}`],
    ]);
    await expect.poll(() => again.output(), { timeout: 10_000 }).toContain('listening');
    await reportTo(listen, archive.requests[0]!);

    expect(first.code).toBe(1);
    expect(first.lines.at(-1)).toMatchObject({ reportedBy: null, committed: 0, unreported: 4 });
    expect(first.words).toContain('commit --pending');
    expect(await again.exited).toBe(0);
    expect(again.output()).toContain('"committed":4');
    expect(again.output()).toContain('"reportedBy":"GANTRY"');
  });

  it.skipIf(!here.dcmtk)('explains a server that does not commit', async () => {
    await using scp = await startStorescp();

    const { code, words } = await commit(scp, ['--listen', '0', folder.path]);

    expect(words).toContain('does not accept');
    expect(code).toBe(1);
  });
});

interface Place {
  readonly host: string;
  readonly port: number;
  readonly aeTitle: string;
}

function commit({ host, port, aeTitle }: Place, more: readonly string[]): ReturnType<typeof runCli> {
  return runCli(['commit', '--host', host, '--port', `${port}`, '--called', aeTitle, ...more]);
}

function startArchive(held: readonly SyntheticFile[], ourPort: number): ReturnType<typeof startOrthanc> {
  return startOrthanc({
    aeTitle: 'ORTHANC',
    files: held.map(({ path }) => path),
    modalities: [],
    configuration: {
      DicomModalities: {
        GANTRY: { AET: 'GANTRY', Host: '127.0.0.1', Port: ourPort, AllowStorageCommitment: true },
      },
    },
  });
}

/** Takes every request, and reports all that is asked for as committed: on the same association, or never. */
async function startScriptedArchive(reports: 'here' | 'never') {
  const requests: Buffer[] = [];
  const scp = await startScriptedScp({
    async onMessage(message, { connection, requested, respond }) {
      if (message.command[0x0100] !== 0x0130) return;
      requests.push(message.dataset!);
      await respond(message, {});
      if (reports === 'never') return;
      const command: RawCommand = {
        0x0002: SopClass.StorageCommitmentPushModel,
        0x0100: 0x0100,
        0x0110: 5,
        0x0800: 1,
        0x1000: WellKnownInstance.StorageCommitmentPushModel,
        0x1002: 1,
      };
      // All that is asked for, in the words it was asked in.
      const report = { command, dataset: message.dataset! };
      await connection.send(requested.contexts[0]!.id, report, 16_384);
    },
  });
  return { ...scp, aeTitle: 'ARCHIVE', requests };
}

/** Reports on a request as an archive would that commits all of it, on an association of its own, hours later. */
async function reportTo(port: number, request: Buffer): Promise<void> {
  const proposed = {
    abstractSyntaxUid: SopClass.StorageCommitmentPushModel,
    transferSyntaxUids: [explicit],
    roles: { scu: false, scp: true },
  };
  const place = { host: '127.0.0.1', port, aeTitle: 'GANTRY' };
  await using association = await associateWith(place, [proposed]);
  const target = {
    context: association.context(SopClass.StorageCommitmentPushModel),
    sopClassUid: SopClass.StorageCommitmentPushModel,
    sopInstanceUid: WellKnownInstance.StorageCommitmentPushModel,
    eventTypeId: 1,
  };
  // All that was asked for, in the words it was asked in.
  await nEventReport(association, target, request);
}
