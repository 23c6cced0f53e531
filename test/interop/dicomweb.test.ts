import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openArchive, type Archive } from '../../electron/archive/index.ts';
import { FailureError, type Failure } from '../../electron/contract/failure.ts';
import { StudyKeys, type StudyMatch } from '../../electron/contract/study.ts';
import type { StoredInstance } from '../../electron/dataset/index.ts';
import { openWebSession, probeService, type DicomwebPlan } from '../../electron/dicomweb/index.ts';
import { findInstanceUids, findSeries, findStudies } from '../../electron/query/index.ts';
import { Arrivals, Ledger, retrieveByWeb } from '../../electron/transfers/index.ts';
import { startOrthanc, whichPeers, type Orthanc } from '../support/peers/index.ts';
import { sameDataset } from '../support/same-dataset.ts';
import {
  mixedStudies,
  studyUidOf,
  writeMixedSet,
  writeSyntheticStudy,
  type SyntheticFile,
  type SyntheticStudy,
} from '../support/synthetic-study.ts';
import { startTlsFront } from '../support/tls-front.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';
import { makeTlsIdentities } from '../support/tls-identities.ts';
import { webPlan } from '../support/web-peer.ts';

const peers = whichPeers();
const { signal } = new AbortController();
const japanese: SyntheticStudy = {
  patientName: 'Yamada^Tarou=山田^太郎=やまだ^たろう',
  patientId: 'JP1',
  studyDate: '20250101',
  description: 'Thorax Übersicht',
  characterSet: 'ISO_IR 192',
  series: [{ modality: 'CT', instances: 450 }],
  size: 8,
};

