import { readFileSync } from 'node:fs';
import { notTranscodable } from './transcode-failure.ts';

/** One frame as the codecs' module takes it. */
export interface CodecImage {
  readonly columns: number;
  readonly rows: number;
  readonly samplesPerPixel: number;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly signed: boolean;
  /** Only the encoder of JPEG 2000 asks: the colour transform is made for RGB. */
  readonly rgb: boolean;
}

export type CodecOperation = `${'Encode' | 'Decode'}${'Jpeg' | 'JpegLs' | 'Jpeg2000' | 'HtJpeg2000'}`;

/** Encoder: by their names in the module; decoder: `ConvertColorspaceToRgb`. */
export type CodecParameters = Readonly<Record<string, number>>;

type Pointer = number;
type Exports = Readonly<Record<string, (...args: readonly number[]) => number>>;
type Imports = Readonly<Record<string, Readonly<Record<string, (...args: number[]) => number | void>>>>;

interface Instance {
  readonly exports: Exports & { readonly memory: { readonly buffer: ArrayBuffer } };
}

/** Part of the language's host; its types come with the DOM's, which this program has not. */
declare const WebAssembly: {
  compile(bytes: Uint8Array<ArrayBuffer>): Promise<object>;
  readonly Instance: new (module: object, imports: Imports) => Instance;
};

/** What IJG's decoders and OpenJPH say of a stream that they fill up or guess at. */
const madeUp = /premature end|corrupt jpeg data|inconsistent progression|terminated early|ojph (warn|error)/i;

/** A codec refused, or its machine broke down. */
export class CodecError extends Error {
  constructor(cause?: unknown) {
    super('codec failed', { cause });
    this.name = 'CodecError';
  }
}

/**
 * The codecs of `dcmjs-codecs`: CharLS, OpenJPEG, OpenJPH and IJG's three libraries in one WebAssembly
 * module, which is driven directly. The package's own wrapper reads whole objects with dcmjs, prints
 * to the console, hides the decoders' warnings and keeps the memory of a call that failed.
 */
export async function openCodecs(codecsPath: string, memoryLimitBytes: number): Promise<Codecs> {
  const module = await WebAssembly.compile(Uint8Array.from(readFileSync(codecsPath)));
  return new Codecs(module, memoryLimitBytes);
}

export class Codecs {
  readonly #module: object;
  readonly #memoryLimitBytes: number;
  /** `null`: not yet, or no longer after a call that failed. */
  #instance: Instance | null = null;
  #doubtful = false;

  constructor(module: object, memoryLimitBytes: number) {
    this.#module = module;
    this.#memoryLimitBytes = memoryLimitBytes;
  }

