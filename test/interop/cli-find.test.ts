import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDataset, buildItems, uidFor } from '../support/build-dataset.ts';
import {
  runDcmtk,
  startDcmqrscp,
  startOrthanc,
  startWlmscpfs,
  whichPeers,
  type Wlmscpfs,
} from '../support/peers/index.ts';
import { runCli } from '../support/run-cli.ts';
import {
  oneSyntaxPerClass,
  writeMixedSet,
  writeSyntheticStudy,
  type SyntheticFile,
} from '../support/synthetic-study.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';

const here = whichPeers();

let folder: TemporaryFolder;
let files: readonly SyntheticFile[];

beforeAll(async () => {
  folder = await temporaryFolder();
  files = await writeMixedSet(folder.path, oneSyntaxPerClass);
});
afterAll(() => folder[Symbol.asyncDispose]());

describe.skipIf(!here.dcmtk)('cli find --model worklist', () => {
  let worklist: Wlmscpfs;
  beforeAll(async () => {
    worklist = await startWlmscpfs({
      aeTitle: 'WORKLIST',
      items: Array.from({ length: 6 }, (_, index) => worklistItem(index)),
      args: ['-csk'],
    });
  });
  afterAll(() => worklist[Symbol.asyncDispose]());

  it('finds every item, with what is nested in its sequence', async () => {
    const { code, lines } = await find(worklist, ['--model', 'worklist']);

    expect(lines).toHaveLength(6);
    expect(lines.find(({ AccessionNumber }) => AccessionNumber === 'ACC2')).toMatchObject({
      PatientName: 'Müller^Jürgen',
      ScheduledProcedureStepSequence: [
        { Modality: 'CT', ScheduledStationAETitle: 'NORTH', ScheduledProcedureStepStartDate: '20260412' },
      ],
    });
    expect(code).toBe(0);
  });

  it('finds what findscu finds by keys in the sequence', async () => {
    const nested = ['Modality=CT', 'ScheduledProcedureStepStartDate=20260412-'].flatMap((key) => [
      '-k',
      `ScheduledProcedureStepSequence.${key}`,
    ]);

    const { code, lines } = await find(worklist, ['--model', 'worklist', ...nested]);

    const theirs = await runDcmtk('findscu', [
      ...['-W', '-v', '-aec', 'WORKLIST', worklist.host, `${worklist.port}`],
      ...['-k', 'ScheduledProcedureStepSequence[0].Modality=CT'],
      ...['-k', 'ScheduledProcedureStepSequence[0].ScheduledProcedureStepStartDate=20260412-'],
    ]);
    const count = theirs.stderr.match(/Find Response: \d+ \(Pending\)/g)?.length ?? 0;
    expect(lines.map(({ AccessionNumber }) => AccessionNumber)).toEqual(['ACC2', 'ACC4']);
    expect(lines).toHaveLength(count);
    expect(code).toBe(0);
  });

  it('has no levels', async () => {
    const { code, words } = await find(worklist, ['--model', 'worklist', '--level', 'study']);

    expect(words).toContain('--level');
    expect(code).toBe(2);
  });
});

describe.skipIf(!here.dcmtk)('cli find --model patient', () => {
  it('finds patients, as findscu does', async () => {
    await using pacs = await startDcmqrscp({
      aeTitle: 'QR',
      files: files.map(({ path }) => path),
      moveDestinations: [],
      profiles: false,
    });

    const { code, lines } = await find(pacs, ['--model', 'patient', '--level', 'patient']);

    const theirs = await runDcmtk('findscu', [
      ...['-P', '-v', '-aec', 'QR', pacs.host, `${pacs.port}`],
      ...['-k', 'QueryRetrieveLevel=PATIENT', '-k', 'PatientID', '-k', 'PatientName'],
    ]);
    const count = theirs.stderr.match(/Find Response: \d+ \(Pending\)/g)?.length ?? 0;
    expect(lines).toHaveLength(count);
    expect(lines.map(({ PatientName }) => PatientName)).toContain('DOE^JANE');
    expect(code).toBe(0);
  });

  it('explains a level that is of another model', async () => {
    const { code, words } = await find(nowhere, ['--level', 'patient']);

    expect(words).toContain('--level patient is for --model patient.');
    expect(code).toBe(2);
  });
});

