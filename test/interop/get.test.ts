import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { folderStore } from '../../electron/archive/index.ts';
import type { Compression } from '../../electron/contract/compression.ts';
import { encodeIdentifier, type StoredInstance } from '../../electron/dataset/index.ts';
import {
  echo,
  get,
  getTransferSyntax,
  planGetContexts,
  SopClass,
  TransferSyntax,
  type Association,
  type RetrieveModel,
  type RetrieveResult,
  type SubOperations,
} from '../../electron/dimse/index.ts';
import { associateWith, type PlaceToCall } from '../support/associate-with.ts';
import { objectStudyUid, writeObjectStudy } from '../support/object-study.ts';
import { startDcmqrscp, startOrthanc, whichPeers } from '../support/peers/index.ts';
import { fileMetaOf, sameDataset } from '../support/same-dataset.ts';
import {
  mixedStudies,
  studyUidOf,
  writeMixedSet,
  writeSyntheticStudy,
  type SyntheticFile,
} from '../support/synthetic-study.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const peers = whichPeers();
type Peer = PlaceToCall & AsyncDisposable;
type Keys = Readonly<Record<string, string>>;

function startQr(files: readonly string[], args: readonly string[] = []): ReturnType<typeof startDcmqrscp> {
  return startDcmqrscp({ aeTitle: 'QR', files, moveDestinations: [], profiles: false, args });
}

function startOrthancWith(files: readonly string[]): ReturnType<typeof startOrthanc> {
  return startOrthanc({ aeTitle: 'ORTHANC', files, modalities: [] });
}

const starts: readonly (readonly [string, boolean, (files: readonly string[]) => Promise<Peer>])[] = [
  ['dcmqrscp', peers.dcmtk, startQr],
  ['Orthanc', peers.orthanc && peers.dcmtk, startOrthancWith],
];

