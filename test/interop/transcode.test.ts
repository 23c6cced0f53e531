import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTranscoder, type Transcoder } from '../../electron/transcode/index.ts';
import {
  grey12,
  grey8,
  type Picture,
  pixelsOf,
  rgb8,
  Uid,
  writeImage,
} from '../electron/transcode/build-image.ts';
import { mustRun, runDcmtk, whichPeers } from '../support/peers/index.ts';
import { mixedStudies, writeMixedSet } from '../support/synthetic-study.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';

const pictures: Readonly<Record<string, Picture>> = {
  'grey of 8 bits': grey8,
  'grey of 12 of 16 bits': grey12,
  'signed of 12 of 16 bits': { ...grey12, signed: true },
  'grey of 16 bits': { ...grey12, stored: 16 },
  'palette colour': { ...grey8, photometric: 'PALETTE COLOR' },
  RGB: rgb8,
  'RGB by plane': { ...rgb8, planar: 1 },
  'five frames': { ...grey12, frames: 5 },
};

/** The tool that decodes each, and the one that encodes it, with what makes it do so. */
const tools: readonly (readonly [uid: string, decoder: string, encoder: readonly [string, ...string[]]])[] = [
  [Uid.rle, 'dcmdrle', ['dcmcrle']],
  [Uid.jpegLossless, 'dcmdjpeg', ['dcmcjpeg', '+e1']],
  [Uid.jpegLs, 'dcmdjpls', ['dcmcjpls']],
];

describe.skipIf(!whichPeers().dcmtk)('a transcoded file and DCMTK', () => {
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
  async function copy(
    source: string,
    transferSyntaxUid: string,
    quality: number | null = null,
  ): Promise<string> {
    const lossy = quality === null ? null : { quality };
    return (await transcoder.transcode({ source, target: name(), transferSyntaxUid, lossy })).path;
  }
  async function by(tool: string, source: string, ...options: readonly string[]): Promise<string> {
    const target = name();
    await mustRun(tool, [...options, source, target]);
    return target;
  }
  /** As DCMTK writes them to a file of their own. */
  async function rawPixels(source: string): Promise<Buffer> {
    const raw = `${source}.raw`;
    await mkdir(raw);
    await mustRun('dcmdump', ['-q', '+W', raw, '+P', '7fe0,0010', source]);
    const [file = ''] = await readdir(raw);
    return await readFile(join(raw, file));
  }
  const dump = async (source: string, ...options: string[]): Promise<string> =>
    (await mustRun('dcmdump', ['-q', '+L', ...options, source])).stdout
      .split('\n')
      .filter((line) => !line.startsWith('#') && !/^\((0002|....,0000)/.test(line))
      .join('\n');

  describe.each(Object.entries(pictures))('%s', (_name, picture) => {
    it.each(tools)('comes out of DCMTK as it went in: %s by %s', async (uid, decoder) => {
      const pixels = pixelsOf(picture);
      const source = await writeImage(name(), { ...picture, planar: 0 }, { pixels });
      const decoded = await by(decoder, await copy(source, uid));

      expect((await rawPixels(decoded)).subarray(0, pixels.length).equals(pixels)).toBe(true);
      expect(await dump(decoded, '-M')).toContain(`[${picture.photometric}]`);
    });

    it.each(tools)('comes out of ours as DCMTK took it: %s', async (uid, _decoder, [encoder, ...options]) => {
      const source = await writeImage(name(), picture);
      const encoded = await by(encoder, source, ...options);
      // By pixel, as ours and DCMTK's decoders agree on above.
      const expected = await rawPixels(await copy(await copy(source, uid), Uid.explicit));

      expect((await rawPixels(await copy(encoded, Uid.explicit))).equals(expected), uid).toBe(true);
    });
  });

  it('reads JPEG Baseline and near-lossless JPEG-LS, and gets the same pixels from them', async () => {
    for (const picture of [grey8, rgb8, { ...grey8, frames: 3 }]) {
      const source = await writeImage(name(), { ...picture, rows: 64, columns: 80 });
      for (const [uid, decoder] of [
        [Uid.baseline, 'dcmdjpeg'],
        [Uid.nearLossless, 'dcmdjpls'],
      ] as const) {
        const encoded = await copy(source, uid, 80);
        const expected = await rawPixels(await by(decoder, encoded));
        expect((await rawPixels(await copy(encoded, Uid.explicit))).equals(expected)).toBe(true);
      }
    }
  });

  it('agrees with dcmconv on every element of every uncompressed syntax', { timeout: 120_000 }, async () => {
    const studies = join(folder.path, 'studies');
    await mkdir(studies);
    const files = await writeMixedSet(studies, mixedStudies);
    const native = files.filter(({ transferSyntaxUid }) =>
      /^1\.2\.840\.10008\.1\.2(\.1|\.2)?$/.test(transferSyntaxUid),
    );
    const options = {
      [Uid.implicit]: '+ti',
      [Uid.bigEndian]: '+tb',
      [Uid.explicit]: '+te',
      [Uid.deflated]: '+td',
    };

    expect(native.length).toBeGreaterThan(4);
    for (const { path } of native) {
      for (const [uid, option] of Object.entries(options)) {
        const ours = await dump(await copy(path, uid));
        expect(ours).toBe(await dump(await by('dcmconv', path, option)));
      }
    }
  });

  it('finds nothing to complain about in any copy', { timeout: 120_000 }, async () => {
    const source = await writeImage(name(), { ...rgb8, frames: 3 });
    for (const uid of Object.values(Uid)) {
      const { code, stderr } = await runDcmtk('dcmdump', ['-v', '+E', await copy(source, uid, 90)]);
      expect(code, uid).toBe(0);
      expect(stderr, uid).not.toMatch(/^[WE]:/m);
    }
  });
});