describe.skipIf(!here.dcmtk || !here.orthanc)('cli find --charset and --decode-as', () => {
  it('asks in the character set that is told, and finds a name with an umlaut', async () => {
    await using source = await temporaryFolder();
    const umlaut = await writeStudy(source, 'ISO_IR 100');
    await using orthanc = await startOrthanc({
      aeTitle: 'ORTHANC',
      files: umlaut.map(({ path }) => path),
      modalities: [],
    });

    const { code, lines } = await find(orthanc, ['--charset', 'ISO_IR 100', '-k', 'PatientName=Müller*']);

    expect(lines.map(({ PatientName }) => PatientName)).toEqual(['Müller^Jürgen']);
    expect(code).toBe(0);
  });

  it('reads what a server says wrongly as it is told', async () => {
    await using source = await temporaryFolder();
    // Its bytes are Latin 1, and nothing says so.
    const silent = await writeStudy(source, '');
    await using pacs = await startDcmqrscp({
      aeTitle: 'QR',
      files: silent.map(({ path }) => path),
      moveDestinations: [],
    });

    const asItSays = await find(pacs, []);
    const asTold = await find(pacs, ['--decode-as', 'ISO_IR 100']);

    expect(asItSays.lines.map(({ PatientName }) => PatientName)).not.toEqual(['Müller^Jürgen']);
    expect(asTold.lines.map(({ PatientName }) => PatientName)).toEqual(['Müller^Jürgen']);
  });

  it('explains a character set that there is not', async () => {
    const { code, words } = await find(nowhere, ['--charset', 'ISO_IR 999']);

    expect(words).toContain('--charset: “ISO_IR 999” is no character set of DICOM.');
    expect(code).toBe(2);
  });
});

describe('cli find', () => {
  it.each([
    ['PatientName.Modality=CT', 'PatientName is no sequence'],
    ['ScheduledProcedureStepSequence.Modalty=CT', 'no DICOM attribute Modalty'],
  ])('explains a key that can not be: %s', async (key, reason) => {
    const { code, words } = await find(nowhere, ['--model', 'worklist', '-k', key]);

    expect(words).toContain(reason);
    expect(code).toBe(2);
  });
});

interface Place {
  readonly host: string;
  readonly port: number;
  readonly aeTitle: string;
}

const nowhere: Place = { host: 'x', port: 1, aeTitle: 'A' };

function find({ host, port, aeTitle }: Place, more: readonly string[]): ReturnType<typeof runCli> {
  return runCli(['find', '--host', host, '--port', `${port}`, '--called', aeTitle, ...more]);
}

function writeStudy(to: TemporaryFolder, characterSet: string): Promise<readonly SyntheticFile[]> {
  return writeSyntheticStudy(to.path, {
    patientName: 'Müller^Jürgen',
    patientId: 'U1',
    studyDate: '20260101',
    characterSet,
    series: [{ modality: 'CT', instances: 1 }],
  });
}

/** CT and MR by turns, one a day. */
function worklistItem(index: number): Buffer {
  const step = buildDataset([
    ['00080060', 'CS', index % 2 === 0 ? 'CT' : 'MR'],
    ['00400001', 'AE', 'NORTH'],
    ['00400002', 'DA', `2026041${index}`],
    ['00400003', 'TM', '080000'],
    ['00400006', 'PN', 'PERFORMING^P'],
    ['00400007', 'LO', `Step ${index}`],
    ['00400009', 'SH', `SPS${index}`],
  ]);
  return buildDataset(
    [
      ['00080050', 'SH', `ACC${index}`],
      ['00100010', 'PN', index === 2 ? 'Müller^Jürgen' : `PATIENT^${index}`],
      ['00100020', 'LO', `ID${index}`],
      ['00100030', 'DA', '19700101'],
      ['00100040', 'CS', 'O'],
      ['0020000D', 'UI', uidFor('cli-worklist', index)],
      ['00321060', 'LO', 'Chest'],
      ['00400100', 'SQ', buildItems([step])],
      ['00401001', 'SH', `RP${index}`],
    ],
    'ISO_IR 100',
  );
}