describe.each(starts)('C-GET from %s', (_, isHere, start) => {
  it.skipIf(!isHere)(
    'brings images, reports, segmentations, doses, plans and the rest, byte for byte',
    async () => {
      await using source = await temporaryFolder();
      await using inbox = await temporaryFolder();
      const set = await writeObjectStudy(source.path);
      await using peer = await start(set.map(({ path }) => path));
      await using association = await associateFor(peer, set);

      const got = await retrieve(association, inbox.path, {
        QueryRetrieveLevel: 'STUDY',
        StudyInstanceUID: objectStudyUid,
      });

      expect(got.result).toMatchObject({
        status: 0,
        subOperations: { completed: 7, failed: 0, warning: 0, remaining: 0 },
        failedSopInstanceUids: [],
      });
      expect(got.steps.length).toBeGreaterThan(1);
      expect(got.stored).toHaveLength(7);
      expect(got.stored.every(({ callingAeTitle }) => callingAeTitle === peer.aeTitle)).toBe(true);
      await expectSameBytes(got.stored, set);
    },
  );

  it.skipIf(!isHere)(
    'brings one series, then one instance, then answers an echo, on one association',
    async () => {
      await using source = await temporaryFolder();
      await using inbox = await temporaryFolder();
      const set = await writeObjectStudy(source.path);
      const [first, , third] = set;
      await using peer = await start(set.map(({ path }) => path));
      await using association = await associateFor(peer, set);

      const series = await retrieve(association, inbox.path, {
        QueryRetrieveLevel: 'SERIES',
        StudyInstanceUID: objectStudyUid,
        SeriesInstanceUID: first!.seriesInstanceUid,
      });
      const instance = await retrieve(association, inbox.path, {
        QueryRetrieveLevel: 'IMAGE',
        StudyInstanceUID: objectStudyUid,
        SeriesInstanceUID: third!.seriesInstanceUid,
        SOPInstanceUID: third!.sopInstanceUid,
      });

      expect(await echo(association)).toBe(0);
      await expectSameBytes(series.stored, [first!]);
      await expectSameBytes(instance.stored, [third!]);
    },
  );

  it.skipIf(!isHere)('brings a whole patient in the Patient Root', async () => {
    await using source = await temporaryFolder();
    await using inbox = await temporaryFolder();
    const set = await writeObjectStudy(source.path);
    await using peer = await start(set.map(({ path }) => path));
    await using association = await associateFor(peer, set, { model: 'patient-root' });

    const { stored, result } = await retrieve(
      association,
      inbox.path,
      { QueryRetrieveLevel: 'PATIENT', PatientID: 'O1' },
      'patient-root',
    );

    expect(result).toMatchObject({ status: 0, subOperations: { completed: set.length } });

    await expectSameBytes(stored, set);
  });

  it.skipIf(!isHere)('leaves whole files only when it is cancelled in the middle', async () => {
    await using source = await temporaryFolder();
    await using inbox = await temporaryFolder();
    const set = await writeSyntheticStudy(source.path, {
      patientName: 'LONG^STUDY',
      patientId: 'L1',
      studyDate: '20260101',
      series: [{ modality: 'CT', instances: 60 }],
      size: 256,
    });
    await using peer = await start(set.map(({ path }) => path));
    await using association = await associateFor(peer, set);
    const cancel = new AbortController();
    const stored: StoredInstance[] = [];

    const cancelled = run(
      get(
        association,
        {
          identifier: identifierOf(association, {
            QueryRetrieveLevel: 'STUDY',
            StudyInstanceUID: set[0]!.studyInstanceUid,
          }),
          store: folderStore({ folder: inbox.path, fsync: false }),
          onStored(instance) {
            stored.push(instance);
            if (stored.length === 3) cancel.abort();
          },
        },
        cancel.signal,
      ),
    );

    await expect(cancelled).rejects.toMatchObject({ failure: { step: 'cancelled' } });
    const names = await readdir(inbox.path);
    expect(names.sort()).toEqual(stored.map(({ sopInstanceUid }) => `${sopInstanceUid}.dcm`).sort());
    const here = new Set(stored.map(({ sopInstanceUid }) => sopInstanceUid));
    await expectSameBytes(
      stored,
      set.filter(({ sopInstanceUid }) => here.has(sopInstanceUid)),
    );
  });

  it.skipIf(!isHere)(
    'fails at once when the peer is killed in the middle, with whole files only',
    async () => {
      await using source = await temporaryFolder();
      await using inbox = await temporaryFolder();
      const set = await writeSyntheticStudy(source.path, {
        patientName: 'LONG^STUDY',
        patientId: 'L1',
        studyDate: '20260101',
        series: [{ modality: 'CT', instances: 60 }],
        size: 256,
      });
      const peer = await start(set.map(({ path }) => path));
      await using association = await associateFor(peer, set);
      const stored: StoredInstance[] = [];
      let killing: Promise<void> | undefined;

      const failed = run(
        get(association, {
          identifier: identifierOf(association, {
            QueryRetrieveLevel: 'STUDY',
            StudyInstanceUID: set[0]!.studyInstanceUid,
          }),
          store: folderStore({ folder: inbox.path, fsync: false }),
          onStored(instance) {
            stored.push(instance);
            if ('child' in peer && isChild(peer.child)) killing ??= peer.child.kill();
          },
        }),
      );

      await expect(failed).rejects.toMatchObject({ failure: { step: 'respond', cause: 'closed' } });
      await killing;
      await peer[Symbol.asyncDispose]();
      const names = await readdir(inbox.path);
      expect(names.sort()).toEqual(stored.map(({ sopInstanceUid }) => `${sopInstanceUid}.dcm`).sort());
    },
  );
});

