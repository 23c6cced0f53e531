import type {
  ArchiveInstance,
  ArchiveSeries,
  ImageDescription,
} from '../../../../electron/contract/archive.ts';

export function buildImage(said: Partial<ImageDescription> = {}): ImageDescription {
  return {
    frameCount: 1,
    rows: 2,
    columns: 2,
    samplesPerPixel: 1,
    photometricInterpretation: 'MONOCHROME2',
    planarConfiguration: 0,
    bitsAllocated: 16,
    bitsStored: 12,
    highBit: 11,
    pixelRepresentation: 0,
    rescaleSlope: 1,
    rescaleIntercept: 0,
    windowCenters: [],
    windowWidths: [],
    voiLutFunction: '',
    pixelSpacing: null,
    imageOrientationPatient: null,
    imagePositionPatient: null,
    frameOfReferenceUid: '',
    patientOrientation: [],
    sliceThickness: null,
    lossy: false,
    palette: null,
    warnings: [],
    ...said,
  };
}

export function buildInstance(said: Partial<ArchiveInstance> = {}): ArchiveInstance {
  return {
    sopInstanceUid: '1.2.3',
    sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    instanceNumber: '1',
    bytes: 8,
    image: buildImage(),
    notShown: null,
    ...said,
  };
}

export function buildSeries(
  instances: readonly ArchiveInstance[],
  said: Partial<ArchiveSeries> = {},
): ArchiveSeries {
  return {
    seriesInstanceUid: '1.2',
    studyInstanceUid: '1',
    modality: 'CT',
    seriesNumber: '3',
    seriesDescription: 'Chest 1.0',
    instances,
    ...said,
  };
}
