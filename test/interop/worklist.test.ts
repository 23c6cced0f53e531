import { describe, expect, it } from 'vitest';
import { encodeIdentifier, parseDataset, toJson, type NewAttribute } from '../../electron/dataset/index.ts';
import {
  find,
  findTransferSyntax,
  SopClass,
  TransferSyntax,
  type Association,
} from '../../electron/dimse/index.ts';
import { associateWith } from '../support/associate-with.ts';
import { buildDataset, buildItems, uidFor } from '../support/build-dataset.ts';
import { mustRun, startDcmqrscp, startWlmscpfs, whichPeers } from '../support/peers/index.ts';
import { mixedStudies, oneSyntaxPerClass, writeMixedSet } from '../support/synthetic-study.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const peers = whichPeers();

interface Item {
  readonly number: number;
  readonly modality: string;
  readonly station: string;
  readonly date: string;
}

/** Twenty: CT and MR by turns, two stations, on ten days. */
const items: readonly Item[] = Array.from({ length: 20 }, (_, index) => ({
  number: index + 1,
  modality: index % 2 === 0 ? 'CT' : 'MR',
  station: index % 4 < 2 ? 'NORTH' : 'SOUTH',
  date: `202604${String(10 + Math.floor(index / 2)).padStart(2, '0')}`,
}));

function worklistItem({ number, modality, station, date }: Item): Buffer {
  const protocol = buildDataset([
    ['00080100', 'SH', `P${number}`],
    ['00080102', 'SH', '99HOUSE'],
    ['00080104', 'LO', 'Chest'],
  ]);
  const step = buildDataset([
    ['00080060', 'CS', modality],
    ['00400001', 'AE', station],
    ['00400002', 'DA', date],
    ['00400003', 'TM', '080000'],
    ['00400006', 'PN', 'PERFORMING^P'],
    ['00400007', 'LO', `Step ${number}`],
    ['00400008', 'SQ', buildItems([protocol])],
    ['00400009', 'SH', `SPS${number}`],
  ]);
  return buildDataset(
    [
      ['00080050', 'SH', `ACC${number}`],
      ['00100010', 'PN', number === 7 ? 'Müller^Jürgen' : `PATIENT^${number}`],
      ['00100020', 'LO', `ID${number}`],
      ['00100030', 'DA', '19700101'],
      ['00100040', 'CS', 'O'],
      ['0020000D', 'UI', uidFor('worklist-study', number)],
      ['00321060', 'LO', 'Chest'],
      ['00400100', 'SQ', buildItems([step])],
      ['00401001', 'SH', `RP${number}`],
    ],
    'ISO_IR 100',
  );
}

/** What an operator's screen asks: the patient, and of the step when, where and what. */
function worklistKeys(step: Readonly<Record<string, string>>): readonly NewAttribute[] {
  const asked = {
    Modality: '',
    ScheduledStationAETitle: '',
    ScheduledProcedureStepStartDate: '',
    ScheduledProcedureStepStartTime: '',
    ScheduledProcedureStepDescription: '',
    ScheduledProtocolCodeSequence: '',
    ScheduledProcedureStepID: '',
    ...step,
  };
  return [
    ...['PatientName', 'PatientID', 'AccessionNumber', 'StudyInstanceUID', 'RequestedProcedureID'].map(
      (keyword) => ({ keyword, value: '' }),
    ),
    {
      keyword: 'ScheduledProcedureStepSequence',
      value: [Object.entries(asked).map(([keyword, value]) => ({ keyword, value }))],
    },
  ];
}

function startWorklist(): ReturnType<typeof startWlmscpfs> {
  return startWlmscpfs({ aeTitle: 'WORKLIST', items: items.map(worklistItem), args: ['-csk'] });
}

const worklistContexts = [
  {
    abstractSyntaxUid: SopClass.ModalityWorklistFind,
    transferSyntaxUids: [TransferSyntax.ExplicitVrLittleEndian, TransferSyntax.ImplicitVrLittleEndian],
  },
];

interface Answers {
  readonly rows: readonly Record<string, unknown>[];
  readonly allKeysSupported: boolean;
}

async function ask(association: Association, keys: readonly NewAttribute[]): Promise<Answers> {
  const model = 'modality-worklist';
  const identifier = encodeIdentifier(keys, findTransferSyntax(association, model));
  const rows: Record<string, unknown>[] = [];
  let allKeysSupported = true;
  for await (const match of find(association, { identifier, model })) {
    rows.push(toJson(parseDataset(match.identifier, match.transferSyntaxUid)));
    allKeysSupported &&= match.keysSupported;
  }
  return { rows, allKeysSupported };
}

const accessionsOf = (rows: readonly Record<string, unknown>[]): readonly string[] =>
  rows.map((row) => String(row['AccessionNumber'])).sort();

