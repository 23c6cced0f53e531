/** A study in the local archive. Text is decoded; names keep their component groups; absent is ''. */
export interface ArchiveStudy {
  readonly studyInstanceUid: string;
  readonly patientName: string;
  readonly patientId: string;
  readonly patientBirthDate: string;
  readonly patientSex: string;
  readonly studyDate: string;
  readonly studyTime: string;
  readonly studyDescription: string;
  readonly accessionNumber: string;
  readonly modalities: readonly string[];
  readonly seriesCount: number;
  readonly instanceCount: number;
  readonly bytes: number;
  /** ISO 8601, of the newest instance. */
  readonly receivedAt: string;
}

/** A series in the local archive, its instances in the order to show them. */
export interface ArchiveSeries {
  readonly seriesInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly modality: string;
  readonly seriesNumber: string;
  readonly seriesDescription: string;
  readonly instances: readonly ArchiveInstance[];
}

export interface ArchiveInstance {
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  readonly transferSyntaxUid: string;
  readonly instanceNumber: string;
  readonly bytes: number;
  /** `null`: nothing to show as an image, `reason` says why in the picture's place. */
  readonly image: ImageDescription | null;
  /** Why it can't be shown (no pixel data, damaged file, ...); `null` with an image. */
  readonly notShown: NotShown | null;
}

export type NotShown =
  /** A structured report, presentation state, ... : not an image. */
  | { readonly cause: 'no-pixel-data' }
  | { readonly cause: 'unsupported'; readonly detail: string }
  | { readonly cause: 'damaged'; readonly detail: string };

/** What the viewer must know before any pixel arrives (PS3.3 §C.7.6.3 Image Pixel, §C.7.6.2 Image Plane). */
export interface ImageDescription {
  readonly frameCount: number;
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  readonly photometricInterpretation: string;
  readonly planarConfiguration: number;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly pixelRepresentation: number;
  readonly rescaleSlope: number;
  readonly rescaleIntercept: number;
  readonly windowCenters: readonly number[];
  readonly windowWidths: readonly number[];
  readonly voiLutFunction: string;
  /** Millimetres between rows, then columns (PS3.3 §10.7.1.3); `null`: unknown. */
  readonly pixelSpacing: readonly [number, number] | null;
  readonly imageOrientationPatient: readonly number[] | null;
  readonly imagePositionPatient: readonly number[] | null;
  readonly frameOfReferenceUid: string;
  readonly patientOrientation: readonly string[];
  readonly sliceThickness: number | null;
  /** Lossy Image Compression (0028,2110) is 01 or the transfer syntax is lossy. */
  readonly lossy: boolean;
  readonly palette: Palette | null;
  /** Warnings to show on the image, such as pixel data shorter than announced. */
  readonly warnings: readonly string[];
}

/** Palette Color LUTs (PS3.3 §C.7.9), 16-bit entries as numbers; the descriptor as in the object. */
export interface Palette {
  readonly descriptor: readonly [number, number, number];
  readonly red: readonly number[];
  readonly green: readonly number[];
  readonly blue: readonly number[];
}
