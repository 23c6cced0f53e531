import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFileHeader, textOf } from '../../../electron/dataset/index.ts';
import { canTranscode, openTranscoder, type Transcoder } from '../../../electron/transcode/index.ts';
import { buildDataset, buildItems, type BuiltElement, uidFor } from '../../support/build-dataset.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';
import {
  attributesOf,
  failureOf,
  grey12,
  grey8,
  nativePixelsOf,
  type Picture,
  pixelsOf,
  rgb8,
  sopClassUid,
  Uid,
  writeImage,
} from './build-image.ts';

const smooth: Picture = { ...grey8, rows: 96, columns: 128 };
const smooth12: Picture = { ...grey12, rows: 96, columns: 128 };
const colour: Picture = { ...rgb8, rows: 96, columns: 128 };

describe('a lossy copy', () => {
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
  const image = (picture: Picture, extra: readonly BuiltElement[] = []): Promise<string> =>
    writeImage(name(), picture, { pixels: slope(picture), extra });
  const copy = (source: string, transferSyntaxUid: string, quality: number | null = null) =>
    transcoder.transcode({
      source,
      target: name(),
      transferSyntaxUid,
      lossy: quality === null ? null : { quality },
    });

  it('is made only where a loss was allowed', async () => {
    const source = await image(smooth);

    for (const uid of [Uid.baseline, Uid.nearLossless]) {
      expect(canTranscode(Uid.explicit, uid)).toBe('lossy');
      expect(await failureOf(copy(source, uid))).toMatchObject({ step: 'file', cause: 'not-transcodable' });
      expect(await copy(source, uid, 90)).toMatchObject({ lossy: true });
    }
    expect(await copy(source, Uid.j2k)).toMatchObject({ lossy: false });
    expect(await copy(source, Uid.j2k, 90)).toMatchObject({ lossy: true });
    // Allowed is not asked for: what can be had without a loss has none.
    expect(await copy(source, Uid.jpegLs, 90)).toMatchObject({ lossy: false });
    expect(await copy(source, Uid.htj2k, 90)).toMatchObject({ lossy: false });
    expect(await copy(source, Uid.bigEndian, 90)).toMatchObject({ lossy: false });
  });

  it.each([
    ['grey by JPEG Baseline', smooth, Uid.baseline, 4],
    ['RGB by JPEG Baseline', colour, Uid.baseline, 12],
    ['grey by JPEG-LS', smooth, Uid.nearLossless, 1],
    ['12 bits by JPEG-LS', smooth12, Uid.nearLossless, 5],
    ['RGB by JPEG-LS', colour, Uid.nearLossless, 1],
    ['grey by JPEG 2000', smooth, Uid.j2k, 4],
    ['12 bits by JPEG 2000', smooth12, Uid.j2k, 40],
    ['signed by JPEG 2000', { ...smooth12, signed: true }, Uid.j2k, 40],
    ['RGB by JPEG 2000', colour, Uid.j2k, 12],
    ['five frames by JPEG Baseline', { ...smooth, frames: 5 }, Uid.baseline, 4],
  ] as const)('is near to its source and smaller: %s', async (_what, picture, uid, most) => {
    const pixels = slope(picture);
    const source = await image(picture);
    const made = await copy(source, uid, 90);
    const back = await copy(made.path, Uid.explicit);

    expect(furthest(pixels, await nativePixelsOf(back.path, pixels.length), picture)).toBeLessThanOrEqual(
      most,
    );
    expect(made.bytes).toBeLessThan((await readFileHeader(source)).bytes);
    expect(textOf(await attributesOf(back.path), 'PhotometricInterpretation')).toBe(picture.photometric);
  });

  it('gets smaller with less quality', async () => {
    const source = await image({ ...smooth, frames: 2 });
    for (const uid of [Uid.baseline, Uid.j2k]) {
      const sizes = [];
      for (const quality of [100, 90, 50, 1]) sizes.push((await copy(source, uid, quality)).bytes);
      expect(sizes, uid).toEqual(sizes.toSorted((a, b) => b - a));
      expect(new Set(sizes).size).toBeGreaterThan(2);
    }
  });

  it('is an instance of its own that says what it comes from', async () => {
    const source = await image(smooth, [['00082111', 'ST', 'Cropped']]);
    const made = await copy(source, Uid.nearLossless, 90);
    const attributes = await attributesOf(made.path);
    const header = await readFileHeader(made.path);

    expect(made.sopInstanceUid).toMatch(/^2\.25\.[1-9][0-9]{30,}$/);
    expect(header).toMatchObject({
      sopInstanceUid: made.sopInstanceUid,
      transferSyntaxUid: Uid.nearLossless,
    });
    expect(textOf(attributes, 'SOPInstanceUID')).toBe(made.sopInstanceUid);
    expect(textOf(attributes, 'ImageType')).toBe('DERIVED\\PRIMARY');
    expect(textOf(attributes, 'LossyImageCompression')).toBe('01');
    expect(textOf(attributes, 'LossyImageCompressionMethod')).toBe('ISO_14495_1');
    expect(textOf(attributes, 'DerivationDescription')).toBe('Cropped; Lossy compression, ISO_14495_1');
    const [item] = attributes.get('00082112')?.items ?? [];
    expect(textOf(item!, '00081150')).toBe(sopClassUid);
    expect(textOf(item!, '00081155')).toBe(uidFor('transcode'));

    const pixels = slope(smooth).length;
    const ratio = Number(textOf(attributes, 'LossyImageCompressionRatio'));
    const compressed = attributes.get('7FE00010')!.length;
    expect(ratio).toBeGreaterThan(pixels / compressed);
    expect(ratio).toBeLessThan((pixels / compressed) * 1.1);
    expect([...attributes.keys()]).toEqual([...attributes.keys()].toSorted());
  });

  it('adds to what earlier steps said', async () => {
    const source = await image(smooth, [
      ['00080008', 'CS', 'DERIVED\\SECONDARY\\OTHER'],
      ['00082112', 'SQ', buildItems([buildDataset([['00081155', 'UI', '1.2.3']])])],
      ['00282110', 'CS', '01'],
      ['00282112', 'DS', '10.5'],
      ['00282114', 'CS', 'ISO_10918_1'],
    ]);
    const attributes = await attributesOf((await copy(source, Uid.j2k, 80)).path);

    expect(textOf(attributes, 'ImageType')).toBe('DERIVED\\SECONDARY\\OTHER');
    expect(textOf(attributes, 'LossyImageCompressionRatio')).toMatch(/^10\.5\\[1-9][0-9.]+$/);
    expect(textOf(attributes, 'LossyImageCompressionMethod')).toBe('ISO_10918_1\\ISO_15444_1');
    expect(textOf(attributes.get('00082112')!.items![0]!, '00081155')).toBe('1.2.3');
  });

  it('stays lossy by its own words when it is decompressed, and the same instance', async () => {
    const source = await image(smooth);
    const { path, sopInstanceUid } = await copy(source, Uid.baseline, 90);
    const back = await copy(path, Uid.explicit);

    expect(back).toMatchObject({ lossy: false, sopInstanceUid });
    expect(textOf(await attributesOf(back.path), 'LossyImageCompression')).toBe('01');
    expect(textOf(await attributesOf(path), 'PhotometricInterpretation')).toBe('MONOCHROME2');
  });

  it('is labelled as the colours that are in it', async () => {
    const source = await image(colour);
    const label = async (uid: string) =>
      textOf(await attributesOf((await copy(source, uid, 90)).path), 'PhotometricInterpretation');

    expect(await label(Uid.baseline)).toBe('YBR_FULL_422');
    expect(await label(Uid.nearLossless)).toBe('RGB');
    expect(await label(Uid.j2k)).toBe('YBR_ICT');
  });

  it.each([
    ['12 bits by JPEG Baseline', smooth12, Uid.baseline, 90],
    ['palette colours', { ...smooth, photometric: 'PALETTE COLOR' }, Uid.nearLossless, 90],
    ['YBR_FULL by JPEG Baseline', { ...colour, photometric: 'YBR_FULL' }, Uid.baseline, 90],
    ['a quality of nothing', smooth, Uid.baseline, 0],
    ['a quality above all', smooth, Uid.baseline, 101],
    ['half a quality', smooth, Uid.j2k, 49.5],
  ] as const)('is refused: %s', async (_what, picture, uid, quality) => {
    const failure = await failureOf(copy(await image(picture), uid, quality));

    expect(failure).toMatchObject({ step: 'file', cause: 'not-transcodable' });
  });
});

