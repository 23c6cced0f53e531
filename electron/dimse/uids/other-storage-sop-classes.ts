/** Storage SOP classes that PS3.6 Table A-1 calls retired; objects of them are still in archives. */
// oxfmt-ignore
export const retiredStorageSopClasses = {
  UltrasoundMultiFrameImageStorageRetired: ['1.2.840.10008.5.1.4.1.1.3', 'Ultrasound Multi-frame Image Storage (Retired)'],
  NuclearMedicineImageStorageRetired: ['1.2.840.10008.5.1.4.1.1.5', 'Nuclear Medicine Image Storage (Retired)'],
  UltrasoundImageStorageRetired: ['1.2.840.10008.5.1.4.1.1.6', 'Ultrasound Image Storage (Retired)'],
  StandaloneOverlayStorage: ['1.2.840.10008.5.1.4.1.1.8', 'Standalone Overlay Storage'],
  StandaloneCurveStorage: ['1.2.840.10008.5.1.4.1.1.9', 'Standalone Curve Storage'],
  WaveformStorageTrial: ['1.2.840.10008.5.1.4.1.1.9.1', 'Waveform Storage - Trial'],
  StandaloneModalityLutStorage: ['1.2.840.10008.5.1.4.1.1.10', 'Standalone Modality LUT Storage'],
  StandaloneVoiLutStorage: ['1.2.840.10008.5.1.4.1.1.11', 'Standalone VOI LUT Storage'],
  XRayAngiographicBiPlaneImageStorage: ['1.2.840.10008.5.1.4.1.1.12.3', 'X-Ray Angiographic Bi-Plane Image Storage'],
  VlImageStorageTrial: ['1.2.840.10008.5.1.4.1.1.77.1', 'VL Image Storage - Trial'],
  VlMultiFrameImageStorageTrial: ['1.2.840.10008.5.1.4.1.1.77.2', 'VL Multi-frame Image Storage - Trial'],
  TextSrStorageTrial: ['1.2.840.10008.5.1.4.1.1.88.1', 'Text SR Storage - Trial'],
  AudioSrStorageTrial: ['1.2.840.10008.5.1.4.1.1.88.2', 'Audio SR Storage - Trial'],
  DetailSrStorageTrial: ['1.2.840.10008.5.1.4.1.1.88.3', 'Detail SR Storage - Trial'],
  ComprehensiveSrStorageTrial: ['1.2.840.10008.5.1.4.1.1.88.4', 'Comprehensive SR Storage - Trial'],
  StandalonePetCurveStorage: ['1.2.840.10008.5.1.4.1.1.129', 'Standalone PET Curve Storage'],
  StoredPrintStorage: ['1.2.840.10008.5.1.1.27', 'Stored Print Storage'],
  HardcopyGrayscaleImageStorage: ['1.2.840.10008.5.1.1.29', 'Hardcopy Grayscale Image Storage'],
  HardcopyColorImageStorage: ['1.2.840.10008.5.1.1.30', 'Hardcopy Color Image Storage'],
  RtBeamsDeliveryInstructionStorageTrial: ['1.2.840.10008.5.1.4.34.1', 'RT Beams Delivery Instruction Storage - Trial'],
} as const;

/** Storage SOP classes of manufacturers that archives commonly hold. */
// oxfmt-ignore
export const privateStorageSopClasses = {
  SiemensCsaNonImageStorage: ['1.3.12.2.1107.5.9.1', 'Siemens CSA Non-Image Storage'],
  SiemensAxFrameSetsStorage: ['1.3.12.2.1107.5.99.3.10', 'Siemens AX Frame Sets Storage'],
  Ge3dModelStorage: ['1.2.840.113619.4.26', 'GE 3D Model Storage'],
  GeENTEGRAProtocolOrNmGenieStorage: ['1.2.840.113619.4.27', 'GE eNTEGRA Protocol or NM Genie Storage'],
  GePetRawDataStorage: ['1.2.840.113619.4.30', 'GE PET Raw Data Storage'],
  GeRtPlanStorage: ['1.2.840.113619.4.5.249', 'GE RT Plan Storage'],
  ToshibaUsPrivateDataStorage: ['1.2.392.200036.9116.7.8.1.1.1', 'Toshiba US Private Data Storage'],
  PhilipsMrSpectrumStorage: ['1.3.46.670589.11.0.0.12.1', 'Philips MR Spectrum Storage'],
  PhilipsMrSeriesDataStorage: ['1.3.46.670589.11.0.0.12.2', 'Philips MR Series Data Storage'],
  PhilipsMrExamcardStorage: ['1.3.46.670589.11.0.0.12.4', 'Philips MR Examcard Storage'],
} as const;
