import { open } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '../../../electron/archive/index.ts';
import type { ArchiveInstance } from '../../../electron/contract/archive.ts';
import {
  buildDataset,
  type BuiltElement,
  buildEncapsulated,
  buildItems,
} from '../../support/build-dataset.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { explicit, failureOf, imageDataset, onlyInstance, storeDataset } from './instances.ts';

const jpeg = '1.2.840.10008.1.2.4.50';

interface Shown {
  readonly archive: Archive;
  readonly instance: ArchiveInstance;
  readonly frame: (frameNumber: number) => Promise<number[]>;
}

/** Stores a data set in an archive of its own and shows it to the test. */
async function withStored(
  dataset: Uint8Array,
  transferSyntaxUid: string,
  use: (shown: Shown) => Promise<void>,
): Promise<void> {
  await using folder = await temporaryFolder();
  await using archive = await openArchive({ folder: folder.path, fsync: false });
  await storeDataset(archive.store, dataset, { transferSyntaxUid });
  const frame = async (frameNumber: number) => [...(await archive.openFrame('1.2.3.4', frameNumber)).bytes];
  await use({ archive, instance: await onlyInstance(archive), frame });
}

function encapsulated(elements: readonly BuiltElement[], pixels: Buffer): Buffer {
  return Buffer.concat([withoutPixels(elements), pixels]);
}

function withoutPixels(elements: readonly BuiltElement[]): Buffer {
  const dataset = imageDataset({}, [...elements, ['7FE00010', 'OB', Buffer.alloc(0)]]);
  return dataset.subarray(0, -12);
}

