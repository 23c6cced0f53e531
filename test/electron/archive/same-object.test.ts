import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openArchive, type Archive } from '../../../electron/archive/index.ts';
import {
  buildDataset,
  buildEncapsulated,
  buildItems,
  type BuiltElement,
} from '../../support/build-dataset.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';
import { explicit, failureOf, imageDataset, storeDataset } from './instances.ts';

const deflated = '1.2.840.10008.1.2.1.99';
const baseline = '1.2.840.10008.1.2.4.50';
const jpegLs = '1.2.840.10008.1.2.4.80';
const jpeg2000 = '1.2.840.10008.1.2.4.90';

type Elements = readonly BuiltElement[];

const sequence: Elements = [
  ['00081115', 'SQ', buildItems([buildDataset([['0020000E', 'UI', '1.2.9']])])],
  ['00091010', 'LO', 'private'],
];

/** The image with its pixels in fragments, as a compressing server would send it. */
function compressed(elements: Elements = [], photometric = 'MONOCHROME2'): Buffer {
  const whole = imageDataset({}, [...sequence, ['00280004', 'CS', photometric], ...elements]);
  const pixels = 12 + 8;
  return Buffer.concat([whole.subarray(0, whole.length - pixels), buildEncapsulated([Buffer.from([1, 2])])]);
}

const plain = (elements: Elements = []): Buffer => imageDataset({}, [...sequence, ...elements]);

describe('an object that is here in one transfer syntax and comes in another', () => {
  let folder: TemporaryFolder;
  let archive: Archive;
  beforeEach(async () => {
    folder = await temporaryFolder();
    archive = await openArchive({ folder: folder.path });
  });
  afterEach(async () => {
    await archive.close();
    await folder[Symbol.asyncDispose]();
  });

  const store = (dataset: Buffer, transferSyntaxUid: string) =>
    storeDataset(archive.store, dataset, { transferSyntaxUid });
  const quarantined = async (): Promise<number> =>
    (await readdir(join(folder.path, 'quarantine')).catch(() => [])).length;

  it.each([
    ['deflated', deflateRawSync(plain()), deflated],
    ['compressed', compressed(), jpegLs],
    ['compressed with its colours in another space', compressed([], 'YBR_RCT'), jpeg2000],
  ])('is the one that is here: %s', async (_, dataset, syntax) => {
    const first = await store(plain(), explicit);

    expect(await store(dataset, syntax)).toMatchObject({ alreadyHere: true, path: first.path });
    expect(await quarantined()).toBe(0);
    expect(await readdir(join(folder.path, 'incoming'))).toEqual([]);
  });

  it.each([
    ['says another name', compressed([['00100010', 'PN', 'ROE^RICHARD']]), jpegLs],
    ['has one attribute more', compressed([['00102160', 'SH', 'x']]), jpegLs],
    [
      'has another item in a sequence',
      compressed([['00081115', 'SQ', buildItems([buildDataset([['0020000E', 'UI', '1.2.8']])])]]),
      jpegLs,
    ],
    [
      'has other pixels, and both can be compared',
      deflateRawSync(plain([['7FE00010', 'OB', Buffer.from([8, 7, 6, 5, 4, 3, 2, 1])]])),
      deflated,
    ],
    ['may have lost something, and does not say so', compressed(), baseline],
  ])('is another one, which goes into quarantine, where it %s', async (_, dataset, syntax) => {
    await store(plain(), explicit);

    const failure = await failureOf(store(dataset, syntax));

    expect(failure).toMatchObject({ step: 'storage', cause: 'conflict' });
    expect(await quarantined()).toBe(1);
    expect(await archive.instanceUids('1.2')).toEqual(['1.2.3.4']);
  });

  it('is the one that is here where both say that something was lost', async () => {
    const lossy: Elements = [['00282110', 'CS', '01']];
    await store(compressed(lossy), baseline);

    expect(await store(plain(lossy), explicit)).toMatchObject({ alreadyHere: true });
  });
});
