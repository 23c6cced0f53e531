import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AeTitle } from '../../electron/contract/ae-title.ts';
import { StudyKeys, type FoundStudies, type StudyMatch } from '../../electron/contract/study.ts';
import { findInstanceUids, findSeries, findStudies, type QueryTarget } from '../../electron/query/index.ts';
import { mustRun, startDcmqrscp, startOrthanc, whichPeers } from '../support/peers/index.ts';
import {
  oneSyntaxPerClass,
  studyUidOf,
  writeMixedSet,
  type SyntheticFile,
} from '../support/synthetic-study.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';

const peers = whichPeers();
const never = new AbortController().signal;
const [jane = '', john = '', greek = '', japanese = ''] = oneSyntaxPerClass.map(studyUidOf);

const sorted = (...texts: readonly string[]): readonly string[] => texts.toSorted();

interface Peer extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly aeTitle: string;
}

const start = {
  dcmqrscp: (files: readonly string[]): Promise<Peer> =>
    startDcmqrscp({ aeTitle: 'QR', files, moveDestinations: [] }),
  Orthanc: (files: readonly string[]): Promise<Peer> =>
    // It answers in one character set of its own: one that has all letters.
    startOrthanc({ aeTitle: 'ORTHANC', files, modalities: [], configuration: { DefaultEncoding: 'Utf8' } }),
};

function targetAt({ host, port, aeTitle }: Peer): QueryTarget {
  const server = { host, port, aeTitle: AeTitle.parse(aeTitle), tls: false, verifyCertificate: false };
  return { server, callingAeTitle: 'GANTRY' };
}

interface Found {
  readonly matches: readonly StudyMatch[];
  readonly uids: readonly string[];
  readonly end: FoundStudies | undefined;
}

async function find(target: QueryTarget, keys: Partial<StudyKeys>, limit = 500): Promise<Found> {
  const items: FoundStudies[] = [];
  for await (const item of findStudies(target, StudyKeys.parse(keys), limit, never)) items.push(item);
  const matches = items.flatMap((item) => (item.kind === 'matches' ? item.matches : []));
  return {
    matches,
    uids: matches.map(({ studyInstanceUid }) => studyInstanceUid).toSorted(),
    end: items.at(-1),
  };
}

/** Of US alone, then of US and CT: dcmqrscp does not know Modalities in Study. */
const byModality = {
  dcmqrscp: [{ end: { count: 4, keysIgnored: true } }, { end: { count: 4, keysIgnored: true } }],
  Orthanc: [
    { uids: [john], end: { keysIgnored: false } },
    { uids: sorted(jane, john, greek), end: { count: 3, keysIgnored: false } },
  ],
};