describe('the modality worklist of wlmscpfs', () => {
  it.skipIf(!peers.dcmtk)('is whole, with what is nested in its sequences', async () => {
    await using worklist = await startWorklist();
    await using association = await associateWith(worklist, worklistContexts);

    const { rows, allKeysSupported } = await ask(association, worklistKeys({}));

    expect(rows).toHaveLength(20);
    expect(allKeysSupported).toBe(true);
    expect(rows.find((row) => row['AccessionNumber'] === 'ACC7')).toMatchObject({
      PatientName: 'Müller^Jürgen',
      PatientID: 'ID7',
      RequestedProcedureID: 'RP7',
      ScheduledProcedureStepSequence: [
        {
          Modality: 'CT',
          ScheduledStationAETitle: 'SOUTH',
          ScheduledProcedureStepStartDate: '20260413',
          ScheduledProcedureStepDescription: 'Step 7',
          ScheduledProtocolCodeSequence: [{ CodeValue: 'P7', CodeMeaning: 'Chest' }],
        },
      ],
    });
  });

  it.skipIf(!peers.dcmtk)('is narrowed by modality, days and station, as findscu narrows it', async () => {
    await using worklist = await startWorklist();
    await using association = await associateWith(worklist, worklistContexts);
    const step = {
      Modality: 'CT',
      ScheduledStationAETitle: 'NORTH',
      ScheduledProcedureStepStartDate: '20260412-20260417',
    };

    const { rows } = await ask(association, worklistKeys(step));

    const wanted = items.filter(
      ({ modality, station, date }) =>
        modality === 'CT' && station === 'NORTH' && date >= '20260412' && date <= '20260417',
    );
    expect(wanted.length).toBeGreaterThan(1);
    expect(accessionsOf(rows)).toEqual(wanted.map(({ number }) => `ACC${number}`).sort());
    expect(accessionsOf(rows)).toEqual(await accessionsByFindscu(worklist, step));
  });

  it.skipIf(!peers.dcmtk)(
    'answers FF01H to optional keys it ignores: every row counts, and the association stays good',
    async () => {
      await using worklist = await startWorklist();
      await using association = await associateWith(worklist, worklistContexts);
      const keys = [
        ...worklistKeys({}),
        ...['PatientComments', 'SmokingStatus', 'EthnicGroup', 'Occupation'].map((keyword) => ({
          keyword,
          value: '',
        })),
      ];

      const first = await ask(association, keys);
      const second = await ask(association, keys);

      expect(first.rows).toHaveLength(20);
      expect(first.allKeysSupported).toBe(false);
      expect(second.rows).toHaveLength(20);
      await association.release();
      expect(await association.closed).toBeNull();
      expect(worklist.child.output()).not.toMatch(/reset|aborted/i);
    },
  );

  it.skipIf(!peers.dcmtk)('can be left in the middle and asked again', async () => {
    await using worklist = await startWorklist();
    await using association = await associateWith(worklist, worklistContexts);
    const model = 'modality-worklist';
    const identifier = encodeIdentifier(worklistKeys({}), findTransferSyntax(association, model));

    for await (const match of find(association, { identifier, model })) {
      expect(match.identifier.length).toBeGreaterThan(0);
      break;
    }

    expect((await ask(association, worklistKeys({}))).rows).toHaveLength(20);
  });
});

describe('the Patient Root of dcmqrscp', () => {
  const model = 'patient-root';
  const contexts = [
    {
      abstractSyntaxUid: SopClass.PatientRootFind,
      transferSyntaxUids: [TransferSyntax.ExplicitVrLittleEndian, TransferSyntax.ImplicitVrLittleEndian],
    },
  ];

  it.skipIf(!peers.dcmtk)('is asked from the patient down to the image', async () => {
    await using folder = await temporaryFolder();
    const set = await writeMixedSet(folder.path, oneSyntaxPerClass);
    await using peer = await startDcmqrscp({
      aeTitle: 'QR',
      files: set.map(({ path }) => path),
      moveDestinations: [],
      profiles: false,
    });
    await using association = await associateWith(peer, contexts);
    const valuesOf = async (keys: Readonly<Record<string, string>>, keyword: string) => {
      const identifier = encodeIdentifier(
        Object.entries({ ...keys, [keyword]: '' }).map(([key, value]) => ({ keyword: key, value })),
        findTransferSyntax(association, model),
      );
      const values: string[] = [];
      for await (const match of find(association, { identifier, model })) {
        values.push(String(toJson(parseDataset(match.identifier, match.transferSyntaxUid))[keyword]));
      }
      return values.sort();
    };
    const { studyInstanceUid, seriesInstanceUid } = set[0]!;
    const PatientID = mixedStudies[0]!.patientId;
    const ofStudy = set.filter((file) => file.studyInstanceUid === studyInstanceUid);
    const ofSeries = set.filter((file) => file.seriesInstanceUid === seriesInstanceUid);

    const patients = await valuesOf({ QueryRetrieveLevel: 'PATIENT' }, 'PatientID');
    const studies = await valuesOf({ QueryRetrieveLevel: 'STUDY', PatientID }, 'StudyInstanceUID');
    const under = { PatientID, StudyInstanceUID: studyInstanceUid };
    const series = await valuesOf({ QueryRetrieveLevel: 'SERIES', ...under }, 'SeriesInstanceUID');
    const images = await valuesOf(
      { QueryRetrieveLevel: 'IMAGE', ...under, SeriesInstanceUID: seriesInstanceUid },
      'SOPInstanceUID',
    );

    expect(patients).toEqual(mixedStudies.map(({ patientId }) => patientId).sort());
    expect(studies).toEqual([studyInstanceUid]);
    expect(series).toEqual([...new Set(ofStudy.map((file) => file.seriesInstanceUid))].sort());
    expect(images).toEqual(ofSeries.map((file) => file.sopInstanceUid).sort());
  });
});

/** The accession numbers that DCMTK's own client is told. */
async function accessionsByFindscu(
  { port, aeTitle }: { port: number; aeTitle: string },
  step: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const keys = Object.entries(step).flatMap(([keyword, value]) => [
    '-k',
    `ScheduledProcedureStepSequence[0].${keyword}=${value}`,
  ]);
  const args = ['-W', '-v', '-aec', aeTitle, '-k', 'AccessionNumber', ...keys, '127.0.0.1', `${port}`];
  const { stdout, stderr } = await mustRun('findscu', args);
  return [...`${stdout}${stderr}`.matchAll(/\(0008,0050\) SH \[(ACC\d+) *\]/g)]
    .map(([, text]) => text!)
    .sort();
}
