import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numberOf, textOf } from '../../../electron/dataset/index.ts';
import { canTranscode, openTranscoder, type Transcoder } from '../../../electron/transcode/index.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';
import { buildDataset } from '../../support/build-dataset.ts';
import {
  attributesOf,
  datasetOf,
  failureOf,
  grey12,
  grey8,
  imageElements,
  nativePixelsOf,
  type Picture,
  pixelsOf,
  rgb8,
  Uid,
  writeDataset,
  writeImage,
} from './build-image.ts';

const native = [Uid.implicit, Uid.explicit, Uid.deflated, Uid.bigEndian];
const compressed = [
  Uid.rle,
  Uid.jpegLossless,
  Uid.jpegLs,
  Uid.j2kLossless,
  Uid.j2k,
  Uid.htj2kLossless,
  Uid.htj2kRpcl,
  Uid.htj2k,
];
const jpeg2000: readonly string[] = [Uid.j2kLossless, Uid.j2k, Uid.htj2kLossless, Uid.htj2kRpcl, Uid.htj2k];

const pictures: Readonly<Record<string, Picture>> = {
  'grey of 8 bits': grey8,
  'grey of 7 of 8 bits': { ...grey8, stored: 7 },
  'grey of 8 of 16 bits': { ...grey12, stored: 8 },
  'grey of 10 of 16 bits': { ...grey12, stored: 10 },
  'grey of 12 of 16 bits': grey12,
  'grey of 16 bits': { ...grey12, stored: 16 },
  'signed of 12 of 16 bits': { ...grey12, signed: true },
  'signed of 16 bits': { ...grey12, stored: 16, signed: true },
  'inverse grey': { ...grey12, photometric: 'MONOCHROME1' },
  'palette colour of 8 bits': { ...grey8, photometric: 'PALETTE COLOR' },
  'palette colour of 16 bits': { ...grey12, stored: 16, photometric: 'PALETTE COLOR' },
  'RGB by pixel': rgb8,
  'RGB by plane': { ...rgb8, planar: 1 },
  'three frames of grey': { ...grey12, frames: 3 },
  'three frames of RGB': { ...rgb8, frames: 3 },
  'frames of an odd length': { ...grey8, frames: 5 },
};

/** What only some codecs of the module can do; the others must say so. */
const partly: Readonly<Record<string, { readonly picture: Picture; readonly cannot: readonly string[] }>> = {
  'signed bytes': { picture: { ...grey8, signed: true }, cannot: jpeg2000 },
  'RGB of 16 bits': { picture: { ...rgb8, allocated: 16, stored: 16 }, cannot: jpeg2000 },
  'RGB of 12 of 16 bits by plane': {
    picture: { ...rgb8, allocated: 16, stored: 12, planar: 1 },
    cannot: jpeg2000,
  },
  YBR_FULL: {
    picture: { ...rgb8, photometric: 'YBR_FULL' },
    cannot: [Uid.htj2kLossless, Uid.htj2kRpcl, Uid.htj2k],
  },
  'grey of 32 bits': {
    picture: { ...grey8, allocated: 32, stored: 32 },
    cannot: compressed.filter((uid) => uid !== Uid.rle),
  },
};

