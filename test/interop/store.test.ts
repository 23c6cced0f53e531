import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FailureError, type Failure } from '../../electron/contract/failure.ts';
import { readFileHeader } from '../../electron/dataset/index.ts';
import { planStoreAssociations, store, type StoreFile } from '../../electron/dimse/index.ts';
import { associateWith, type PlaceToCall } from '../support/associate-with.ts';
import { startOrthanc, startStorescp, whichPeers, writeAssociationProfiles } from '../support/peers/index.ts';
import { datasetBytes } from '../support/same-dataset.ts';
import { mixedStudies, writeMixedSet, writeSyntheticStudy } from '../support/synthetic-study.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const peers = whichPeers();
const hardFolder = join(import.meta.dirname, '../../../shared/data/hard');

type Sent =
  | { readonly file: StoreFile; readonly status: number }
  | { readonly file: StoreFile; readonly failure: Failure };

describe.skipIf(!peers.dcmtk)('C-STORE to storescp', () => {
  it('leaves the bytes of every data set as they are', async () => {
    await using folder = await temporaryFolder();
    const set = await writeMixedSet(folder.path, mixedStudies);
    await using scp = await startStorescp();

    const sent = await sendAll(
      scp,
      set.map(({ path }) => path),
    );

    expect(sent.map((each) => ('status' in each ? each.status : each.failure))).toEqual(set.map(() => 0));
    await expectSameBytes(sent, await scp.files());
  });

  it.skipIf(!existsSync(hardFolder))('leaves the bytes of the hard ones as they are, too', async () => {
    const files = (await readdir(hardFolder)).map((name) => join(hardFolder, name));

    // One archive each: some of them share a SOP Instance UID.
    for (const file of files) {
      await using scp = await startStorescp({ args: ['-pm'] });
      const sent = await sendAll(scp, [file]);

      expect(sent).toMatchObject([{ status: 0 }]);
      await expectSameBytes(sent, await scp.files());
    }
  });

  it('fails at negotiation for a SOP class that is refused, and sends the rest', async () => {
    await using folder = await temporaryFolder();
    const set = await writeMixedSet(folder.path, mixedStudies);
    const profiles = join(folder.path, 'profiles.cfg');
    await writeAssociationProfiles(profiles);
    await using scp = await startStorescp({ accept: ['-xf', profiles, 'MrOnly'] });

    const sent = await sendAll(
      scp,
      set.map(({ path }) => path),
    );

    const stored = sent.filter((each) => 'status' in each);
    const failed = sent.filter((each) => 'failure' in each);
    expect(new Set(stored.map(({ file }) => file.sopClassUid))).toEqual(
      new Set(['1.2.840.10008.5.1.4.1.1.4']),
    );
    expect(stored).toHaveLength(9);
    expect(failed).toHaveLength(8);
    for (const { file, failure } of failed) {
      expect(failure).toMatchObject({
        step: 'negotiate',
        sopClassUid: file.sopClassUid,
        transferSyntaxUid: file.transferSyntaxUid,
        result: 3,
      });
    }
    expect(await scp.files()).toHaveLength(9);
  });

  it('never sends a file in another syntax than its own', async () => {
    await using folder = await temporaryFolder();
    const set = await writeSyntheticStudy(folder.path, mixedStudies[1]!);
    await using scp = await startStorescp({ accept: ['+xi'] });

    const sent = await sendAll(
      scp,
      set.map(({ path }) => path),
    );

    expect(sent.every((each) => 'failure' in each && each.failure.step === 'negotiate')).toBe(true);
    expect(await scp.files()).toEqual([]);
  });

  it.each(['--abort-after', '--abort-during'])('fails as aborted by a peer that is %s', async (when) => {
    await using folder = await temporaryFolder();
    const [first] = await writeSyntheticStudy(folder.path, { ...mixedStudies[0]!, size: 512 });
    await using scp = await startStorescp({ args: [when] });
    const began = performance.now();

    const [sent] = await sendAll(scp, [first!.path]);

    expect(sent).toMatchObject({ failure: { step: 'respond', cause: 'aborted' } });
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('fails at once when the peer is killed in the middle', async () => {
    await using folder = await temporaryFolder();
    const [first] = await writeSyntheticStudy(folder.path, { ...mixedStudies[0]!, size: 512 });
    await using scp = await startStorescp({ args: ['--sleep-during', '30'] });
    const header = await readFileHeader(first!.path);
    const file = { ...header, path: first!.path };
    const association = await associateWith(scp, planStoreAssociations([file])[0]!.contexts);
    const storing = store(association, file);
    storing.catch(() => {});

    await scp.child.kill();

    await expect(storing).rejects.toMatchObject({ failure: { step: 'respond', cause: 'closed' } });
  });
});

describe.skipIf(!peers.orthanc)('C-STORE to Orthanc', () => {
  it('has every instance of the mixed set stored', async () => {
    await using folder = await temporaryFolder();
    const set = await writeMixedSet(folder.path, mixedStudies);
    await using orthanc = await startOrthanc({ aeTitle: 'ORTHANC', modalities: [] });

    const sent = await sendAll(
      orthanc,
      set.map(({ path }) => path),
    );

    expect(sent.map((each) => ('status' in each ? each.status : each.failure))).toEqual(set.map(() => 0));
    const answer = await fetch(`http://127.0.0.1:${orthanc.httpPort}/statistics`);
    expect(await answer.json()).toMatchObject({ CountInstances: set.length, CountStudies: 4 });
  });
});

async function sendAll(peer: PlaceToCall, paths: readonly string[]): Promise<readonly Sent[]> {
  const files = await Promise.all(paths.map(async (path) => ({ ...(await readFileHeader(path)), path })));
  const sent: Sent[] = [];
  for (const { contexts, files: some } of planStoreAssociations(files)) {
    await using association = await associateWith(peer, contexts);
    for (const file of some) {
      try {
        const { status } = await store(association, file);
        sent.push({ file, status });
      } catch (error) {
        if (!(error instanceof FailureError)) throw error;
        sent.push({ file, failure: error.failure });
      }
    }
  }
  return sent;
}

/** storescp names its files by modality and SOP Instance UID. */
async function expectSameBytes(sent: readonly Sent[], received: readonly string[]): Promise<void> {
  const changed: string[] = [];
  for (const { file } of sent) {
    const path = received.find((each) => each.endsWith(`.${file.sopInstanceUid}`));
    const source = (await readFile(file.path)).subarray(file.datasetOffset);
    if (path === undefined || !(await datasetBytes(path)).equals(source)) changed.push(file.path);
  }
  expect(changed).toEqual([]);
  expect(received).toHaveLength(sent.length);
}
