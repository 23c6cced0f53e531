import type { ArchiveSeries, ArchiveStudy } from '../contract/archive.ts';
import type { InstanceStore, StoredInstance } from '../dataset/index.ts';
import type { Log } from '../logging/index.ts';

/** The studies of this computer: files, and an index that finds them. */
export interface Archive extends AsyncDisposable {
  readonly folder: string;
  readonly store: InstanceStore;
  /** The newest first. */
  studies(): Promise<readonly ArchiveStudy[]>;
  study(studyInstanceUid: string): Promise<ArchiveStudy | null>;
  /** By series number; none for a study that isn't here. */
  series(studyInstanceUid: string): Promise<readonly ArchiveSeries[]>;
  instanceUids(studyInstanceUid: string): Promise<readonly string[]>;
  /**
   * @param frameNumber from 1
   * @throws FailureError at `storage`: `unreadable` where there is no such whole frame
   */
  openFrame(sopInstanceUid: string, frameNumber: number): Promise<Frame>;
  /** Called after each commit, also for what was already here; may not throw. @returns stops listening */
  onStored(listener: (stored: StoredInstance) => void): () => void;
  /** Waits up to two seconds for instances that are being stored. */
  close(): Promise<void>;
}

export interface OpenArchiveOptions {
  readonly folder: string;
  /** The index's thread; not given: the source beside this file. */
  readonly workerUrl?: URL | undefined;
  /** `false`: speed over safety from power cuts. */
  readonly fsync?: boolean | undefined;
  readonly log?: Log | undefined;
}

/**
 * The bytes of one frame, in a form that needs no header to be decoded.
 *
 * Native pixels are always little endian (`transferSyntaxUid` is then Explicit VR Little Endian):
 * big-endian ones are swapped, deflated ones inflated, and pixels of one bit spread to a byte each, as
 * `ImageDescription.bitsAllocated` of 8 says. Their length is exact. Compressed frames are as stored,
 * their fragments joined.
 */
export interface Frame {
  readonly bytes: Uint8Array;
  readonly transferSyntaxUid: string;
}