describe.each(['dcmqrscp', 'Orthanc'] as const)('queries at %s', (name) => {
  const isHere = name === 'dcmqrscp' ? peers.dcmtk : peers.dcmtk && peers.orthanc;
  let folder: TemporaryFolder;
  let files: readonly SyntheticFile[];
  let peer: Peer;

  beforeAll(async () => {
    if (!isHere) return;
    folder = await temporaryFolder();
    files = await writeMixedSet(folder.path, oneSyntaxPerClass);
    peer = await start[name](files.map(({ path }) => path));
  });

  afterAll(async () => {
    await peer?.[Symbol.asyncDispose]();
    await folder?.[Symbol.asyncDispose]();
  });

  it.skipIf(!isHere)('find by name, ID, accession number and date', async () => {
    const target = targetAt(peer);

    expect((await find(target, {})).uids).toEqual(sorted(jane, john, greek, japanese));
    expect((await find(target, { patientName: 'DOE*' })).uids).toEqual(sorted(jane, john));
    expect((await find(target, { patientName: 'DOE^J?NE' })).uids).toEqual([jane]);
    expect((await find(target, { patientName: 'DOE' })).uids).toEqual([]);
    expect((await find(target, { patientName: 'Παπ*' })).uids).toEqual([greek]);
    expect((await find(target, { patientId: 'J1' })).uids).toEqual([japanese]);
    expect((await find(target, { accessionNumber: 'ACC2' })).uids).toEqual([john]);
    expect((await find(target, { studyDescription: 'CH*' })).uids).toEqual([jane]);
    expect((await find(target, { studyDateFrom: '20260201' })).uids).toEqual(sorted(john, japanese));
    expect((await find(target, { studyDateTo: '20260110' })).uids).toEqual([jane]);
    expect((await find(target, { studyDateFrom: '20260131', studyDateTo: '20260131' })).uids).toEqual([
      greek,
    ]);
    expect((await find(target, { patientName: 'DOE*', studyDateFrom: '20260201' })).uids).toEqual([john]);
  });

  it.skipIf(!isHere)('decode names in every character set', async () => {
    const { matches } = await find(targetAt(peer), {});

    expect(matches.map(({ patientName }) => patientName).toSorted()).toEqual(
      oneSyntaxPerClass.map(({ patientName }) => patientName).toSorted(),
    );
  });

  it.skipIf(!isHere)('by modality are right, or say that the server paid no attention', async () => {
    const one = await find(targetAt(peer), { modalities: ['US'] });
    const two = await find(targetAt(peer), { modalities: ['US', 'CT'] });

    expect([one, two]).toMatchObject(byModality[name]);
  });

  it.skipIf(!isHere)('stop at the limit and say so', async () => {
    expect((await find(targetAt(peer), {}, 2)).end).toMatchObject({ count: 2, limitReached: true });
    expect((await find(targetAt(peer), {}, 4)).end).toMatchObject({ count: 4, limitReached: false });
  });

  it.skipIf(!isHere)('find the series and the instances of a study', async () => {
    const ofJane = files.filter(({ studyInstanceUid }) => studyInstanceUid === jane);

    const series = await findSeries(targetAt(peer), jane, never);
    const instances = await findInstanceUids(targetAt(peer), jane, null, never);
    const ofOneSeries = await findInstanceUids(
      targetAt(peer),
      jane,
      ofJane[0]?.seriesInstanceUid ?? '',
      never,
    );

    expect(series.map(({ modality }) => modality).toSorted()).toEqual(['CT', 'MR', 'MR']);
    expect(series.map(({ seriesInstanceUid }) => seriesInstanceUid).toSorted()).toEqual(
      [...new Set(ofJane.map(({ seriesInstanceUid }) => seriesInstanceUid))].toSorted(),
    );
    expect(instances.map(({ sopInstanceUid }) => sopInstanceUid).toSorted()).toEqual(
      ofJane.map(({ sopInstanceUid }) => sopInstanceUid).toSorted(),
    );
    expect(ofOneSeries).toHaveLength(4);
    // dcmqrscp does not say the SOP class.
    const sopClass = name === 'Orthanc' ? '1.2.840.10008.5.1.4.1.1.2' : '';
    expect(new Set(ofOneSeries.map(({ sopClassUid }) => sopClassUid))).toEqual(new Set([sopClass]));
  });

  it.skipIf(!isHere)('find as many studies as findscu', async () => {
    const asked = ['-S', '-aec', peer.aeTitle, '-k', 'QueryRetrieveLevel=STUDY', '-k', 'StudyInstanceUID'];
    const { stdout, stderr } = await mustRun('findscu', [
      ...asked,
      '-k',
      'PatientName=D*',
      peer.host,
      `${peer.port}`,
    ]);
    const theirs = `${stdout}${stderr}`.match(/StudyInstanceUID/g)?.length;

    expect((await find(targetAt(peer), { patientName: 'D*' })).uids).toHaveLength(theirs ?? -1);
  });

  it.skipIf(!isHere)('at a wrong called AE title fail, and are no empty answer', async () => {
    const target = targetAt({ ...peer, aeTitle: 'NOBODY' });

    const outcome = find(target, {}).then(
      ({ end }) => end,
      (thrown: unknown) => thrown,
    );

    // Orthanc is set to answer to any name.
    expect(await outcome).toMatchObject(
      name === 'Orthanc'
        ? { kind: 'end', count: 4 }
        : { failure: { step: 'associate', cause: 'rejected', result: 1, source: 1, reason: 7 } },
    );
  });
});