describe('a native frame', () => {
  it('is the exact bytes of that frame', async () => {
    const dataset = imageDataset({}, [
      ['00280008', 'IS', '3'],
      ['7FE00010', 'OB', Buffer.from(Array.from({ length: 24 }, (_, index) => index))],
    ]);

    await withStored(dataset, explicit, async ({ frame, archive, instance }) => {
      expect(instance.image).toMatchObject({ frameCount: 3, rows: 2, columns: 4, warnings: [] });
      expect(await frame(2)).toEqual([8, 9, 10, 11, 12, 13, 14, 15]);
      expect((await archive.openFrame('1.2.3.4', 3)).transferSyntaxUid).toBe(explicit);
    });
  });

  it('that is not there is a failure', async () => {
    await withStored(imageDataset(), explicit, async ({ archive }) => {
      const failure = { step: 'storage', cause: 'unreadable' };

      expect(await failureOf(archive.openFrame('1.2.3.4', 2))).toMatchObject(failure);
      expect(await failureOf(archive.openFrame('1.2.3.4', 0))).toMatchObject(failure);
      expect(await failureOf(archive.openFrame('9.9', 1))).toMatchObject(failure);
    });
  });

  it('that is cut short is never filled up', async () => {
    const dataset = imageDataset({}, [
      ['00280008', 'IS', '3'],
      ['7FE00010', 'OB', Buffer.alloc(20, 1)],
    ]);

    await withStored(dataset, explicit, async ({ archive, frame, instance }) => {
      expect(instance.image?.warnings).toEqual([
        'Only 2 of 3 frames are whole: the pixel data is cut short.',
      ]);
      expect(await frame(2)).toHaveLength(8);
      expect(await failureOf(archive.openFrame('1.2.3.4', 3))).toMatchObject({ cause: 'unreadable' });
    });
  });

  it('of which nothing is whole is not shown', async () => {
    const dataset = imageDataset({}, [['7FE00010', 'OB', Buffer.alloc(6)]]);

    await withStored(dataset, explicit, async ({ instance }) => {
      expect(instance).toMatchObject({ image: null, notShown: { cause: 'damaged' } });
    });
  });

  it('of big-endian words is little endian', async () => {
    const little = imageDataset({}, [
      ['00280100', 'US', [16]],
      ['7FE00010', 'OW', Buffer.alloc(0)],
    ]);
    const dataset = Buffer.concat([
      asBigEndian(little.subarray(0, -12)),
      Buffer.from('7fe000104f57000000000010', 'hex'),
      Buffer.from(Array.from({ length: 16 }, (_, index) => index)),
    ]);

    await withStored(dataset, '1.2.840.10008.1.2.2', async ({ frame, archive }) => {
      expect(await frame(1)).toEqual([1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14]);
      expect((await archive.openFrame('1.2.3.4', 1)).transferSyntaxUid).toBe(explicit);
    });
  });

  it('of bits becomes one of bytes, wherever its first bit is', async () => {
    const dataset = imageDataset({}, [
      ['00280008', 'IS', '3'],
      ['00280010', 'US', [1]],
      ['00280011', 'US', [5]],
      ['00280100', 'US', [1]],
      ['00280101', 'US', [1]],
      ['00280102', 'US', [0]],
      // 10110 01001 11100 from the lowest bit on
      ['7FE00010', 'OB', Buffer.from([0b01001101, 0b00011110])],
    ]);

    await withStored(dataset, explicit, async ({ frame, instance }) => {
      expect(instance.image).toMatchObject({ bitsAllocated: 8, bitsStored: 1, highBit: 0 });
      expect(await frame(1)).toEqual([1, 0, 1, 1, 0]);
      expect(await frame(2)).toEqual([0, 1, 0, 0, 1]);
      expect(await frame(3)).toEqual([1, 1, 1, 0, 0]);
    });
  });

  it('of a deflated data set is inflated', async () => {
    await withStored(
      deflateRawSync(imageDataset()),
      '1.2.840.10008.1.2.1.99',
      async ({ frame, instance }) => {
        expect(instance.image).toMatchObject({ rows: 2, columns: 4 });
        expect(await frame(1)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      },
    );
  });

  it('of subsampled colour has two samples a pixel, unless its length says three', async () => {
    const colour: readonly BuiltElement[] = [
      ['00280002', 'US', [3]],
      ['00280004', 'CS', 'YBR_FULL_422'],
    ];

    await withStored(
      imageDataset({}, [...colour, ['7FE00010', 'OB', Buffer.alloc(16)]]),
      explicit,
      async (shown) => {
        expect(await shown.frame(1)).toHaveLength(16);
        expect(shown.instance.image?.photometricInterpretation).toBe('YBR_FULL_422');
      },
    );
    await withStored(
      imageDataset({}, [...colour, ['7FE00010', 'OB', Buffer.alloc(24)]]),
      explicit,
      async (shown) => {
        expect(await shown.frame(1)).toHaveLength(24);
        expect(shown.instance.image?.photometricInterpretation).toBe('YBR_FULL');
      },
    );
  });

  it('of a file that became shorter behind our back is a failure', async () => {
    await using folder = await temporaryFolder();
    await using archive = await openArchive({ folder: folder.path, fsync: false });
    const { path, bytes } = await storeDataset(archive.store, imageDataset());
    await using file = await open(path, 'r+');
    await file.truncate(bytes - 3);

    expect(await failureOf(archive.openFrame('1.2.3.4', 1))).toMatchObject({ step: 'storage' });
  });
});

describe('a compressed frame', () => {
  it('is all its fragments, joined', async () => {
    const dataset = encapsulated(
      [],
      buildEncapsulated([Buffer.from([1, 2]), Buffer.from([3, 4]), Buffer.from([5, 6])]),
    );

    await withStored(dataset, jpeg, async ({ frame, archive, instance }) => {
      expect(instance.image).toMatchObject({ frameCount: 1, lossy: true });
      expect(await frame(1)).toEqual([1, 2, 3, 4, 5, 6]);
      expect((await archive.openFrame('1.2.3.4', 1)).transferSyntaxUid).toBe(jpeg);
    });
  });

  it('whose last fragment is cut is not handed out, the ones before are', async () => {
    const frames = [1, 2, 3].map((number) => Buffer.alloc(8, number));
    const whole = encapsulated([['00280008', 'IS', '3']], buildEncapsulated(frames));

    await withStored(whole.subarray(0, -11), jpeg, async ({ frame, archive, instance }) => {
      expect(await frame(2)).toEqual([2, 2, 2, 2, 2, 2, 2, 2]);
      expect(await failureOf(archive.openFrame('1.2.3.4', 3))).toMatchObject({ cause: 'unreadable' });
      expect(instance.image?.warnings).toEqual([
        'Only 2 of 3 frames are whole: the pixel data is cut short.',
      ]);
    });
  });

  it('behind which the end is missing is shown with a warning', async () => {
    const whole = encapsulated([], buildEncapsulated([Buffer.alloc(8, 1)]));

    await withStored(whole.subarray(0, -8), jpeg, async ({ frame, instance }) => {
      expect(await frame(1)).toHaveLength(8);
      expect(instance.image?.warnings).toEqual(['The end of the pixel data is missing.']);
    });
  });

  it('that was never compressed is native', async () => {
    await withStored(imageDataset(), jpeg, async ({ archive, instance }) => {
      expect(instance.image?.warnings).toEqual(['Named compressed, but is not.']);
      expect((await archive.openFrame('1.2.3.4', 1)).transferSyntaxUid).toBe(explicit);
    });
  });

  it('of deflated bytes is inflated', async () => {
    const dataset = encapsulated(
      [],
      buildEncapsulated([deflateRawSync(Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]))]),
    );

    await withStored(dataset, '1.2.840.10008.1.2.8.1', async ({ frame, archive }) => {
      expect(await frame(1)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      expect((await archive.openFrame('1.2.3.4', 1)).transferSyntaxUid).toBe(explicit);
    });
  });
});