describe.skipIf(!peers.orthanc || !peers.orthancDicomWeb || !peers.dcmtk)('Orthanc by DICOMweb', () => {
  let folder: TemporaryFolder;
  let orthanc: Orthanc;
  let files: readonly SyntheticFile[];
  let plan: DicomwebPlan;

  beforeAll(async () => {
    folder = await temporaryFolder();
    files = [
      ...(await writeMixedSet(folder.path, mixedStudies)),
      ...(await writeSyntheticStudy(folder.path, japanese)),
    ];
    orthanc = await startOrthanc({
      aeTitle: 'ORTHANC',
      modalities: [],
      dicomWeb: true,
      // Else it answers in Latin-1, where most of these names have no letters.
      configuration: { DefaultEncoding: 'Utf8' },
      files: files.map(({ path }) => path),
    });
    plan = webPlan(`http://127.0.0.1:${orthanc.httpPort}/dicom-web`);
  }, 60_000);

  afterAll(async () => {
    await orthanc?.[Symbol.asyncDispose]();
    await folder?.[Symbol.asyncDispose]();
  });

  const filesOf = (study: SyntheticStudy): readonly SyntheticFile[] =>
    files.filter(({ studyInstanceUid }) => studyInstanceUid === studyUidOf(study));

  async function find(keys: Partial<StudyKeys>, limit = 500) {
    const matches: StudyMatch[] = [];
    let end = null;
    for await (const found of findStudies({ web: plan }, StudyKeys.parse(keys), limit, signal)) {
      if (found.kind === 'matches') matches.push(...found.matches);
      else end = found;
    }
    return { matches, end };
  }

  it('finds every study, and tells of each what C-FIND would', async () => {
    const { matches, end } = await find({});

    expect(end).toEqual({
      kind: 'end',
      count: mixedStudies.length + 1,
      limitReached: false,
      keysIgnored: false,
    });
    expect(matches.map(({ studyInstanceUid }) => studyInstanceUid).toSorted()).toEqual(
      [...mixedStudies, japanese].map(studyUidOf).toSorted(),
    );
    expect(matches.find(({ patientId }) => patientId === 'JP1')).toMatchObject({
      studyInstanceUid: studyUidOf(japanese),
      patientName: japanese.patientName,
      studyDate: '20250101',
      studyDescription: 'Thorax Übersicht',
      modalities: ['CT'],
      seriesCount: 1,
      instanceCount: 450,
    });
  });

  it('finds by name, by date, by modality; the limit is kept and said', async () => {
    const [first] = mixedStudies;
    const byName = await find({ patientName: 'yamada*' });
    const byDate = await find({ studyDateFrom: '20241231', studyDateTo: '20250102' });
    const byId = await find({ patientId: first!.patientId, modalities: ['CT', 'MR', 'US'] });
    const limited = await find({}, 2);

    expect(byName.matches.map(({ patientId }) => patientId).toSorted()).toEqual(['J1', 'JP1']);
    expect(byDate.matches.map(({ patientId }) => patientId)).toContain('JP1');
    expect(byDate.matches.every(({ studyDate }) => /^202(41231|5010[12])$/.test(studyDate))).toBe(true);
    expect(byId.matches.every(({ patientId }) => patientId === first!.patientId)).toBe(true);
    expect(byId.matches.length).toBeGreaterThan(0);
    expect(limited.end).toMatchObject({ count: 2, limitReached: true });
  });

  it('lists series, and more instances than it gives at once', async () => {
    for (const study of [...mixedStudies, japanese]) {
      const uid = studyUidOf(study);
      const series = await findSeries({ web: plan }, uid, signal);
      const instances = await findInstanceUids({ web: plan }, uid, null, signal);

      expect(series.map(({ modality }) => modality).toSorted()).toEqual(
        study.series.map(({ modality }) => modality).toSorted(),
      );
      expect(instances.map(({ sopInstanceUid }) => sopInstanceUid).toSorted()).toEqual(
        filesOf(study)
          .map(({ sopInstanceUid }) => sopInstanceUid)
          .toSorted(),
      );
      expect(instances.every(({ sopClassUid }) => sopClassUid !== '')).toBe(true);
    }
  });

  interface Retrieved extends AsyncDisposable {
    readonly archive: Archive;
    readonly stored: readonly StoredInstance[];
    readonly ledger: Ledger;
    readonly failure: Failure | null;
  }

  async function retrieve(studyInstanceUid: string, from: DicomwebPlan, until = signal): Promise<Retrieved> {
    const place = await temporaryFolder();
    const archive = await openArchive({ folder: place.path });
    const stored: StoredInstance[] = [];
    archive.onStored((one) => stored.push(one));
    const ledger = new Ledger({ now: () => performance.now(), onChange: () => {} });
    const tools = {
      arrivals: new Arrivals(),
      store: archive.store,
      heldUids: (uid: string) => archive.instanceUids(uid),
    };
    const request = { target: { web: from }, studyInstanceUid, seriesInstanceUid: null };
    const failure = await retrieveByWeb(request, tools, { ledger, phase: () => {} }, until).then(
      () => null,
      (thrown: unknown) => {
        if (thrown instanceof FailureError) return thrown.failure;
        throw thrown;
      },
    );
    return {
      archive,
      stored,
      ledger,
      failure,
      async [Symbol.asyncDispose]() {
        await archive.close();
        await place[Symbol.asyncDispose]();
      },
    };
  }

  it('gives every instance as it is stored: the same bytes, the same transfer syntax', async () => {
    for (const study of [...mixedStudies, japanese]) {
      await using retrieved = await retrieve(studyUidOf(study), plan);
      const { archive, ledger, failure } = retrieved;
      const sent = filesOf(study);

      expect(failure).toBeNull();
      expect(ledger.way).toBe('wado-rs');
      expect(ledger.progress).toMatchObject({ expected: sent.length, done: sent.length, failed: 0 });
      expect((await archive.instanceUids(studyUidOf(study))).toSorted()).toEqual(
        sent.map(({ sopInstanceUid }) => sopInstanceUid).toSorted(),
      );
      const held = new Map(retrieved.stored.map((one) => [one.sopInstanceUid, one]));
      for (const { path, sopInstanceUid, transferSyntaxUid } of sent) {
        const here = held.get(sopInstanceUid)!;
        expect(here.transferSyntaxUid).toBe(transferSyntaxUid);
        expect(await sameDataset(path, here.path)).toBe(true);
      }
    }
  }, 60_000);

  it('takes the same study twice without a second copy', async () => {
    const study = mixedStudies[0]!;
    await using first = await retrieve(studyUidOf(study), plan);

    expect(first.failure).toBeNull();
    const again = new Ledger({ now: () => performance.now(), onChange: () => {} });
    const tools = {
      arrivals: new Arrivals(),
      store: first.archive.store,
      heldUids: (uid: string) => first.archive.instanceUids(uid),
    };
    const request = {
      target: { web: plan },
      studyInstanceUid: studyUidOf(study),
      seriesInstanceUid: null,
    };
    await retrieveByWeb(request, tools, { ledger: again, phase: () => {} }, signal);

    expect(again.progress).toMatchObject({ done: filesOf(study).length, failed: 0 });
    expect(await first.archive.instanceUids(studyUidOf(study))).toHaveLength(filesOf(study).length);
  });

  it('a study that is not there fails by name, and leaves nothing', async () => {
    await using retrieved = await retrieve('1.2.3.4', plan);

    expect(retrieved.failure).toMatchObject({ step: 'http', service: 'WADO-RS', cause: 'not-found' });
    expect(retrieved.ledger.notices).toMatchObject([{ kind: 'list-unavailable' }]);
  });

  it('a retrieve that is cancelled stops, and what was whole stays', async () => {
    const cancel = new AbortController();
    const place = await temporaryFolder();
    const archive = await openArchive({ folder: place.path });
    const arrivals = new Arrivals();
    let arrived = 0;
    arrivals.listen({ stored: () => void (++arrived === 3 && cancel.abort()) });
    const ledger = new Ledger({ now: () => performance.now(), onChange: () => {} });
    const tools = { arrivals, store: archive.store, heldUids: (uid: string) => archive.instanceUids(uid) };
    const request = {
      target: { web: plan },
      studyInstanceUid: studyUidOf(japanese),
      seriesInstanceUid: null,
    };

    await expect(
      retrieveByWeb(request, tools, { ledger, phase: () => {} }, cancel.signal),
    ).rejects.toMatchObject({ failure: { step: 'cancelled' } });

    const held = await archive.instanceUids(studyUidOf(japanese));
    expect(held.length).toBeGreaterThanOrEqual(3);
    expect(held.length).toBeLessThan(450);
    expect(ledger.progress.done).toBe(held.length);
    await archive.close();
    await place[Symbol.asyncDispose]();
  });

  it('each of its three services answers to a probe', async () => {
    await using session = openWebSession(plan);

    for (const service of ['QIDO-RS', 'WADO-RS', 'STOW-RS'] as const) {
      expect(await probeService(session, service)).toEqual({ service, kind: 'works', status: 200 });
    }
    const changes = await fetch(`http://127.0.0.1:${orthanc.httpPort}/statistics`);
    expect(await changes.json()).toMatchObject({ CountStudies: mixedStudies.length + 1 });
  });

  it('is reached through TLS with its own authority, by expected name, with our certificate', async () => {
    await using made = await makeTlsIdentities();
    await using front = await startTlsFront(orthanc.httpPort, {
      ...made.named,
      ca: made.trusted.cert,
      requestCert: true,
      rejectUnauthorized: true,
    });
    const baseUrl = `https://127.0.0.1:${front.port}/dicom-web`;
    const trusted = { verify: true, ca: [made.trusted.cert], expectedName: 'pacs.example' };

    await using retrieved = await retrieve(
      studyUidOf(mixedStudies[0]!),
      webPlan(baseUrl, { tls: { ...trusted, identity: made.client } }),
    );
    await using unknown = await retrieve(studyUidOf(mixedStudies[0]!), webPlan(baseUrl, { tls: trusted }));

    expect(retrieved.failure).toBeNull();
    expect(retrieved.ledger.progress.done).toBe(filesOf(mixedStudies[0]!).length);
    expect(unknown.failure).toMatchObject({ step: 'tls', cause: 'client-certificate-required' });
  });
});

