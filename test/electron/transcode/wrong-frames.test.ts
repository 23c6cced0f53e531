import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTranscoder, type Transcoder } from '../../../electron/transcode/index.ts';
import { buildDataset, buildEncapsulated, buildFile } from '../../support/build-dataset.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';
import {
  datasetOf,
  failureOf,
  grey12,
  grey8,
  imageElements,
  nativePixelsOf,
  type Picture,
  pixelsOf,
  sopClassUid,
  Uid,
  writeImage,
} from './build-image.ts';

const codecs = {
  RLE: Uid.rle,
  'JPEG Lossless': Uid.jpegLossless,
  'JPEG-LS': Uid.jpegLs,
  'JPEG 2000': Uid.j2kLossless,
  HTJ2K: Uid.htj2kLossless,
};

describe('compressed frames that are not what they should be', () => {
  let folder: TemporaryFolder;
  let transcoder: Transcoder;
  let last = 0;

  beforeAll(async () => {
    folder = await temporaryFolder();
    transcoder = openTranscoder();
  });
  afterAll(async () => {
    await transcoder[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  const name = (): string => join(folder.path, `${(last += 1)}.dcm`);
  const decode = (source: string) =>
    transcoder.transcode({ source, target: name(), transferSyntaxUid: Uid.explicit });

  /** The one frame of a picture, compressed. */
  async function frameOf(picture: Picture, transferSyntaxUid: string): Promise<Buffer> {
    const source = await writeImage(name(), { ...picture, frames: 1 });
    const { path } = await transcoder.transcode({ source, target: name(), transferSyntaxUid });
    const dataset = await datasetOf(path);
    const start = dataset.indexOf('e07f10004f420000ffffffff', 0, 'hex') + 12 + 12 + 8;
    return dataset.subarray(start, start + dataset.readUInt32LE(start - 4));
  }

  /** A file with these fragments, that says it is that picture. */
  async function fileWith(picture: Picture, transferSyntaxUid: string, fragments: readonly Buffer[]) {
    const path = name();
    const rest = buildDataset(imageElements(picture, Buffer.alloc(0)).slice(0, -1));
    const meta = { sopClassUid, sopInstanceUid: '2.25.7', transferSyntaxUid };
    await writeFile(path, buildFile(meta, Buffer.concat([rest, buildEncapsulated(fragments)])));
    return path;
  }

  it.each(Object.entries(codecs))(
    'are refused in other sizes than their image says: %s',
    async (_codec, uid) => {
      const frame = await frameOf(grey12, uid);
      const others: readonly Picture[] = [
        { ...grey12, rows: grey12.rows + 1 },
        { ...grey12, columns: grey12.columns - 1 },
        { ...grey12, rows: grey12.columns, columns: grey12.rows + 40 },
        { ...grey12, samples: 3, photometric: 'RGB' },
        { ...grey12, allocated: 8, stored: 8 },
      ];

      for (const picture of others) {
        const failure = await failureOf(decode(await fileWith(picture, uid, [frame])));
        expect(failure).toMatchObject({ step: 'file', cause: 'damaged' });
      }
      expect(await decode(await fileWith(grey12, uid, [frame]))).toMatchObject({ lossy: false });
    },
  );

  it.each(Object.entries({ ...codecs, 'JPEG Baseline': Uid.baseline }))(
    'are never made up where their end is missing: %s',
    async (_codec, uid) => {
      const picture =
        uid === Uid.baseline ? { ...grey8, rows: 64, columns: 64 } : { ...grey12, rows: 64, columns: 64 };
      const source = await writeImage(name(), picture);
      const lossy = uid === Uid.baseline ? { quality: 90 } : null;
      const { path } = await transcoder.transcode({ source, target: name(), transferSyntaxUid: uid, lossy });
      const dataset = await datasetOf(path);
      const start = dataset.indexOf('e07f10004f420000ffffffff', 0, 'hex') + 12 + 12 + 8;
      const frame = dataset.subarray(start, start + dataset.readUInt32LE(start - 4));

      for (const share of [0.9, 0.5, 0.1, 0]) {
        const cut = frame.subarray(0, Math.floor((frame.length * share) / 2) * 2);
        const failure = await failureOf(decode(await fileWith(picture, uid, [cut])));
        expect(failure.step).toBe('file');
      }
      const noise = Buffer.from(frame.map((_, index) => (index * 31) & 0xff));
      expect((await failureOf(decode(await fileWith(picture, uid, [noise])))).step).toBe('file');
    },
  );

  it.each(Object.entries(codecs))('may be in several fragments each: %s', async (_codec, uid) => {
    const frame = await frameOf(grey12, uid);
    const half = Math.floor(frame.length / 4) * 2;
    const pieces = [frame.subarray(0, half), frame.subarray(half)];
    const pixels = pixelsOf({ ...grey12, frames: 1 });

    const one = await decode(await fileWith(grey12, uid, pieces));
    expect((await nativePixelsOf(one.path, pixels.length)).equals(pixels)).toBe(true);
    // Two frames of two fragments, told apart by where they begin.
    const two = await decode(await fileWith({ ...grey12, frames: 2 }, uid, [...pieces, ...pieces]));
    const both = Buffer.concat([pixels, pixels]);
    expect((await nativePixelsOf(two.path, both.length)).equals(both)).toBe(true);
  });

  it('are refused where fragments and frames do not fit', async () => {
    const frame = await frameOf(grey12, Uid.jpegLs);
    const three = { ...grey12, frames: 3 };

    for (const fragments of [[], [frame], [frame, frame]]) {
      const failure = await failureOf(decode(await fileWith(three, Uid.jpegLs, fragments)));
      expect(failure).toMatchObject({ step: 'file', cause: 'damaged' });
    }
    const whole = await readFile(await fileWith(grey12, Uid.jpegLs, [frame]));
    const cut = name();
    await writeFile(cut, whole.subarray(0, -8));
    expect(await failureOf(decode(cut))).toMatchObject({ cause: 'damaged', detail: 'cut short' });
  });

  it('are refused where the pixels are not in fragments at all', async () => {
    const path = name();
    const dataset = buildDataset(imageElements(grey8, pixelsOf(grey8)));
    const meta = { sopClassUid, sopInstanceUid: '2.25.7', transferSyntaxUid: Uid.jpegLs };
    await writeFile(path, buildFile(meta, dataset));

    expect(await failureOf(decode(path))).toMatchObject({ step: 'file', cause: 'damaged' });
  });

  it('do no harm to the next', async () => {
    const frame = await frameOf(grey12, Uid.jpegLossless);
    const broken = Buffer.concat([frame.subarray(0, 40), Buffer.alloc(frame.length, 0x55)]);

    for (let round = 0; round < 5; round += 1) {
      await failureOf(decode(await fileWith(grey12, Uid.jpegLossless, [broken])));
      expect(await decode(await fileWith(grey12, Uid.jpegLossless, [frame]))).toMatchObject({ lossy: false });
    }
  });
});
