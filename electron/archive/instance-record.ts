import type { ImageDescription, NotShown } from '../contract/archive.ts';

/** All that the index keeps of one instance; text is decoded, absent is ''. */
export interface InstanceRecord {
  readonly study: StudyRecord;
  readonly series: SeriesRecord;
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  readonly transferSyntaxUid: string;
  readonly instanceNumber: string;
  /** Of the whole file. */
  readonly bytes: number;
  readonly image: ImageDescription | null;
  readonly notShown: NotShown | null;
  /** Where its frames are; `null` without an image. */
  readonly pixels: PixelSource | null;
}

export interface StudyRecord {
  readonly studyInstanceUid: string;
  readonly patientName: string;
  readonly patientId: string;
  readonly patientBirthDate: string;
  readonly patientSex: string;
  readonly studyDate: string;
  readonly studyTime: string;
  readonly studyDescription: string;
  readonly accessionNumber: string;
}

export interface SeriesRecord {
  readonly seriesInstanceUid: string;
  readonly modality: string;
  readonly seriesNumber: string;
  readonly seriesDescription: string;
}

/** Where the frames of an instance lie, and what is to be done to their bytes. */
export type PixelSource = NativePixels | EncapsulatedPixels;

export interface NativePixels {
  readonly kind: 'native';
  /** In the file, or in the inflated data set when `deflated`. */
  readonly offset: number;
  /** Frames follow each other without a gap, so those of 1-bit pixels may begin inside a byte. */
  readonly bitsPerFrame: number;
  /** Only these are whole. */
  readonly wholeFrames: number;
  readonly bitsAllocated: number;
  /** Bytes of the words that stand in big-endian order; 1: nothing to swap. */
  readonly swapBytes: 1 | 2 | 4 | 8;
  /** The data set is deflated. */
  readonly deflated: boolean;
}

export interface EncapsulatedPixels {
  readonly kind: 'encapsulated';
  /** For each frame the offset and length of each of its fragments, one after another; none: not whole. */
  readonly frames: readonly (readonly number[])[];
  /** What the joined bytes are. */
  readonly transferSyntaxUid: string;
  /** What is to be done to the joined bytes; all but `as-stored` makes native pixels of them. */
  readonly decode: 'as-stored' | 'uncompressed' | 'inflate' | 'inflate-bits' | 'rle-bits';
  /** Of a native frame; of one of bits: its pixels. */
  readonly bytesPerFrame: number;
}
