import { randomUUID } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { FailureError } from '../contract/failure.ts';
import { deflatedName } from './deflate-file.ts';
import { checkQuality } from './encode-frame.ts';
import { failureBehind, notTranscodable } from './transcode-failure.ts';
import type { Transcoded, TranscodeJob } from './transcode-messages.ts';
import { TranscodeThread } from './transcode-thread.ts';

export interface TranscoderOptions {
  readonly workerUrl?: URL;
  /** The codecs' WebAssembly module, where it doesn't lie in `node_modules`. */
  readonly codecsUrl?: URL;
  /** Default 1024. The codecs alone begin with 256. */
  readonly memoryLimitMb?: number;
  /** How long a frame, or a data set without frames, may take; default 60 s. */
  readonly timeoutMs?: number;
  /** Decode what was compressed, and compare, before it is said to be done; default true. */
  readonly verify?: boolean;
}

export interface TranscodeRequest {
  readonly source: string;
  /** Where the copy goes; what is there already is replaced, unless it's the source. */
  readonly target: string;
  readonly transferSyntaxUid: string;
  /** Allows a loss where the syntax has one. `quality`: from 1 to 100. */
  readonly lossy?: { readonly quality: number } | null;
}

/** Makes copies of files in other transfer syntaxes, one at a time, in a thread of its own. */
export interface Transcoder extends AsyncDisposable {
  /**
   * Writes a copy of the P10 file in another transfer syntax. Lossless only, unless `lossy` says
   * otherwise: a lossless copy is the same instance, its pixels the same to the bit; a lossy one is
   * a new instance that says what it was derived from. Never touches the source, and leaves nothing
   * behind when it fails.
   *
   * @throws FailureError at `file` (the source, or `not-transcodable`), at `storage` (the copy), or `cancelled`
   */
  transcode(request: TranscodeRequest, signal?: AbortSignal): Promise<Transcoded>;
}

/** The thread is started by the first job, and again after one that it didn't survive. */
export function openTranscoder(options: TranscoderOptions = {}): Transcoder {
  const { memoryLimitMb = 1024, timeoutMs = 60_000, verify = true } = options;
  const thread = new TranscodeThread({
    workerUrl: options.workerUrl ?? new URL('./transcode-worker.ts', import.meta.url),
    codecsPath: () => codecsPath(options.codecsUrl),
    memoryLimitMb,
    timeoutMs,
  });

  async function transcode(request: TranscodeRequest, signal?: AbortSignal): Promise<Transcoded> {
    const { source, target, transferSyntaxUid, lossy = null } = request;
    if (signal?.aborted === true) throw new FailureError({ step: 'cancelled' });
    if (lossy !== null) checkQuality(lossy.quality);
    if (await isSameFile(source, target)) throw notTranscodable('the copy would replace its source');
    const part = `${target}.${randomUUID()}.part`;
    const job: TranscodeJob = { source, part, transferSyntaxUid, lossy, verify };
    try {
      const copy = await thread.run(job, signal);
      await rename(part, target);
      return { ...copy, path: target };
    } catch (thrown) {
      throw failureBehind(thrown) ?? thrown;
    } finally {
      // Whatever a thread that was stopped had begun.
      await rm(part, { force: true });
      await rm(deflatedName(part), { force: true });
    }
  }

  return { transcode, [Symbol.asyncDispose]: () => thread.close() };
}

async function isSameFile(source: string, target: string): Promise<boolean> {
  const [one, other] = await Promise.all([source, target].map((path) => stat(path).catch(() => null)));
  if (one == null || other == null) return false;
  return one.ino === other.ino && one.dev === other.dev;
}

function codecsPath(url: URL | undefined): string {
  if (url !== undefined) return fileURLToPath(url);
  return createRequire(import.meta.url).resolve('dcmjs-codecs/build/dcmjs-native-codecs.wasm');
}
