import { isStorageSopClass, SopClass } from '../dimse/index.ts';

const secondaryCapture = [
  SopClass.SecondaryCaptureImageStorage,
  SopClass.MultiFrameTrueColorSecondaryCaptureImageStorage,
  SopClass.MultiFrameGrayscaleByteSecondaryCaptureImageStorage,
  SopClass.MultiFrameGrayscaleWordSecondaryCaptureImageStorage,
  SopClass.MultiFrameSingleBitSecondaryCaptureImageStorage,
];

/** By Modality (0008,0060): PS3.3 §C.7.3.1.1.1, and what scanners of it store besides. */
const byModality: Readonly<Record<string, readonly string[]>> = {
  AU: [SopClass.BasicVoiceAudioWaveformStorage, SopClass.GeneralAudioWaveformStorage],
  CR: [SopClass.ComputedRadiographyImageStorage],
  CT: [
    SopClass.CtImageStorage,
    SopClass.EnhancedCtImageStorage,
    SopClass.LegacyConvertedEnhancedCtImageStorage,
    ...secondaryCapture,
  ],
  DOC: [SopClass.EncapsulatedPdfStorage, SopClass.EncapsulatedCdaStorage],
  DX: [
    SopClass.DigitalXRayImageStorageForPresentation,
    SopClass.DigitalXRayImageStorageForProcessing,
    SopClass.ComputedRadiographyImageStorage,
  ],
  ECG: [
    SopClass.TwelveLeadEcgWaveformStorage,
    SopClass.GeneralEcgWaveformStorage,
    SopClass.AmbulatoryEcgWaveformStorage,
  ],
  ES: [SopClass.VlEndoscopicImageStorage, SopClass.VideoEndoscopicImageStorage],
  IO: [
    SopClass.DigitalIntraOralXRayImageStorageForPresentation,
    SopClass.DigitalIntraOralXRayImageStorageForProcessing,
  ],
  KO: [SopClass.KeyObjectSelectionDocumentStorage],
  MG: [
    SopClass.DigitalMammographyXRayImageStorageForPresentation,
    SopClass.DigitalMammographyXRayImageStorageForProcessing,
    SopClass.BreastTomosynthesisImageStorage,
    SopClass.BreastProjectionXRayImageStorageForPresentation,
    SopClass.BreastProjectionXRayImageStorageForProcessing,
    SopClass.SecondaryCaptureImageStorage,
  ],
  MR: [
    SopClass.MrImageStorage,
    SopClass.EnhancedMrImageStorage,
    SopClass.EnhancedMrColorImageStorage,
    SopClass.LegacyConvertedEnhancedMrImageStorage,
    SopClass.MrSpectroscopyStorage,
    SopClass.RawDataStorage,
    ...secondaryCapture,
  ],
  NM: [SopClass.NuclearMedicineImageStorage, SopClass.SecondaryCaptureImageStorage],
  OP: [SopClass.OphthalmicPhotography8BitImageStorage, SopClass.OphthalmicPhotography16BitImageStorage],
  OPT: [SopClass.OphthalmicTomographyImageStorage],
  OT: [...secondaryCapture, SopClass.EncapsulatedPdfStorage, SopClass.RawDataStorage],
  PR: [
    SopClass.GrayscaleSoftcopyPresentationStateStorage,
    SopClass.ColorSoftcopyPresentationStateStorage,
    SopClass.PseudoColorSoftcopyPresentationStateStorage,
    SopClass.BlendingSoftcopyPresentationStateStorage,
    SopClass.AdvancedBlendingPresentationStateStorage,
  ],
  PT: [
    SopClass.PositronEmissionTomographyImageStorage,
    SopClass.EnhancedPetImageStorage,
    SopClass.LegacyConvertedEnhancedPetImageStorage,
    SopClass.SecondaryCaptureImageStorage,
  ],
  PX: [SopClass.DigitalXRayImageStorageForPresentation, SopClass.DigitalXRayImageStorageForProcessing],
  REG: [SopClass.SpatialRegistrationStorage, SopClass.DeformableSpatialRegistrationStorage],
  RF: [SopClass.XRayRadiofluoroscopicImageStorage, SopClass.EnhancedXrfImageStorage],
  RTDOSE: [SopClass.RtDoseStorage],
  RTIMAGE: [SopClass.RtImageStorage],
  RTPLAN: [SopClass.RtPlanStorage, SopClass.RtIonPlanStorage],
  RTRECORD: [SopClass.RtBeamsTreatmentRecordStorage, SopClass.RtTreatmentSummaryRecordStorage],
  RTSTRUCT: [SopClass.RtStructureSetStorage],
  RWV: [SopClass.RealWorldValueMappingStorage],
  SC: secondaryCapture,
  SEG: [
    SopClass.SegmentationStorage,
    SopClass.SurfaceSegmentationStorage,
    SopClass.LabelMapSegmentationStorage,
  ],
  SM: [SopClass.VlWholeSlideMicroscopyImageStorage],
  SR: [
    SopClass.BasicTextSrStorage,
    SopClass.EnhancedSrStorage,
    SopClass.ComprehensiveSrStorage,
    SopClass.Comprehensive3dSrStorage,
    SopClass.XRayRadiationDoseSrStorage,
    SopClass.MammographyCadSrStorage,
    SopClass.ChestCadSrStorage,
    SopClass.KeyObjectSelectionDocumentStorage,
  ],
  US: [
    SopClass.UltrasoundImageStorage,
    SopClass.UltrasoundMultiFrameImageStorage,
    SopClass.UltrasoundMultiFrameImageStorageRetired,
    SopClass.UltrasoundImageStorageRetired,
    SopClass.EnhancedUsVolumeStorage,
    SopClass.SecondaryCaptureImageStorage,
  ],
  XA: [
    SopClass.XRayAngiographicImageStorage,
    SopClass.EnhancedXaImageStorage,
    SopClass.XRay3dAngiographicImageStorage,
    SopClass.SecondaryCaptureImageStorage,
  ],
  XC: [SopClass.VlPhotographicImageStorage, SopClass.VideoPhotographicImageStorage],
};

/** What a series of this modality is usually made of; none for a modality that says nothing of it. */
export function usualSopClasses(modality: string): readonly string[] {
  return Object.hasOwn(byModality, modality) ? (byModality[modality] ?? []) : [];
}

/** What studies are usually made of. */
export const commonSopClasses: readonly string[] = [...new Set(Object.values(byModality).flat())];

/** All that this program knows the name of. */
export const everySopClass: readonly string[] = Object.values(SopClass).filter(isStorageSopClass);