  /**
   * @throws CodecError where the codec fails, or had to make up a part of the frame
   * @throws FailureError beyond the limit of memory
   */
  run(
    operation: CodecOperation,
    image: CodecImage,
    { input, parameters = {} }: { readonly input: Uint8Array; readonly parameters?: CodecParameters },
  ): Uint8Array<ArrayBuffer> {
    const side = operation.startsWith('Encode') ? 'Encoder' : 'Decoder';
    const [from, to] = side === 'Encoder' ? ['Decoded', 'Encoded'] : ['Encoded', 'Decoded'];
    this.#doubtful = false;
    try {
      const context = this.#context(image);
      this.#call(`Set${from}BufferSize`, context, input.length);
      new Uint8Array(this.#memory).set(input, this.#call(`Get${from}Buffer`, context));
      const settings = this.#call(`Create${side}Parameters`);
      for (const [name, value] of Object.entries(parameters)) this.#call(`Set${name}`, settings, value);
      this.#call(operation, context, settings);
      const start = this.#call(`Get${to}Buffer`, context);
      const output = this.#memory.slice(start, start + this.#call(`Get${to}BufferSize`, context));
      this.#call(`Release${side}Parameters`, settings);
      this.#call('ReleaseCodecsContext', context);
      if (this.#doubtful) throw new CodecError();
      return new Uint8Array(output);
    } catch (thrown) {
      // Its memory is not to be used again.
      this.#instance = null;
      // The module isn't the one that this was written for.
      if (thrown instanceof TypeError) throw thrown;
      // A trap of the machine, an exception of the codec, or the limit of memory, told by the callback.
      throw thrown instanceof WebAssemblyLimit
        ? memoryExceeded(this.#memoryLimitBytes)
        : new CodecError(thrown);
    }
  }

  #context(image: CodecImage): Pointer {
    const context = this.#call('CreateCodecsContext');
    this.#call('SetColumns', context, image.columns);
    this.#call('SetRows', context, image.rows);
    this.#call('SetBitsAllocated', context, image.bitsAllocated);
    this.#call('SetBitsStored', context, image.bitsStored);
    this.#call('SetSamplesPerPixel', context, image.samplesPerPixel);
    this.#call('SetPixelRepresentation', context, image.signed ? 1 : 0);
    this.#call('SetPlanarConfiguration', context, 0);
    this.#call('SetPhotometricInterpretation', context, image.rgb ? 3 : 1);
    return context;
  }

  #call(name: string, ...args: readonly number[]): number {
    const exported = this.#open().exports[name];
    if (exported === undefined) throw new TypeError(`the codecs' module has no ${name}`);
    return exported(...args);
  }

  /** The memory as it is now: it moves when it grows. */
  get #memory(): ArrayBuffer {
    return this.#open().exports.memory.buffer;
  }

  #open(): Instance {
    if (this.#instance === null) {
      this.#instance = new WebAssembly.Instance(this.#module, this.#imports());
      this.#instance.exports['_initialize']?.();
    }
    return this.#instance;
  }

  #text(start: number, length: number): string {
    return Buffer.from(this.#memory, start, length).toString('latin1');
  }

  #imports(): Imports {
    const success = 0;
    return {
      env: {
        onCodecsException: (start = 0, length = 0) => {
          throw new Error(this.#text(start, length));
        },
        onCodecsInfo: (start = 0, length = 0) => {
          if (madeUp.test(this.#text(start, length))) this.#doubtful = true;
        },
        onCodecsTrace: () => {},
        emscripten_notify_memory_growth: () => {
          if (this.#memory.byteLength > this.#memoryLimitBytes) throw new WebAssemblyLimit();
        },
      },
      wasi_snapshot_preview1: {
        proc_exit: () => {
          throw new Error('the codec gave up');
        },
        clock_time_get: (_clock, _low, _high, result = 0) => {
          new DataView(this.#memory).setBigUint64(result, 0n, true);
          return success;
        },
        fd_write: (_file, vectors = 0, count = 0, result = 0) => this.#swallow(vectors, count, result),
        fd_seek: () => success,
        fd_close: () => success,
        environ_get: () => success,
        environ_sizes_get: (count = 0, bytes = 0) => {
          const view = new DataView(this.#memory);
          view.setUint32(count, 0, true);
          view.setUint32(bytes, 0, true);
          return success;
        },
      },
    };
  }

  /** What a codec prints goes nowhere; but is read. */
  #swallow(vectors: number, count: number, result: number): number {
    const view = new DataView(this.#memory);
    let written = 0;
    for (let index = 0; index < count; index += 1) {
      const start = view.getUint32(vectors + index * 8, true);
      const length = view.getUint32(vectors + index * 8 + 4, true);
      if (madeUp.test(this.#text(start, length))) this.#doubtful = true;
      written += length;
    }
    view.setUint32(result, written, true);
    return 0;
  }
}

/** Thrown through the codec, in the middle of its work. */
class WebAssemblyLimit extends Error {}

export function memoryExceeded(limitBytes: number): Error {
  return notTranscodable(`it needs more than ${Math.round(limitBytes / 1024 / 1024)} MB of memory`);
}
