import type { Failure } from '../contract/failure.ts';

/** The copy that was written. */
export interface Transcoded {
  readonly path: string;
  readonly fromTransferSyntaxUid: string;
  readonly transferSyntaxUid: string;
  /** This step lost something: the copy is another instance, derived from the source. */
  readonly lossy: boolean;
  /** Of the whole file. */
  readonly bytes: number;
  /** Where its data set begins. */
  readonly datasetOffset: number;
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
}

export interface TranscodeJob {
  readonly source: string;
  /** Written first, and renamed by the main thread when it's whole. */
  readonly part: string;
  readonly transferSyntaxUid: string;
  readonly lossy: { readonly quality: number } | null;
  readonly verify: boolean;
}

export interface TranscodeWorkerData {
  /** The WebAssembly module with the codecs. */
  readonly codecsPath: string;
  readonly memoryLimitBytes: number;
}

export type ToTranscoder = { readonly id: number; readonly job: TranscodeJob };

export type FromTranscoder =
  /** A frame is done: the job lives. */
  | { readonly kind: 'progress'; readonly id: number }
  | { readonly kind: 'done'; readonly id: number; readonly copy: Omit<Transcoded, 'path'> }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: Failure }
  | { readonly kind: 'bug'; readonly id: number; readonly bug: unknown };