describe('C-GET of compressed images', () => {
  it.skipIf(!peers.orthanc || !peers.dcmtk)(
    'brings each as Orthanc has it, six syntaxes in one study set',
    async () => {
      await using source = await temporaryFolder();
      await using inbox = await temporaryFolder();
      const set = await writeMixedSet(source.path);
      await using peer = await startOrthancWith(set.map(({ path }) => path));

      for (const study of mixedStudies) {
        const files = set.filter(({ studyInstanceUid }) => studyInstanceUid === studyUidOf(study));
        await using association = await associateFor(peer, files);

        const { stored, result } = await retrieve(association, inbox.path, {
          QueryRetrieveLevel: 'STUDY',
          StudyInstanceUID: studyUidOf(study),
        });

        expect(result).toMatchObject({ status: 0, subOperations: { completed: files.length } });
        await expectSameBytes(stored, files);
      }
    },
  );

  it.skipIf(!peers.dcmtk)('brings JPEG Lossless from dcmqrscp where that is preferred', async () => {
    await using source = await temporaryFolder();
    await using inbox = await temporaryFolder();
    const set = await writeSyntheticStudy(source.path, {
      patientName: 'LOSSLESS^JPEG',
      patientId: 'J7',
      studyDate: '20260101',
      series: [{ modality: 'CT', instances: 3, encoding: 'jpeg-lossless' }],
    });
    await using peer = await startQr(
      set.map(({ path }) => path),
      ['+xs'],
    );
    await using association = await associateFor(peer, set, { preferred: 'jpeg-lossless' });

    const { stored } = await retrieve(association, inbox.path, {
      QueryRetrieveLevel: 'STUDY',
      StudyInstanceUID: set[0]!.studyInstanceUid,
    });

    expect(stored.map(({ transferSyntaxUid }) => transferSyntaxUid)).toEqual(
      set.map(() => TransferSyntax.JpegLossless),
    );
    await expectSameBytes(stored, set);
  });
});

interface Preferences {
  readonly preferred?: Compression;
  readonly model?: RetrieveModel;
}

function associateFor(
  peer: PlaceToCall,
  files: readonly SyntheticFile[],
  { preferred = 'as-stored', model = 'study-root' }: Preferences = {},
): Promise<Association> {
  const sopClassUids = files.map(({ sopClassUid }) => sopClassUid);
  return associateWith(peer, [
    ...planGetContexts({ sopClassUids, preferred, model }).slice(0, 127),
    {
      abstractSyntaxUid: SopClass.Verification,
      transferSyntaxUids: [TransferSyntax.ImplicitVrLittleEndian],
    },
  ]);
}

function identifierOf(association: Association, keys: Keys, model?: RetrieveModel): Buffer {
  return encodeIdentifier(
    Object.entries(keys).map(([keyword, value]) => ({ keyword, value })),
    getTransferSyntax(association, model),
  );
}

interface Got {
  readonly steps: readonly SubOperations[];
  readonly result: RetrieveResult;
  readonly stored: readonly StoredInstance[];
}

async function retrieve(
  association: Association,
  folder: string,
  keys: Keys,
  model?: RetrieveModel,
): Promise<Got> {
  const stored: StoredInstance[] = [];
  const ran = await run(
    get(association, {
      identifier: identifierOf(association, keys, model),
      store: folderStore({ folder, fsync: false }),
      onStored: (instance) => void stored.push(instance),
      ...(model !== undefined && { model }),
    }),
  );
  return { ...ran, stored };
}

async function run(
  getting: ReturnType<typeof get>,
): Promise<{ steps: readonly SubOperations[]; result: RetrieveResult }> {
  const steps: SubOperations[] = [];
  for (let step = await getting.next(); ; step = await getting.next()) {
    if (step.done === true) return { steps, result: step.value };
    steps.push(step.value);
  }
}

async function expectSameBytes(
  stored: readonly StoredInstance[],
  set: readonly SyntheticFile[],
): Promise<void> {
  const paths = new Map(stored.map(({ sopInstanceUid, path }) => [sopInstanceUid, path]));
  const changed: string[] = [];
  for (const file of set) {
    const path = paths.get(file.sopInstanceUid);
    const isSame =
      path !== undefined &&
      (await fileMetaOf(path)).transferSyntaxUid === file.transferSyntaxUid &&
      (await sameDataset(path, file.path));
    if (!isSame) changed.push(file.path);
  }
  expect(changed).toEqual([]);
  expect(stored).toHaveLength(set.length);
}

function isChild(value: unknown): value is { kill(): Promise<void> } {
  return typeof value === 'object' && value !== null && 'kill' in value;
}
