import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mustRun, startStorescp, whichPeers } from '../support/peers/index.ts';
import { openReceivingHouse, type ReceivingHouse } from '../support/receiving-house.ts';
import { fileMetaOf, sameDataset } from '../support/same-dataset.ts';
import { writeSyntheticStudy, type Encoding, type SyntheticFile } from '../support/synthetic-study.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const peers = whichPeers();
const hardFolder = join(import.meta.dirname, '../../../shared/data/hard');

const proposals: readonly (readonly [option: string, encoding: Encoding])[] = [
  ['-x=', 'explicit'],
  ['-xi', 'implicit'],
  ['-xr', 'rle'],
  ['-xs', 'jpeg-lossless'],
  ['-xt', 'jpeg-ls'],
  ['-xv', 'j2k'],
];

describe.skipIf(!peers.dcmtk)('our storage SCP', () => {
  it.each(proposals)('stores what storescu %s sends as %s just as it is', async (option, encoding) => {
    await using folder = await temporaryFolder();
    await using house = await openReceivingHouse();
    const set = await writeStudy(folder.path, 2, encoding);

    await storescu(house, [option, '-R'], set);
    await storescu(house, [option, '+C'], set);

    expect(house.stored.map(({ alreadyHere }) => alreadyHere)).toEqual([false, false, true, true]);
    await expectSameBytes(house, set);
  });

  it('stores big-endian and deflated data sets just as they are', async () => {
    await using folder = await temporaryFolder();
    await using house = await openReceivingHouse();
    const [first, second] = await writeStudy(folder.path, 2, 'explicit');
    const bigEndian = join(folder.path, 'big-endian.dcm');
    const deflated = join(folder.path, 'deflated.dcm');
    await mustRun('dcmconv', ['+tb', first!.path, bigEndian]);
    await mustRun('dcmconv', ['+td', second!.path, deflated]);

    await mustRun('storescu', ['-xb', '-aec', 'GANTRY', house.host, `${house.port}`, bigEndian]);
    await mustRun('storescu', ['-xd', '-aec', 'GANTRY', house.host, `${house.port}`, deflated]);

    const paths = house.stored.map(({ path }) => path);
    expect((await Promise.all(paths.map(fileMetaOf))).map((meta) => meta.transferSyntaxUid)).toEqual([
      '1.2.840.10008.1.2.2',
      '1.2.840.10008.1.2.1.99',
    ]);
    expect(await sameDataset(paths[0]!, bigEndian)).toBe(true);
    const inflated = join(folder.path, 'inflated.dcm');
    await mustRun('dcmconv', ['+te', paths[1]!, inflated]);
    expect(await sameDataset(inflated, second!.path)).toBe(true);
  });

  it('chooses the preferred compression where one context offers it among others', async () => {
    await using folder = await temporaryFolder();
    const set = await writeStudy(folder.path, 1, 'jpeg-ls');
    await using asPreferred = await openReceivingHouse({ preferred: 'jpeg-ls-lossless' });

    await storescu(asPreferred, ['-xt', '+C'], set);

    expect(asPreferred.stored[0]!.transferSyntaxUid).toBe('1.2.840.10008.1.2.4.80');
    await expectSameBytes(asPreferred, set);
  });

  it('stores all of 200 objects once when eight senders at a time send them', async () => {
    await using folder = await temporaryFolder();
    await using house = await openReceivingHouse();
    const set = await writeStudy(folder.path, 200, 'explicit');
    const waiting = [...set];
    const sender = async () => {
      for (let file = waiting.pop(); file !== undefined; file = waiting.pop())
        await storescu(house, [], [file]);
    };

    await Promise.all(Array.from({ length: 8 }, sender));

    const uids = set.map(({ sopInstanceUid }) => sopInstanceUid).sort();
    expect(house.refused).toEqual([]);
    expect(house.stored.map(({ sopInstanceUid }) => sopInstanceUid).sort()).toEqual(uids);
    expect((await house.archive.instanceUids(set[0]!.studyInstanceUid)).toSorted()).toEqual(uids);
    await expectSameBytes(house, set);
  });

  it('stores one object that 20 senders send at the same time once', async () => {
    await using folder = await temporaryFolder();
    await using house = await openReceivingHouse();
    const set = await writeStudy(folder.path, 1, 'explicit');

    await Promise.all(Array.from({ length: 20 }, () => storescu(house, [], set)));

    expect(house.stored).toHaveLength(20);
    expect(house.stored.filter(({ alreadyHere }) => !alreadyHere)).toHaveLength(1);
    expect(await house.archive.instanceUids(set[0]!.studyInstanceUid)).toHaveLength(1);
    await expectSameBytes(house, set);
  });

  it.skipIf(!existsSync(hardFolder))('stores of the hard ones what storescp +B stores', async () => {
    const files = (await readdir(hardFolder)).map((name) => join(hardFolder, name));
    const differing: string[] = [];

    // One archive each: some of them share a SOP Instance UID.
    for (const file of files) {
      await using house = await openReceivingHouse();
      await using scp = await startStorescp({ args: ['-pm'] });
      await mustRun('dcmsend', ['-dn', '-nuc', '-aec', 'GANTRY', house.host, `${house.port}`, file]);
      await mustRun('dcmsend', ['-dn', '-nuc', scp.host, `${scp.port}`, file]);
      const [theirs] = await scp.files();
      const [ours] = house.stored;
      const isSame = ours !== undefined && (await sameDataset(ours.path, theirs!));
      if (!isSame) differing.push(file);
    }

    expect(differing).toEqual([]);
  });
});

function writeStudy(
  folder: string,
  instances: number,
  encoding: Encoding,
): Promise<readonly SyntheticFile[]> {
  return writeSyntheticStudy(folder, {
    patientName: 'SENT^BY',
    patientId: `S-${encoding}`,
    studyDate: '20260105',
    series: [{ modality: 'CT', instances, encoding }],
  });
}

async function storescu(
  house: ReceivingHouse,
  options: readonly string[],
  files: readonly SyntheticFile[],
): Promise<void> {
  const paths = files.map(({ path }) => path);
  await mustRun('storescu', [...options, '-aec', house.aeTitle, house.host, `${house.port}`, ...paths]);
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
