import { link, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFileHeader } from '../../../electron/dataset/index.ts';
import { canTranscode, openTranscoder } from '../../../electron/transcode/index.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';
import { datasetOf, failureOf, grey12, grey8, pixelsOf, rgb8, Uid, writeImage } from './build-image.ts';

const treacherous = new URL('./treacherous-worker.ts', import.meta.url);

describe('the transcoder', () => {
  let folder: TemporaryFolder;
  let source: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
    source = await writeImage(join(folder.path, 'source.dcm'), grey12);
  });
  afterEach(() => folder[Symbol.asyncDispose]());

  const file = (name: string): string => join(folder.path, name);
  const files = async () => (await readdir(folder.path)).toSorted();
  const to = (name: string, transferSyntaxUid: string = Uid.jpegLs) => ({
    source,
    target: file(name),
    transferSyntaxUid,
  });

  it('knows its steps', () => {
    const all = Object.values(Uid);
    const lossy: readonly string[] = [Uid.baseline, Uid.nearLossless];
    for (const from of all) {
      for (const onto of all) {
        expect(canTranscode(from, onto)).toBe(from !== onto && lossy.includes(onto) ? 'lossy' : 'lossless');
      }
      expect(canTranscode(from, '1.2.840.10008.1.2.4.51')).toBeNull();
      expect(canTranscode('1.2.840.10008.1.2.4.100', from)).toBeNull();
    }
    expect(canTranscode('1.2.3', '1.2.3')).toBeNull();
  });

  it('never touches the source, and refuses to replace it', async () => {
    await using transcoder = openTranscoder();
    const before = await readFile(source);
    await link(source, file('other-name.dcm'));

    await transcoder.transcode(to('copy.dcm'));
    for (const target of [source, file('other-name.dcm')]) {
      const failure = await failureOf(transcoder.transcode({ source, target, transferSyntaxUid: Uid.rle }));
      expect(failure).toMatchObject({ step: 'file', cause: 'not-transcodable' });
    }

    expect((await readFile(source)).equals(before)).toBe(true);
    expect(await files()).toEqual(['copy.dcm', 'other-name.dcm', 'source.dcm']);
  });

  it('replaces what is at the target only by a whole copy', async () => {
    await using transcoder = openTranscoder();
    await writeFile(file('target.dcm'), 'before');
    const short = await writeImage(file('short.dcm'), { ...grey8, frames: 9 }, { pixels: pixelsOf(grey8) });

    await failureOf(transcoder.transcode({ ...to('target.dcm'), source: short }));
    expect(await readFile(file('target.dcm'), 'utf8')).toBe('before');
    const { bytes } = await transcoder.transcode(to('target.dcm'));
    expect(await readFile(file('target.dcm'))).toHaveLength(bytes);
    expect(await files()).toEqual(['short.dcm', 'source.dcm', 'target.dcm']);
  });

  it('does all that it is asked at once, each as it was asked', async () => {
    await using transcoder = openTranscoder();
    const uids = [Uid.j2kLossless, Uid.bigEndian, Uid.deflated, Uid.rle, Uid.jpegLs, Uid.implicit];

    const made = await Promise.all(uids.map((uid, index) => transcoder.transcode(to(`${index}.dcm`, uid))));

    expect(made.map(({ transferSyntaxUid }) => transferSyntaxUid)).toEqual(uids);
    const stored = await Promise.all(made.map(({ path }) => readFileHeader(path)));
    expect(stored.map(({ transferSyntaxUid }) => transferSyntaxUid)).toEqual(uids);
  });

  it('says of a source what is wrong with it', async () => {
    await using transcoder = openTranscoder();
    await writeFile(file('empty.dcm'), '');
    await writeFile(file('text.dcm'), 'This is no DICOM file, but some words in a row.'.repeat(10));

    expect(await failureOf(transcoder.transcode({ ...to('x'), source: file('none.dcm') }))).toMatchObject({
      step: 'file',
      cause: 'missing',
    });
    expect(await failureOf(transcoder.transcode({ ...to('x'), source: file('empty.dcm') }))).toMatchObject({
      cause: 'empty',
    });
    expect(await failureOf(transcoder.transcode({ ...to('x'), source: file('text.dcm') }))).toMatchObject({
      cause: 'not-dicom',
    });
    expect(await failureOf(transcoder.transcode(to('no-such-folder/x')))).toMatchObject({
      step: 'storage',
      cause: 'broken',
      detail: 'ENOENT',
    });
    expect(await failureOf(transcoder.transcode(to('x', '1.2.840.10008.1.2.4.51')))).toMatchObject({
      cause: 'not-transcodable',
    });
  });

  it.each(['exit', 'throw'])('outlives its thread: %s', async (fate) => {
    await using transcoder = openTranscoder({ workerUrl: treacherous });
    const fatal = await writeImage(file(`${fate}.dcm`), grey8);

    await expect(transcoder.transcode({ ...to('copy.dcm'), source: fatal })).rejects.toThrow(/thread/);
    expect(await files()).toEqual([`${fate}.dcm`, 'source.dcm'].toSorted());
    expect(await transcoder.transcode(to('copy.dcm'))).toMatchObject({ lossy: false });
  });

  it('ends a thread that hangs, says so, and goes on with the next', async () => {
    await using transcoder = openTranscoder({ workerUrl: treacherous, timeoutMs: 5000 });
    const hanging = await writeImage(file('hang.dcm'), grey8);

    const failed = failureOf(transcoder.transcode({ ...to('never.dcm'), source: hanging }));
    const next = transcoder.transcode(to('copy.dcm'));

    expect(await failed).toMatchObject({ cause: 'not-transcodable', detail: 'a frame took longer than 5 s' });
    expect(await next).toMatchObject({ path: file('copy.dcm') });
    expect(await files()).toEqual(['copy.dcm', 'hang.dcm', 'source.dcm']);
  });

  it('has a limit of memory for its thread', async () => {
    await using transcoder = openTranscoder({ workerUrl: treacherous, memoryLimitMb: 64 });
    const exhausting = await writeImage(file('exhaust.dcm'), grey8);

    expect(await failureOf(transcoder.transcode({ ...to('never.dcm'), source: exhausting }))).toMatchObject({
      cause: 'not-transcodable',
      detail: 'it needs more than 64 MB of memory',
    });
    expect(await transcoder.transcode(to('copy.dcm'))).toMatchObject({ lossy: false });
  });

  it('has the same limit for frames, for the codecs, and for what inflates', async () => {
    const picture = { ...rgb8, rows: 3000, columns: 3000 };
    const large = await writeImage(file('large.dcm'), picture, { pixels: Buffer.alloc(27_000_000, 3) });
    await using ample = openTranscoder();
    await ample.transcode({ source: large, target: file('deflated.dcm'), transferSyntaxUid: Uid.deflated });

    await using narrow = openTranscoder({ memoryLimitMb: 16 });
    await using codecs = openTranscoder({ memoryLimitMb: 257 });
    const failures = [
      await failureOf(narrow.transcode({ ...to('x'), source: large })),
      await failureOf(narrow.transcode({ ...to('x', Uid.explicit), source: file('deflated.dcm') })),
      await failureOf(codecs.transcode({ ...to('x', Uid.j2kLossless), source: large })),
    ];

    expect(failures).toEqual(
      [16, 16, 257].map((megabytes) => ({
        step: 'file',
        cause: 'not-transcodable',
        detail: `it needs more than ${megabytes} MB of memory`,
      })),
    );
    // Pixels that only change their byte order are never held.
    expect(await narrow.transcode({ ...to('y', Uid.bigEndian), source: large })).toMatchObject({
      lossy: false,
    });
    expect(await codecs.transcode(to('z', Uid.j2kLossless))).toMatchObject({ lossy: false });
  });

  it('stops a job in the middle, leaves nothing of it, and goes on with the next', async () => {
    await using transcoder = openTranscoder();
    const picture = { ...rgb8, rows: 256, columns: 256, frames: 200 };
    const long = await writeImage(file('long.dcm'), picture, {
      pixels: Buffer.alloc(256 * 256 * 3 * 200, 5),
    });
    const canceller = new AbortController();

    const failed = failureOf(
      transcoder.transcode({ ...to('never.dcm', Uid.j2kLossless), source: long }, canceller.signal),
    );
    const next = transcoder.transcode(to('copy.dcm'));
    await expect.poll(files).toContainEqual(expect.stringMatching(/^never\.dcm\..+\.part$/));
    canceller.abort();

    expect(await failed).toEqual({ step: 'cancelled' });
    expect(await next).toMatchObject({ path: file('copy.dcm') });
    expect(await files()).toEqual(['copy.dcm', 'long.dcm', 'source.dcm']);
  });

  it('leaves out what was cancelled before its turn', async () => {
    await using transcoder = openTranscoder();
    const canceller = new AbortController();

    const first = transcoder.transcode(to('first.dcm'));
    const second = failureOf(transcoder.transcode(to('second.dcm'), canceller.signal));
    const third = transcoder.transcode(to('third.dcm'));
    canceller.abort();

    expect(await second).toEqual({ step: 'cancelled' });
    expect(await failureOf(transcoder.transcode(to('fourth.dcm'), canceller.signal))).toEqual({
      step: 'cancelled',
    });
    await Promise.all([first, third]);
    expect(await files()).toEqual(['first.dcm', 'source.dcm', 'third.dcm']);
  });

  it('cancels what is under way and in line when it is closed', async () => {
    const transcoder = openTranscoder({ workerUrl: treacherous });
    const hanging = await writeImage(file('hang.dcm'), grey8);
    const failures = ['one', 'two', 'three'].map((name) =>
      failureOf(transcoder.transcode({ ...to(name), source: hanging })),
    );
    // Any of them: which comes first is not promised.
    await expect.poll(files).toContainEqual(expect.stringMatching(/\.part$/));

    await transcoder[Symbol.asyncDispose]();

    expect(await Promise.all(failures)).toEqual(failures.map(() => ({ step: 'cancelled' })));
    expect(await failureOf(transcoder.transcode(to('late')))).toEqual({ step: 'cancelled' });
    expect(await files()).toEqual(['hang.dcm', 'source.dcm']);
  });

  it('needs the codecs only for pixels that are compressed', async () => {
    await using transcoder = openTranscoder({ codecsUrl: new URL('file:///no/such/codecs.wasm') });

    expect(await transcoder.transcode(to('copy.dcm', Uid.implicit))).toMatchObject({ lossy: false });
    await expect(transcoder.transcode(to('other.dcm'))).rejects.toBeInstanceOf(Error);
  });

  it('does not decode again what it was told to trust', async () => {
    await using trusting = openTranscoder({ verify: false });
    await using careful = openTranscoder();

    const one = await trusting.transcode(to('one.dcm'));
    const other = await careful.transcode(to('other.dcm'));

    expect((await datasetOf(one.path)).equals(await datasetOf(other.path))).toBe(true);
  });
});
