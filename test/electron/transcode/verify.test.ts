import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CodecImage,
  Codecs,
  type CodecOperation,
  openCodecs,
} from '../../../electron/transcode/codecs-module.ts';
import { openTranscoder } from '../../../electron/transcode/index.ts';
import { transcodeFile } from '../../../electron/transcode/transcode-file.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';
import {
  datasetOf,
  failureOf,
  grey12,
  type Picture,
  pixelsOf,
  rgb8,
  Uid,
  writeImage,
} from './build-image.ts';

const require = createRequire(import.meta.url);
const wasm = require.resolve('dcmjs-codecs/build/dcmjs-native-codecs.wasm');
const limit = 1024 * 1024 * 1024;

/** Takes liberties with what it was told to keep. */
class LyingCodecs extends Codecs {
  override run(
    operation: CodecOperation,
    image: CodecImage,
    work: { input: Uint8Array; parameters?: Readonly<Record<string, number>> },
  ): Uint8Array<ArrayBuffer> {
    if (operation !== 'EncodeJpegLs') return super.run(operation, image, work);
    return super.run(operation, image, { ...work, parameters: { Lossy: 1, AllowedLossyError: 2 } });
  }
}

describe('a lossless copy', () => {
  let folder: TemporaryFolder;

  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => folder[Symbol.asyncDispose]());

  it('is refused where its frames do not decode to the same pixels', async () => {
    // A module compiled by the host, as openCodecs makes it.
    const lying = new LyingCodecs(await compiled(), limit);
    const honest = await openCodecs(wasm, limit);
    const source = await writeImage(join(folder.path, 'source.dcm'), grey12);
    const run = (codecs: Codecs, verify: boolean, part: string) =>
      transcodeFile(
        { source, part: join(folder.path, part), transferSyntaxUid: Uid.jpegLs, lossy: null, verify },
        { codecs: async () => codecs, memoryLimitBytes: limit, onFrame: () => {} },
      );

    expect(await failureOf(run(lying, true, '1'))).toEqual({
      step: 'file',
      cause: 'not-transcodable',
      detail: 'frame 1 did not come out the same again',
    });
    // Which is what the check is for.
    expect(await run(lying, false, '2')).toMatchObject({ lossy: false });
    expect(await run(honest, true, '3')).toMatchObject({ lossy: false });
  });

  it.each([
    [Uid.j2kLossless, '@cornerstonejs/codec-openjpeg/decodewasmjs', 'J2KDecoder'],
    [Uid.j2k, '@cornerstonejs/codec-openjpeg/decodewasmjs', 'J2KDecoder'],
    [Uid.htj2kLossless, '@cornerstonejs/codec-openjph/wasmjs', 'HTJ2KDecoder'],
    [Uid.htj2kRpcl, '@cornerstonejs/codec-openjph/wasmjs', 'HTJ2KDecoder'],
    [Uid.htj2k, '@cornerstonejs/codec-openjph/wasmjs', 'HTJ2KDecoder'],
  ])('is read alike by the decoders that the viewer has: %s by %s', async (uid, module, decoder) => {
    const open: DecoderModule = require(module);
    const decoders = await open({ print: () => {} });
    await using transcoder = openTranscoder();
    const pictures: readonly Picture[] = [
      grey12,
      { ...grey12, signed: true },
      { ...grey12, stored: 16 },
      rgb8,
    ];

    for (const [index, picture] of pictures.entries()) {
      const source = await writeImage(join(folder.path, `${index}.dcm`), picture);
      const target = join(folder.path, `${uid}-${index}.dcm`);
      await transcoder.transcode({ source, target, transferSyntaxUid: uid });
      const frame = firstFrame(await datasetOf(target));
      const reader = new decoders[decoder]!();
      reader.getEncodedBuffer(frame.length).set(frame);
      reader.decode();
      expect(Buffer.from(reader.getDecodedBuffer()).equals(pixelsOf(picture)), `${index}`).toBe(true);
    }
  });

  it('is as long as it is said to be', async () => {
    await using transcoder = openTranscoder();
    const source = await writeImage(join(folder.path, 'frames.dcm'), { ...grey12, frames: 7 });
    for (const transferSyntaxUid of Object.values(Uid).filter((uid) => uid !== Uid.baseline)) {
      const target = join(folder.path, 'target.dcm');
      const lossy = { quality: 80 };
      const { bytes } = await transcoder.transcode({ source, target, transferSyntaxUid, lossy });
      expect(await readFile(target), transferSyntaxUid).toHaveLength(bytes);
    }
  });
});

type DecoderModule = (options: { print: () => void }) => Promise<Readonly<Record<string, new () => Decoder>>>;

interface Decoder {
  getEncodedBuffer(length: number): Uint8Array;
  decode(): void;
  getDecodedBuffer(): Uint8Array;
}

async function compiled(): Promise<object> {
  return await WebAssembly.compile(readFileSync(wasm));
}

/** Behind Pixel Data's header, the offset table of one frame, and the item's header. */
function firstFrame(dataset: Buffer): Buffer {
  const start = dataset.indexOf('e07f10004f420000ffffffff', 0, 'hex') + 12 + 12 + 8;
  return dataset.subarray(start, start + dataset.readUInt32LE(start - 4));
}
