import type { ArchiveSeries, ArchiveStudy } from '../contract/archive.ts';
import type { Failure } from '../contract/failure.ts';
import type { IncomingInstance } from '../dataset/index.ts';
import type { FrameAnswer } from './read-frame.ts';
import type { Slab } from './slab-pool.ts';

/** What the main thread asks of the index's thread, and what it answers. */
export interface IndexRequests {
  /** All of an object has come with these bytes. */
  admit: { input: ObjectBytes; answer: AdmittedAnswer };
  /** The object's number; answered when nothing of it is left. */
  discard: { input: number; answer: null };
  studies: { input: null; answer: readonly ArchiveStudy[] };
  study: { input: string; answer: ArchiveStudy | null };
  series: { input: string; answer: readonly ArchiveSeries[] };
  instanceUids: { input: string; answer: readonly string[] };
  frame: { input: FrameQuestion; answer: FrameAnswer & { readonly path: string } };
  close: { input: null; answer: null };
}

/** What is known of an object before it comes: what the peer said, and how long our header for it is. */
export interface AnnouncedObject extends Pick<
  IncomingInstance,
  'sopClassUid' | 'sopInstanceUid' | 'transferSyntaxUid'
> {
  /** Of its data set in the file. */
  readonly datasetOffset: number;
}

/** The next bytes of an arriving object. */
export interface ObjectBytes {
  /** The object's own while the archive is open. */
  readonly number: number;
  readonly announced: AnnouncedObject;
  /** A slab, or as much of one as is filled. */
  readonly bytes: Slab;
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

/** More of an object is to come; not a request, as nothing is answered to it alone. */
export interface NextBytes {
  readonly kind: 'bytes';
  readonly object: ObjectBytes;
}

export type ToIndex = IndexRequest | NextBytes;

export type FromIndex =
  /** The files and the index agree. */
  | { readonly kind: 'ready'; readonly indexed: number; readonly forgotten: number }
  /** The index can't be had at all. */
  | { readonly kind: 'broken'; readonly failure: Failure }
  /**
   * The slab that the object's bytes came in first, of those not told of yet, is done with: written, or dropped
   * because the object has failed. Of the last ones nothing is told but the object's end.
   */
  | { readonly kind: 'taken'; readonly object: number }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: Failure }
  /** Not a failure of the disk: a bug, to be thrown again on the other side. */
  | { readonly kind: 'bug'; readonly id: number; readonly bug: unknown };

/** What the thread is started with. */
export interface IndexWorkerData {
  readonly folder: string;
  readonly fsync: boolean;
}
