import type { ArchiveSeries, ArchiveStudy } from '../contract/archive.ts';
import type { Failure } from '../contract/failure.ts';
import type { Arrival } from './admit-instance.ts';
import type { FrameAnswer } from './read-frame.ts';

/** What the main thread asks of the index's thread, and what it answers. */
export interface IndexRequests {
  admit: { input: Arrival; answer: AdmittedAnswer };
  studies: { input: null; answer: readonly ArchiveStudy[] };
  study: { input: string; answer: ArchiveStudy | null };
  series: { input: string; answer: readonly ArchiveSeries[] };
  instanceUids: { input: string; answer: readonly string[] };
  frame: { input: FrameQuestion; answer: FrameAnswer & { readonly path: string } };
  close: { input: null; answer: null };
}

export interface AdmittedAnswer {
  readonly path: string;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly bytes: number;
  readonly alreadyHere: boolean;
}

export interface FrameQuestion {
  readonly sopInstanceUid: string;
  /** From 1. */
  readonly frameNumber: number;
}

export type IndexRequest = {
  [Kind in keyof IndexRequests]: {
    readonly id: number;
    readonly kind: Kind;
    readonly input: IndexRequests[Kind]['input'];
  };
}[keyof IndexRequests];

export type FromIndex =
  /** The files and the index agree. */
  | { readonly kind: 'ready'; readonly indexed: number; readonly forgotten: number }
  /** The index can't be had at all. */
  | { readonly kind: 'broken'; readonly failure: Failure }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: Failure }
  /** Not a failure of the disk: a bug, to be thrown again on the other side. */
  | { readonly kind: 'bug'; readonly id: number; readonly bug: unknown };

/** What the thread is started with. */
export interface IndexWorkerData {
  readonly folder: string;
  readonly fsync: boolean;
}
