import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { encodeIdentifier } from '../../electron/dataset/index.ts';
import {
  echo,
  move,
  moveTransferSyntax,
  SopClass,
  TransferSyntax,
  type MoveResult,
  type SubOperations,
} from '../../electron/dimse/index.ts';
import { associateWith, type PlaceToCall } from '../support/associate-with.ts';
import { writeObjectStudy } from '../support/object-study.ts';
import { startDcmqrscp, startOrthanc, whichPeers, type MoveDestination } from '../support/peers/index.ts';
import { openReceivingHouse, type ReceivingHouse } from '../support/receiving-house.ts';
import { fileMetaOf, sameDataset } from '../support/same-dataset.ts';
import {
  mixedStudies,
  oneSyntaxPerClass,
  studyUidOf,
  writeMixedSet,
  writeSyntheticStudy,
  type SyntheticFile,
} from '../support/synthetic-study.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const peers = whichPeers();

interface Loaded {
  readonly files: readonly string[];
  readonly destinations: readonly MoveDestination[];
}
type Peer = PlaceToCall & AsyncDisposable;

const starts: readonly (readonly [string, boolean, (loaded: Loaded) => Promise<Peer>])[] = [
  [
    'dcmqrscp',
    peers.dcmtk,
    ({ files, destinations }) => startDcmqrscp({ aeTitle: 'QR', files, moveDestinations: destinations }),
  ],
  [
    'Orthanc',
    peers.orthanc && peers.dcmtk,
    ({ files, destinations }) => startOrthanc({ aeTitle: 'ORTHANC', files, modalities: destinations }),
  ],
];

describe.each(starts)('C-MOVE from %s to our storage SCP', (name, isHere, start) => {
  const studies = name === 'dcmqrscp' ? oneSyntaxPerClass : mixedStudies;

  it.skipIf(!isHere)('brings every instance of each study, byte for byte', async () => {
    await using folder = await temporaryFolder();
    const set = await writeMixedSet(folder.path, studies);
    await using house = await openReceivingHouse();
    await using peer = await start({ files: set.map(({ path }) => path), destinations: [house] });

    for (const study of studies) {
      const keys = { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: studyUidOf(study) };
      const expected = set.filter(({ studyInstanceUid }) => studyInstanceUid === studyUidOf(study));

      const { result, steps } = await retrieve(peer, keys, house);

      expect(result).toMatchObject({ status: 0, failedSopInstanceUids: [] });
      expect(result.subOperations).toEqual({
        remaining: 0,
        completed: expected.length,
        failed: 0,
        warning: 0,
      });
      expect(steps.length).toBeGreaterThanOrEqual(expected.length);
      expect((await house.archive.instanceUids(studyUidOf(study))).toSorted()).toEqual(uidsOf(expected));
    }
    await expectSameBytes(house, set);
  });

  it.skipIf(!isHere)('brings one series, and one instance', async () => {
    await using folder = await temporaryFolder();
    const set = await writeMixedSet(folder.path, studies);
    await using house = await openReceivingHouse();
    await using peer = await start({ files: set.map(({ path }) => path), destinations: [house] });
    const { studyInstanceUid, seriesInstanceUid } = set[0]!;
    const ofSeries = set.filter((file) => file.seriesInstanceUid === seriesInstanceUid);
    const another = set.at(-1)!;

    await retrieve(
      peer,
      {
        QueryRetrieveLevel: 'SERIES',
        StudyInstanceUID: studyInstanceUid,
        SeriesInstanceUID: seriesInstanceUid,
      },
      house,
    );
    await retrieve(
      peer,
      {
        QueryRetrieveLevel: 'IMAGE',
        StudyInstanceUID: another.studyInstanceUid,
        SeriesInstanceUID: another.seriesInstanceUid,
        SOPInstanceUID: another.sopInstanceUid,
      },
      house,
    );

    expect(house.stored.map(({ sopInstanceUid }) => sopInstanceUid).toSorted()).toEqual(
      uidsOf([...ofSeries, another]),
    );
    expect(house.stored.every(({ moveOriginatorAeTitle }) => moveOriginatorAeTitle === 'GANTRY')).toBe(true);
  });

  it.skipIf(!isHere)('fails where the peer does not know the destination', async () => {
    await using folder = await temporaryFolder();
    const set = await writeSyntheticStudy(folder.path, studies[0]!);
    await using house = await openReceivingHouse();
    await using peer = await start({ files: set.map(({ path }) => path), destinations: [] });
    const keys = { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: set[0]!.studyInstanceUid };

    const failed = retrieve(peer, keys, house);

    await expect(failed).rejects.toMatchObject({
      failure: {
        step: 'respond',
        cause: 'status',
        command: 'C-MOVE',
        status: name === 'dcmqrscp' ? 0xa801 : 0xc000,
      },
    });
    expect(house.stored).toEqual([]);
  });

  it.skipIf(!isHere)(
    'fails at once, with whole files only, when the peer is killed in the middle',
    async () => {
      await using folder = await temporaryFolder();
      const set = await writeSyntheticStudy(folder.path, {
        patientName: 'LONG^STUDY',
        patientId: 'L1',
        studyDate: '20260101',
        series: [{ modality: 'CT', instances: 60 }],
        size: 256,
      });
      await using house = await openReceivingHouse();
      const loaded = { files: set.map(({ path }) => path), destinations: [house] };
      const keys = { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: set[0]!.studyInstanceUid };
      const dying = await start(loaded);
      house.onStored(() => void ('child' in dying && isChild(dying.child) && dying.child.kill()));

      const failed = retrieve(dying, keys, house);

      await expect(failed).rejects.toMatchObject({ failure: { step: 'respond', cause: 'closed' } });
      await dying[Symbol.asyncDispose]();
      expect(house.stored.length).toBeLessThan(set.length);
      const names = await readdir(house.archive.folder, { recursive: true });
      expect(names.filter((each) => each.endsWith('.part'))).toEqual([]);

      await using again = await start(loaded);
      const { result } = await retrieve(again, keys, house);

      expect(result.subOperations.completed).toBe(set.length);
      expect((await house.archive.instanceUids(keys.StudyInstanceUID)).toSorted()).toEqual(uidsOf(set));
      await expectSameBytes(house, set);
    },
  );
});