/** Without steps and noise: what a lossy codec is made for. */
function slope(picture: Picture): Buffer {
  const { columns, samples, allocated, stored, signed } = picture;
  const bytes = Buffer.alloc(pixelsOf(picture).length);
  const count = (bytes.length * 8) / allocated;
  for (let index = 0; index < count; index += 1) {
    const pixel = Math.floor(index / samples);
    const wave = Math.sin((pixel % columns) / 20) + Math.cos(Math.floor(pixel / columns) / 15) + 2;
    const value = Math.floor((wave / 4) * (2 ** stored - 1)) - (signed ? 2 ** (stored - 1) : 0);
    if (allocated === 8) bytes.writeUInt8(value & 0xff, index);
    else bytes.writeUInt16LE(value & 0xffff, index * 2);
  }
  return bytes;
}

function furthest(one: Buffer, other: Buffer, { allocated, signed }: Picture): number {
  const sample = (bytes: Buffer, index: number): number => {
    if (allocated === 8) return bytes.readUInt8(index);
    return signed ? bytes.readInt16LE(index * 2) : bytes.readUInt16LE(index * 2);
  };
  let most = 0;
  for (let index = 0; index < (one.length * 8) / allocated; index += 1) {
    most = Math.max(most, Math.abs(sample(one, index) - sample(other, index)));
  }
  return most;
}