async function reasonOf(dataset: Uint8Array, transferSyntaxUid = explicit): Promise<unknown> {
  let reason: unknown;
  await withStored(dataset, transferSyntaxUid, async ({ instance, archive }) => {
    expect(instance.image).toBeNull();
    expect(await failureOf(archive.openFrame('1.2.3.4', 1))).toMatchObject({ step: 'storage' });
    reason = instance.notShown;
  });
  return reason;
}

describe('a frame that is damaged', () => {
  it('inside of its deflated bytes is a failure', async () => {
    const pixels = buildEncapsulated([Buffer.from('not deflated')]);

    await withStored(encapsulated([], pixels), '1.2.840.10008.1.2.8.1', async ({ archive }) => {
      expect(await failureOf(archive.openFrame('1.2.3.4', 1))).toMatchObject({ cause: 'unreadable' });
    });
  });

  it('and shorter than its rows and columns say is a failure', async () => {
    const short = buildEncapsulated([Buffer.from([1, 2, 3, 4])]);
    const exact = buildEncapsulated([Buffer.from([1, 2, 3, 4, 5, 6, 7, 8])]);

    await withStored(encapsulated([], short), '1.2.840.10008.1.2.1.98', async ({ archive }) => {
      expect(await failureOf(archive.openFrame('1.2.3.4', 1))).toMatchObject({ cause: 'unreadable' });
    });
    await withStored(encapsulated([], exact), '1.2.840.10008.1.2.1.98', async ({ frame }) => {
      expect(await frame(1)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });
  });
});

describe('what is not shown', () => {
  it('has no pixel data', async () => {
    const report = buildDataset([
      ['00080016', 'UI', '1.2.840.10008.5.1.4.1.1.7'],
      ['00080018', 'UI', '1.2.3.4'],
      ['0020000D', 'UI', '1.2'],
      ['0020000E', 'UI', '1.2.3'],
      ['0040A730', 'SQ', buildItems([buildDataset([['0040A010', 'CS', 'CONTAINS']])])],
    ]);

    expect(await reasonOf(report)).toEqual({ cause: 'no-pixel-data' });
  });

  it('is a film, or of a kind nobody here can decode', async () => {
    const fragments = encapsulated([], buildEncapsulated([Buffer.alloc(8)]));

    expect(await reasonOf(fragments, '1.2.840.10008.1.2.4.102')).toEqual({
      cause: 'unsupported',
      detail: 'MPEG video',
    });
    expect(await reasonOf(fragments, '1.2.3.4.5')).toMatchObject({ cause: 'unsupported' });
  });

  it('has a size that cannot be', async () => {
    expect(await reasonOf(imageDataset({}, [['00280010', 'US', [0]]]))).toMatchObject({ cause: 'damaged' });
    expect(
      await reasonOf(
        imageDataset({}, [
          ['00280010', 'UL', [4_000_000_000]],
          ['00280011', 'UL', [4_000_000_000]],
        ]),
      ),
    ).toMatchObject({ cause: 'unsupported' });
    expect(await reasonOf(imageDataset({}, [['00280100', 'US', [12]]]))).toMatchObject({
      cause: 'unsupported',
    });
    expect(await reasonOf(imageDataset({}, [['00280008', 'IS', '2000000000']]))).toMatchObject({
      cause: 'unsupported',
    });
  });

  it('has a header that breaks off', async () => {
    const whole = withoutPixels([]);

    expect(await reasonOf(whole.subarray(0, -5))).toMatchObject({ cause: 'damaged' });
  });
});

/** Every header of an explicit little-endian data set of short elements, and every number, the other way. */
function asBigEndian(little: Buffer): Buffer {
  const bytes = Buffer.from(little);
  for (let at = 0; at < bytes.length;) {
    const vr = bytes.toString('latin1', at + 4, at + 6);
    const length = bytes.readUInt16LE(at + 6);
    bytes.subarray(at, at + 4).swap16();
    bytes.subarray(at + 6, at + 8).swap16();
    if (vr === 'US') bytes.subarray(at + 8, at + 8 + length).swap16();
    at += 8 + length;
  }
  return bytes;
}
