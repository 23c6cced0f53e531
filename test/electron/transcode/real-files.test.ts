import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Attributes, toJson, vrOf } from '../../../electron/dataset/index.ts';
import { openTranscoder, type Transcoder } from '../../../electron/transcode/index.ts';
import { buildDataset, buildFile } from '../../support/build-dataset.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';
import { attributesOf, datasetOf, sopClassUid, Uid } from './build-image.ts';

const data = join(import.meta.dirname, '../../../../shared/data');
const lossless = [Uid.rle, Uid.jpegLossless, Uid.jpegLs, Uid.j2kLossless, Uid.htj2kLossless];

/** Each with the same image, without a compression and with one that loses nothing. */
const pairs: readonly (readonly [reference: string, others: readonly string[]])[] = [
  ['wg04/CT1_UNC', ['wg04/CT1_J2KR', 'wg04/CT1_JLSL', 'wg04/CT1_JPLL', 'wg04/CT1_RLE']],
  ['wg04/MR1_UNC', ['wg04/MR1_J2KR', 'wg04/MR1_JLSL', 'wg04/MR1_JPLL', 'wg04/MR1_RLE']],
  ['wg04/NM1_UNC', ['wg04/NM1_J2KR', 'wg04/NM1_JLSL', 'wg04/NM1_RLE']],
  [
    'pydicom/MR_small.dcm',
    [
      'pydicom/MR_small_RLE.dcm',
      'pydicom/MR_small_jp2klossless.dcm',
      'pydicom/MR_small_jpeg_ls_lossless.dcm',
      'pydicom/MR_small_bigendian.dcm',
      'pydicom/MR_small_implicit.dcm',
    ],
  ],
  [
    'pydicom/emri_small.dcm',
    [
      'pydicom/emri_small_RLE.dcm',
      'pydicom/emri_small_big_endian.dcm',
      'pydicom/emri_small_jpeg_2k_lossless.dcm',
      'pydicom/emri_small_jpeg_ls_lossless.dcm',
    ],
  ],
  ['pydicom/SC_rgb_16bit_2frame.dcm', ['pydicom/SC_rgb_rle_16bit_2frame.dcm']],
  ['pydicom/SC_rgb_2frame.dcm', ['pydicom/SC_rgb_rle_2frame.dcm', 'pydicom/SC_rgb_expb_2frame.dcm']],
  ['pydicom/SC_rgb_32bit_2frame.dcm', ['pydicom/SC_rgb_rle_32bit_2frame.dcm']],
];

describe.skipIf(!existsSync(data))('real files', () => {
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

  async function copy(source: string, transferSyntaxUid: string): Promise<string> {
    const target = join(folder.path, `${(last += 1)}.dcm`);
    return (await transcoder.transcode({ source, target, transferSyntaxUid })).path;
  }
  async function pixels(path: string): Promise<string> {
    const explicit = await copy(path, Uid.explicit);
    const value = (await attributesOf(explicit)).get('7FE00010')?.value;
    return createHash('sha256')
      .update(value ?? '')
      .digest('hex');
  }

  it.each(pairs)('have the same pixels as their reference: %s', async (reference, others) => {
    const expected = await pixels(join(data, reference));

    for (const other of others) expect(await pixels(join(data, other)), other).toBe(expected);
  });

  it.each(pairs)('keep them in every lossless syntax: %s', { timeout: 60_000 }, async (reference) => {
    const source = join(data, reference);
    const expected = await pixels(source);
    const outcomes: string[] = [];

    for (const uid of lossless) {
      const made = await copy(source, uid).catch(() => null);
      if (made !== null) outcomes.push(await pixels(made));
    }
    // RLE takes everything; JPEG 2000 here no colours of 16 bits, and nothing else those of 32.
    expect(outcomes.length).toBeGreaterThanOrEqual(reference.includes('32bit') ? 1 : 3);
    expect(new Set(outcomes)).toEqual(new Set([expected]));
  });

  it('keep every element in each uncompressed syntax, and come back', { timeout: 60_000 }, async () => {
    const files = readdirSync(join(data, 'hard')).map((name) => join(data, 'hard', name));
    for (const source of files) {
      const before = await attributesOf(await copy(source, Uid.explicit));
      for (const uid of [Uid.bigEndian, Uid.deflated]) {
        const back = await copy(await copy(source, uid), Uid.explicit);
        expect(toJson(await attributesOf(back)), source).toEqual(toJson(before));
        expect(
          (await datasetOf(back)).equals(await datasetOf(await copy(source, Uid.explicit))),
          source,
        ).toBe(true);
      }
      const byImplicit = await attributesOf(await copy(await copy(source, Uid.implicit), Uid.explicit));
      expect([...byImplicit.keys()], source).toEqual([...before.keys()]);
      const withValue = [...before.values()].filter(({ value }) => value !== null).map(({ tag }) => tag);
      const valuesIn = (attributes: Attributes) => withValue.map((tag) => attributes.get(tag)?.value);
      expect(valuesIn(byImplicit), source).toEqual(valuesIn(before));
      // Those that PS3.6 knows, and that have what it says.
      const known = [...before.values()]
        .filter(({ tag, vr }) => vrOf(tag) === vr)
        .map(({ tag, vr }) => [tag, vr]);
      const there = known.map(([tag = '']) => [tag, byImplicit.get(tag)?.vr]);
      expect(there, source).toEqual(known);
    }
  });

  it('have their colours side by side, however JPEG-LS interleaves them', async () => {
    const outcomes: string[] = [];
    for (const mode of [0, 1, 2]) {
      const file = await readFile(join(data, `pydicom/JLSL_RGB_ILV${mode}.dcm`));
      const [source, uid] = [join(folder.path, `interleaved-${mode}.dcm`), '2.25.7'];
      const identity = buildDataset([
        ['00080016', 'UI', sopClassUid],
        ['00080018', 'UI', uid],
      ]);
      // They have no SOP Instance UID: everything from Image Comments on is theirs.
      const rest = file.subarray(file.indexOf('200000404c54', 0, 'hex'));
      const meta = { sopClassUid, sopInstanceUid: uid, transferSyntaxUid: Uid.jpegLs };
      await writeFile(source, buildFile(meta, Buffer.concat([identity, rest])));
      outcomes.push(await pixels(source));
    }

    expect(new Set(outcomes).size).toBe(1);
  });
});