describe.skipIf(!peers.orthanc || !peers.orthancDicomWeb)('Orthanc that wants to know who asks', () => {
  it('lets in by the right password only', async () => {
    await using made = await makeTlsIdentities();
    await using orthanc = await startOrthanc({
      aeTitle: 'ORTHANC',
      modalities: [],
      dicomWeb: true,
      users: { viewer: 'geheim' },
    });
    // Debian's Orthanc dies of its own HTTPS.
    await using front = await startTlsFront(orthanc.httpPort, made.good);
    const tls = { verify: true, ca: [made.trusted.cert] };
    const probeAs = async (authentication: DicomwebPlan['authentication']) => {
      const plan = webPlan(`https://localhost:${front.port}/dicom-web`, { authentication, tls });
      await using session = openWebSession(plan);
      return probeService(session, 'QIDO-RS');
    };

    expect(await probeAs({ kind: 'basic', username: 'viewer', password: 'geheim' })).toMatchObject({
      kind: 'works',
    });
    for (const wrong of [
      { kind: 'basic', username: 'viewer', password: 'falsch' },
      { kind: 'none' },
      { kind: 'bearer', token: 'abc' },
    ] as const) {
      expect(await probeAs(wrong)).toMatchObject({
        kind: 'failed',
        failure: { step: 'http', cause: 'unauthorized', status: 401 },
      });
    }
  });
});