describe('C-MOVE in the Patient Root', () => {
  const model = 'patient-root';
  const patientContexts = [
    {
      abstractSyntaxUid: SopClass.PatientRootMove,
      transferSyntaxUids: [TransferSyntax.ImplicitVrLittleEndian],
    },
  ];
  const patientStarts: typeof starts = [
    [
      'dcmqrscp',
      peers.dcmtk,
      ({ files, destinations }) =>
        startDcmqrscp({ aeTitle: 'QR', files, moveDestinations: destinations, profiles: false }),
    ],
    starts[1]!,
  ];

  it.skipIf(!peers.orthanc || !peers.dcmtk).each(patientStarts)(
    'brings all of a patient from %s',
    async (_, _isHere, start) => {
      await using folder = await temporaryFolder();
      const set = await writeObjectStudy(folder.path);
      await using house = await openReceivingHouse();
      await using peer = await start({ files: set.map(({ path }) => path), destinations: [house] });
      await using association = await associateWith(peer, patientContexts);
      const keys = [
        { keyword: 'QueryRetrieveLevel', value: 'PATIENT' },
        { keyword: 'PatientID', value: 'O1' },
      ];
      const identifier = encodeIdentifier(keys, moveTransferSyntax(association, model));

      const { result } = await runMove(
        move(association, {
          identifier,
          model,
          destination: house.aeTitle,
          lastActivity: house.lastActivity,
        }),
      );

      expect(result).toMatchObject({ status: 0, subOperations: { completed: set.length, failed: 0 } });
      await expectSameBytes(house, set);
    },
  );
});

