import { describe, expect, it } from 'vitest';
import { encodeIdentifier, parseDataset, textOf } from '../../electron/dataset/index.ts';
import { find, findTransferSyntax } from '../../electron/dimse/index.ts';
import { associateWith, type PlaceToCall } from '../support/associate-with.ts';
import { mustRun, startDcmqrscp, startOrthanc, whichPeers } from '../support/peers/index.ts';
import { mixedStudies, oneSyntaxPerClass, studyUidOf, writeMixedSet } from '../support/synthetic-study.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const peers = whichPeers();
type Keys = Readonly<Record<string, string>>;
type Peer = PlaceToCall & { readonly aeTitle: string } & AsyncDisposable;

const janeStudy = studyUidOf(mixedStudies[0]!);

const queries: readonly (readonly [words: string, keys: Keys])[] = [
  ['all studies', { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: '' }],
  ['a name with *', { QueryRetrieveLevel: 'STUDY', PatientName: 'DOE*', StudyInstanceUID: '' }],
  ['a name with ?', { QueryRetrieveLevel: 'STUDY', PatientName: 'DOE^J?NE', StudyInstanceUID: '' }],
  ['a name nobody has', { QueryRetrieveLevel: 'STUDY', PatientName: 'NOBODY*', StudyInstanceUID: '' }],
  ['a patient ID', { QueryRetrieveLevel: 'STUDY', PatientID: 'A2', StudyInstanceUID: '' }],
  ['an accession number', { QueryRetrieveLevel: 'STUDY', AccessionNumber: 'ACC1', StudyInstanceUID: '' }],
  ['dates from', { QueryRetrieveLevel: 'STUDY', StudyDate: '20260201-', StudyInstanceUID: '' }],
  ['dates until', { QueryRetrieveLevel: 'STUDY', StudyDate: '-20260131', StudyInstanceUID: '' }],
  ['dates between', { QueryRetrieveLevel: 'STUDY', StudyDate: '20260110-20260131', StudyInstanceUID: '' }],
  ['one date', { QueryRetrieveLevel: 'STUDY', StudyDate: '20260210', StudyInstanceUID: '' }],
  [
    'the series of a study',
    { QueryRetrieveLevel: 'SERIES', StudyInstanceUID: janeStudy, SeriesInstanceUID: '' },
  ],
];

const starts: readonly (readonly [string, boolean, (files: readonly string[]) => Promise<Peer>])[] = [
  ['dcmqrscp', peers.dcmtk, (files) => startDcmqrscp({ aeTitle: 'QR', files, moveDestinations: [] })],
  [
    'Orthanc',
    peers.orthanc && peers.dcmtk,
    (files) =>
      startOrthanc({
        aeTitle: 'ORTHANC',
        files,
        modalities: [],
        // It answers in one character set of its own: one that has all letters.
        configuration: { DefaultEncoding: 'Utf8' },
      }),
  ],
];

describe.each(starts)('C-FIND at %s', (name, isHere, start) => {
  it.skipIf(!isHere)('finds as many as findscu at each level, with the same UIDs', async () => {
    await using folder = await temporaryFolder();
    const set = await writeMixedSet(folder.path, name === 'dcmqrscp' ? oneSyntaxPerClass : mixedStudies);
    await using peer = await start(set.map((file) => file.path));

    const ours: Record<string, readonly string[]> = {};
    const theirs: Record<string, readonly string[]> = {};
    for (const [words, keys] of queries) {
      ours[words] = (await ask(peer, keys)).map((match) => textOf(match, uidKeyOf(keys))).sort();
      theirs[words] = (await findscu(peer, keys)).toSorted();
    }

    expect(ours).toEqual(theirs);
    expect(ours['all studies']).toHaveLength(4);
    expect(ours['a name with *']).toHaveLength(2);
    expect(ours['a name nobody has']).toEqual([]);
  });

  it.skipIf(!isHere)('finds the instances of a series', async () => {
    await using folder = await temporaryFolder();
    const set = await writeMixedSet(folder.path, name === 'dcmqrscp' ? oneSyntaxPerClass : mixedStudies);
    await using peer = await start(set.map((file) => file.path));
    const first = set[0]!;
    const keys = {
      QueryRetrieveLevel: 'IMAGE',
      StudyInstanceUID: first.studyInstanceUid,
      SeriesInstanceUID: first.seriesInstanceUid,
      SOPInstanceUID: '',
    };

    const matches = await ask(peer, keys);

    const ofSeries = set.filter(({ seriesInstanceUid }) => seriesInstanceUid === first.seriesInstanceUid);
    expect(matches.map((match) => textOf(match, 'SOPInstanceUID')).sort()).toEqual(
      ofSeries.map(({ sopInstanceUid }) => sopInstanceUid).sort(),
    );
    expect(await findscu(peer, keys)).toHaveLength(ofSeries.length);
  });

  it.skipIf(!isHere)('decodes names in Latin, Greek and Japanese', async () => {
    await using folder = await temporaryFolder();
    const set = await writeMixedSet(folder.path, name === 'dcmqrscp' ? oneSyntaxPerClass : mixedStudies);
    await using peer = await start(set.map((file) => file.path));
    const keys = { QueryRetrieveLevel: 'STUDY', PatientName: '', SpecificCharacterSet: '' };

    const names = (await ask(peer, keys)).map((match) => textOf(match, 'PatientName'));

    expect(names).toContain('DOE^JANE');
    expect(names.sort()).toEqual(mixedStudies.map(({ patientName }) => patientName).sort());
  });
});

async function ask(peer: Peer, keys: Keys) {
  await using association = await associateWith(peer);
  const syntax = findTransferSyntax(association);
  const identifier = encodeIdentifier(
    Object.entries(keys).map(([keyword, value]) => ({ keyword, value })),
    syntax,
  );
  const matches = [];
  for await (const match of find(association, { identifier })) {
    matches.push(parseDataset(match.identifier, match.transferSyntaxUid));
  }
  return matches;
}

/** The UIDs of its level that DCMTK's findscu finds by the same keys. */
async function findscu(peer: Peer, keys: Keys): Promise<readonly string[]> {
  const asked = Object.entries(keys).flatMap(([keyword, value]) => ['-k', `${keyword}=${value}`]);
  const { stdout, stderr } = await mustRun('findscu', [
    '-S',
    '-aec',
    peer.aeTitle,
    ...asked,
    peer.host,
    `${peer.port}`,
  ]);
  const line = new RegExp(`UI \\[([0-9.]+)\\0?\\].*${uidKeyOf(keys)}\\s*$`, 'gm');
  return [...`${stdout}${stderr}`.matchAll(line)].map(([, uid]) => uid!);
}

function uidKeyOf(keys: Keys): string {
  const level = keys['QueryRetrieveLevel'];
  if (level === 'STUDY') return 'StudyInstanceUID';
  return level === 'SERIES' ? 'SeriesInstanceUID' : 'SOPInstanceUID';
}