describe('the pixels of a lossless copy', () => {
  let folder: TemporaryFolder;
  let transcoder: Transcoder;

  beforeAll(async () => {
    folder = await temporaryFolder();
    transcoder = openTranscoder();
  });
  afterAll(async () => {
    await transcoder[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  async function copy(source: string, transferSyntaxUid: string): Promise<string> {
    const target = join(folder.path, `${transferSyntaxUid}-of-${source.split('/').at(-1)}`);
    const { lossy } = await transcoder.transcode({ source, target, transferSyntaxUid });
    expect(lossy).toBe(false);
    return target;
  }

  it.each(Object.entries(pictures))('are the same in each pair of syntaxes: %s', async (name, picture) => {
    const pixels = pixelsOf(picture);
    const source = await writeImage(join(folder.path, `${name}.dcm`), picture, { pixels });
    const expected = byPixel(pixels, picture);

    for (const from of [...native, ...compressed]) {
      const first = await copy(source, from);
      for (const to of [...native, ...compressed]) {
        expect(canTranscode(from, to)).toBe('lossless');
        const back = await copy(await copy(first, to), Uid.explicit);
        const through = `${from} to ${to}`;
        // Pixels that were never compressed stay plane by plane.
        const wanted = isNative(from) && isNative(to) ? pixels : expected;
        expect((await nativePixelsOf(back, pixels.length)).equals(wanted), through).toBe(true);
        expect(textOf(await attributesOf(back), 'PhotometricInterpretation'), through).toBe(
          picture.photometric,
        );
      }
    }
  });

  it.each(Object.entries(partly))(
    'are the same, or the copy is refused: %s',
    async (name, { picture, cannot }) => {
      const pixels = pixelsOf(picture);
      const source = await writeImage(join(folder.path, `${name}.dcm`), picture, { pixels });

      for (const to of compressed.filter((uid) => !cannot.includes(uid))) {
        const back = await copy(await copy(source, to), Uid.explicit);
        expect((await nativePixelsOf(back, pixels.length)).equals(byPixel(pixels, picture)), to).toBe(true);
      }
      for (const to of cannot) {
        expect(await failureOf(copy(source, to)), to).toMatchObject({
          step: 'file',
          cause: 'not-transcodable',
        });
      }
    },
  );

  it('keep bits that are set above the stored ones', async () => {
    const pixels = pixelsOf(grey12);
    // An overlay plane in bit 15, as it was once done.
    for (let at = 1; at < pixels.length; at += 6) pixels[at] = (pixels[at] ?? 0) | 0x80;
    const source = await writeImage(join(folder.path, 'overlay.dcm'), grey12, { pixels });

    for (const to of compressed) {
      const back = await copy(await copy(source, to), Uid.explicit);
      expect((await nativePixelsOf(back, pixels.length)).equals(pixels), to).toBe(true);
    }
  });

  it('say what colours they are, and lie by pixel', async () => {
    const source = await writeImage(join(folder.path, 'colour.dcm'), { ...rgb8, planar: 1 });
    const labels = async (uid: string) => {
      const attributes = await attributesOf(await copy(source, uid));
      return [textOf(attributes, 'PhotometricInterpretation'), numberOf(attributes, 'PlanarConfiguration')];
    };

    expect(await labels(Uid.rle)).toEqual(['RGB', 0]);
    expect(await labels(Uid.jpegLossless)).toEqual(['RGB', 0]);
    expect(await labels(Uid.jpegLs)).toEqual(['RGB', 0]);
    expect(await labels(Uid.j2kLossless)).toEqual(['YBR_RCT', 0]);
    expect(await labels(Uid.htj2kLossless)).toEqual(['YBR_RCT', 0]);
    expect(await labels(Uid.implicit)).toEqual(['RGB', 1]);
  });

  it('have an offset table with the place of each frame, and fragments of even length', async () => {
    const source = await writeImage(join(folder.path, 'frames.dcm'), { ...grey8, frames: 4 });

    for (const uid of compressed) {
      const element = (await attributesOf(await copy(source, uid))).get('7FE00010');
      expect(element).toMatchObject({ vr: 'OB', undefinedLength: true });
      const { table, offsets, lengths } = await fragmentsOf(join(folder.path, `${uid}-of-frames.dcm`));
      expect(table, uid).toEqual(offsets);
      expect(offsets, uid).toHaveLength(4);
      expect(lengths.every((length) => length % 2 === 0)).toBe(true);
    }
  });

  it('are refused where there are none, or fewer than announced', async () => {
    const noPixels = imageElements(grey8, pixelsOf(grey8)).filter(([tag]) => tag !== '7FE00010');
    const text = await writeDataset(join(folder.path, 'text.dcm'), buildDataset(noPixels));
    const picture = { ...grey8, frames: 2 };
    const short = await writeImage(join(folder.path, 'short.dcm'), picture, { pixels: pixelsOf(grey8) });

    for (const uid of compressed) {
      expect(await failureOf(copy(text, uid))).toMatchObject({ cause: 'not-transcodable' });
      expect(await failureOf(copy(short, uid))).toMatchObject({ cause: 'damaged' });
    }
  });
});

function isNative(uid: string): boolean {
  return (native as readonly string[]).includes(uid);
}

/** Frame by frame, the samples of a pixel side by side. */
function byPixel(pixels: Buffer, { frames, samples, planar, allocated }: Picture): Buffer {
  if (samples === 1 || planar === 0) return pixels;
  const sampleBytes = allocated / 8;
  const frameBytes = pixels.length / frames;
  const count = frameBytes / samples / sampleBytes;
  const sorted = Buffer.alloc(pixels.length);
  for (let frame = 0; frame < frames; frame += 1) {
    for (let pixel = 0; pixel < count; pixel += 1) {
      for (let sample = 0; sample < samples; sample += 1) {
        const from = frame * frameBytes + (sample * count + pixel) * sampleBytes;
        pixels.copy(
          sorted,
          frame * frameBytes + (pixel * samples + sample) * sampleBytes,
          from,
          from + sampleBytes,
        );
      }
    }
  }
  return sorted;
}

async function fragmentsOf(path: string) {
  const dataset = await datasetOf(path);
  const start = dataset.indexOf('e07f10004f420000ffffffff', 0, 'hex') + 12;
  const tableLength = dataset.readUInt32LE(start + 4);
  const table = Array.from({ length: tableLength / 4 }, (_, index) =>
    dataset.readUInt32LE(start + 8 + index * 4),
  );
  const first = start + 8 + tableLength;
  const offsets: number[] = [];
  const lengths: number[] = [];
  let at = first;
  while (dataset.readUInt32LE(at) === 0xe000fffe) {
    offsets.push(at - first);
    lengths.push(dataset.readUInt32LE(at + 4));
    at += 8 + dataset.readUInt32LE(at + 4);
  }
  expect(dataset.subarray(at).toString('hex')).toBe('feffdde000000000');
  return { table, offsets, lengths };
}