describe('C-MOVE that is cancelled', () => {
  it.skipIf(!peers.dcmtk)('stops dcmqrscp in the middle, and leaves the association good', async () => {
    await using folder = await temporaryFolder();
    const set = await writeSyntheticStudy(folder.path, {
      patientName: 'LONG^STUDY',
      patientId: 'L1',
      studyDate: '20260101',
      series: [{ modality: 'CT', instances: 60 }],
      size: 256,
    });
    await using house = await openReceivingHouse();
    await using peer = await startDcmqrscp({
      aeTitle: 'QR',
      files: set.map(({ path }) => path),
      moveDestinations: [house],
    });
    await using association = await associateWith(peer);
    const keys = [
      { keyword: 'QueryRetrieveLevel', value: 'STUDY' },
      { keyword: 'StudyInstanceUID', value: set[0]!.studyInstanceUid },
    ];
    const identifier = encodeIdentifier(keys, moveTransferSyntax(association));
    const cancel = new AbortController();
    const { aeTitle: destination, lastActivity } = house;

    const cancelled = move(association, { identifier, destination, lastActivity }, cancel.signal);
    await cancelled.next();
    cancel.abort();

    await expect(cancelled.next()).rejects.toMatchObject({ failure: { step: 'cancelled' } });
    expect(house.stored.length).toBeLessThan(set.length);
    expect(await echo(association)).toBe(0);
  });
});

describe('C-MOVE of what the peer can not send', () => {
  it.skipIf(!peers.dcmtk)('warns with the instances that failed', async () => {
    await using folder = await temporaryFolder();
    const [mixed] = mixedStudies;
    const set = await writeSyntheticStudy(folder.path, mixed!);
    await using house = await openReceivingHouse();
    await using peer = await startDcmqrscp({
      aeTitle: 'QR',
      files: set.map(({ path }) => path),
      moveDestinations: [house],
    });
    const keys = { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: studyUidOf(mixed!) };

    const { result } = await retrieve(peer, keys, house);

    // DCMTK's archive sends a class in one syntax: the RLE ones of the MR images come, the JPEG-LS do not.
    const failing = set.filter(({ transferSyntaxUid }) => transferSyntaxUid === '1.2.840.10008.1.2.4.80');
    expect(result.status).toBe(0xb000);
    expect(result.subOperations).toMatchObject({ completed: set.length - failing.length, failed: 2 });
    expect(result.failedSopInstanceUids.toSorted()).toEqual(uidsOf(failing));
    expect(house.stored).toHaveLength(set.length - failing.length);
  });
});

async function retrieve(
  peer: Peer,
  keys: Readonly<Record<string, string>>,
  house: ReceivingHouse,
): Promise<{ steps: readonly SubOperations[]; result: MoveResult }> {
  await using association = await associateWith(peer);
  const identifier = encodeIdentifier(
    Object.entries(keys).map(([keyword, value]) => ({ keyword, value })),
    moveTransferSyntax(association),
  );
  const { aeTitle: destination, lastActivity } = house;
  return await runMove(move(association, { identifier, destination, lastActivity }));
}

async function runMove(
  moving: ReturnType<typeof move>,
): Promise<{ steps: readonly SubOperations[]; result: MoveResult }> {
  const steps: SubOperations[] = [];
  for (let step = await moving.next(); ; step = await moving.next()) {
    if (step.done === true) return { steps, result: step.value };
    steps.push(step.value);
  }
}

async function expectSameBytes(house: ReceivingHouse, set: readonly SyntheticFile[]): Promise<void> {
  const paths = new Map(house.stored.map(({ sopInstanceUid, path }) => [sopInstanceUid, path]));
  const changed: string[] = [];
  for (const source of set) {
    const path = paths.get(source.sopInstanceUid);
    const isSame =
      path !== undefined &&
      (await fileMetaOf(path)).transferSyntaxUid === source.transferSyntaxUid &&
      (await sameDataset(path, source.path));
    if (!isSame) changed.push(source.path);
  }
  expect(changed).toEqual([]);
}

function uidsOf(files: readonly SyntheticFile[]): readonly string[] {
  return files.map(({ sopInstanceUid }) => sopInstanceUid).sort();
}

function isChild(value: unknown): value is { kill(): Promise<void> } {
  return typeof value === 'object' && value !== null && 'kill' in value;
}
