import { describe, expect, it } from 'vitest';
import { folderStore } from '../../electron/archive/index.ts';
import { encodeIdentifier, implementationClassUid, readFileHeader } from '../../electron/dataset/index.ts';
import {
  echo,
  find,
  findTransferSyntax,
  get,
  getTransferSyntax,
  move,
  moveTransferSyntax,
  planGetContexts,
  planStoreAssociations,
  store,
  type Association,
} from '../../electron/dimse/index.ts';
import { associateWith, type PlaceToCall } from '../support/associate-with.ts';
import { dissect, type Dissected } from '../support/dissect.ts';
import { mustRun, startDcmqrscp, startOrthanc, startStorescp, whichPeers } from '../support/peers/index.ts';
import { openReceivingHouse } from '../support/receiving-house.ts';
import { studyUidOf, writeSyntheticStudy, type SyntheticFile } from '../support/synthetic-study.ts';
import { tapPort, type TappedPort } from '../support/tapped-port.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { Piece } from '../support/traffic-file.ts';

const peers = whichPeers();
const isHere = peers.dcmtk && peers.tshark;
/** Nothing compressed: the dissector takes some fragments of pixel data for elements. */
const study = {
  patientName: 'WIRE^SHARK',
  patientId: 'W1',
  studyDate: '20260101',
  // 180 kB each: more than one PDU to anybody.
  size: 300,
  series: [
    { modality: 'CT', instances: 3 },
    { modality: 'MR', instances: 2, encoding: 'implicit' },
  ],
} as const;
const keys = [
  { keyword: 'QueryRetrieveLevel', value: 'STUDY' },
  { keyword: 'StudyInstanceUID', value: studyUidOf(study) },
];

describe.skipIf(!isHere)('what we say on the wire, as Wireshark reads it', () => {
  it('is right in an echo, a query and a retrieve by C-MOVE, on both connections', async () => {
    await using folder = await temporaryFolder();
    const set = await writeStudy(folder.path);
    await using house = await openReceivingHouse();
    await using toUs = await tapPort(house.port);
    await using pacs = await startDcmqrscp({
      aeTitle: 'QR',
      files: set.map(({ path }) => path),
      moveDestinations: [{ aeTitle: 'GANTRY', host: '127.0.0.1', port: toUs.port }],
    });
    await using tap = await tapPort(pacs.port);

    const association = await associateWith({ ...tap, aeTitle: 'QR' });
    await echo(association);
    const identifier = encodeIdentifier(keys, findTransferSyntax(association));
    for await (const _ of find(association, { identifier })) continue;
    const moved = encodeIdentifier(keys, moveTransferSyntax(association));
    for await (const _ of move(association, { identifier: moved, destination: 'GANTRY' })) continue;
    await association.release();

    expect(verdict(await seen(tap, 'caller'))).toEqual(right);
    expect(verdict(await seen(toUs, 'called'))).toEqual(right);
    expect(house.stored.length).toBeGreaterThan(0);
  });

  it.skipIf(!peers.orthanc)('is right in a retrieve by C-GET', async () => {
    await using folder = await temporaryFolder();
    await using inbox = await temporaryFolder();
    const set = await writeStudy(folder.path);
    await using orthanc = await startOrthanc({
      aeTitle: 'ORTHANC',
      files: set.map(({ path }) => path),
      modalities: [],
    });
    await using tap = await tapPort(orthanc.port);

    const sopClassUids = set.map(({ sopClassUid }) => sopClassUid);
    const association = await associateWith(
      { ...tap, aeTitle: 'ORTHANC' },
      planGetContexts({ sopClassUids, preferred: 'as-stored' }),
    );
    const identifier = encodeIdentifier(keys, getTransferSyntax(association));
    const into = folderStore({ folder: inbox.path, fsync: false });
    for await (const _ of get(association, { identifier, store: into })) continue;
    await association.release();

    expect(verdict(await seen(tap, 'caller'))).toEqual(right);
  });

  // 4,096 is the least that DCMTK takes, 131,072 the most.
  it.each([4096, 16_384, 131_072])('never sends a PDU above %i bytes to who asks for that', async (most) => {
    await using folder = await temporaryFolder();
    const set = await writeStudy(folder.path);
    await using scp = await startStorescp({ args: ['-pdu', `${most}`] });
    await using tap = await tapPort(scp.port);

    await sendAll(
      tap,
      set.map(({ path }) => path),
    );

    const packets = await seen(tap, 'caller');
    expect(verdict(packets)).toEqual(right);
    const theirs = packets.filter(({ isOurs }) => !isOurs).flatMap(({ maximumLengths }) => maximumLengths);
    expect(new Set(theirs)).toEqual(new Set([most]));
    const data = packets.filter(({ isOurs, pduTypes }) => isOurs && pduTypes.every((type) => type === 4));
    expect(Math.max(...data.flatMap(({ pduLengths }) => pduLengths))).toBeLessThanOrEqual(most);
  });

  it('is right in an answer to echoscu and to storescu, whoever ends it', async () => {
    await using folder = await temporaryFolder();
    const [first] = await writeStudy(folder.path);
    await using house = await openReceivingHouse();
    await using tap = await tapPort(house.port);
    const place = ['-aec', 'GANTRY', tap.host, `${tap.port}`];

    await mustRun('echoscu', ['-ppc', '128', '-pts', '38', ...place]);
    await mustRun('echoscu', ['--abort', ...place]);
    await mustRun('storescu', ['-R', '-xs', ...place, first!.path]);

    expect(verdict(await seen(tap, 'called'))).toEqual(right);
  });
});

function writeStudy(folder: string): Promise<readonly SyntheticFile[]> {
  return writeSyntheticStudy(folder, study);
}

/** Nothing to complain about, our name, our Maximum Length, and no identity in the clear. */
function verdict(packets: readonly Dissected[]): object {
  const ours = packets.filter(({ isOurs }) => isOurs);
  const introductions = ours.filter(({ pduTypes }) => pduTypes.includes(1) || pduTypes.includes(2));
  return {
    complaints: ours.flatMap(({ complaints }) => complaints),
    hasData: ours.some(({ pduTypes }) => pduTypes.includes(4)),
    names: [...new Set(introductions.map(({ implementationUids }) => implementationUids.join()))],
    maximumLengths: [...new Set(introductions.map(({ maximumLengths }) => maximumLengths.join()))],
    userIdentity: ours.some(({ userIdentity }) => userIdentity),
  };
}

const right = {
  complaints: [],
  hasData: true,
  names: [implementationClassUid],
  maximumLengths: ['131072'],
  userIdentity: false,
};

async function seen(tap: TappedPort, we: Piece['from']): Promise<readonly Dissected[]> {
  await tap.quiet();
  return await dissect(tap.pieces, tap.port, we);
}

async function sendAll(peer: PlaceToCall, files: readonly string[]): Promise<void> {
  const headers = await Promise.all(files.map(async (path) => ({ path, ...(await readFileHeader(path)) })));
  for (const { contexts, files: group } of planStoreAssociations(headers)) {
    const association: Association = await associateWith(peer, contexts);
    for (const file of group) await store(association, file);
    await association.release();
  }
}
