import type { Compression } from '../../contract/compression.ts';

/** Transfer syntaxes of PS3.6 Table A-1, the retired ones that still occur in files included. */
export const TransferSyntax = {
  ImplicitVrLittleEndian: '1.2.840.10008.1.2',
  ExplicitVrLittleEndian: '1.2.840.10008.1.2.1',
  EncapsulatedUncompressedExplicitVrLittleEndian: '1.2.840.10008.1.2.1.98',
  DeflatedExplicitVrLittleEndian: '1.2.840.10008.1.2.1.99',
  ExplicitVrBigEndian: '1.2.840.10008.1.2.2',
  JpegBaseline: '1.2.840.10008.1.2.4.50',
  JpegExtended: '1.2.840.10008.1.2.4.51',
  JpegSpectralSelection: '1.2.840.10008.1.2.4.53',
  JpegFullProgression: '1.2.840.10008.1.2.4.55',
  JpegLosslessProcess14: '1.2.840.10008.1.2.4.57',
  JpegLossless: '1.2.840.10008.1.2.4.70',
  JpegLsLossless: '1.2.840.10008.1.2.4.80',
  JpegLsNearLossless: '1.2.840.10008.1.2.4.81',
  Jpeg2000Lossless: '1.2.840.10008.1.2.4.90',
  Jpeg2000: '1.2.840.10008.1.2.4.91',
  Jpeg2000MultiComponentLossless: '1.2.840.10008.1.2.4.92',
  Jpeg2000MultiComponent: '1.2.840.10008.1.2.4.93',
  JpipReferenced: '1.2.840.10008.1.2.4.94',
  JpipReferencedDeflate: '1.2.840.10008.1.2.4.95',
  Mpeg2MainProfileMainLevel: '1.2.840.10008.1.2.4.100',
  Mpeg2MainProfileHighLevel: '1.2.840.10008.1.2.4.101',
  Mpeg4HighProfile41: '1.2.840.10008.1.2.4.102',
  Mpeg4BdCompatibleHighProfile41: '1.2.840.10008.1.2.4.103',
  Mpeg4HighProfile42For2dVideo: '1.2.840.10008.1.2.4.104',
  Mpeg4HighProfile42For3dVideo: '1.2.840.10008.1.2.4.105',
  Mpeg4StereoHighProfile42: '1.2.840.10008.1.2.4.106',
  HevcMainProfile51: '1.2.840.10008.1.2.4.107',
  HevcMain10Profile51: '1.2.840.10008.1.2.4.108',
  JpegXlLossless: '1.2.840.10008.1.2.4.110',
  JpegXlRecompression: '1.2.840.10008.1.2.4.111',
  JpegXl: '1.2.840.10008.1.2.4.112',
  HtJ2kLossless: '1.2.840.10008.1.2.4.201',
  HtJ2kLosslessRpcl: '1.2.840.10008.1.2.4.202',
  HtJ2k: '1.2.840.10008.1.2.4.203',
  RleLossless: '1.2.840.10008.1.2.5',
} as const;

const names: Readonly<Record<string, string>> = {
  [TransferSyntax.ImplicitVrLittleEndian]: 'Implicit VR Little Endian',
  [TransferSyntax.ExplicitVrLittleEndian]: 'Explicit VR Little Endian',
  [TransferSyntax.EncapsulatedUncompressedExplicitVrLittleEndian]:
    'Encapsulated Uncompressed Explicit VR Little Endian',
  [TransferSyntax.DeflatedExplicitVrLittleEndian]: 'Deflated Explicit VR Little Endian',
  [TransferSyntax.ExplicitVrBigEndian]: 'Explicit VR Big Endian',
  [TransferSyntax.JpegBaseline]: 'JPEG Baseline',
  [TransferSyntax.JpegExtended]: 'JPEG Extended',
  [TransferSyntax.JpegSpectralSelection]: 'JPEG Spectral Selection',
  [TransferSyntax.JpegFullProgression]: 'JPEG Full Progression',
  [TransferSyntax.JpegLosslessProcess14]: 'JPEG Lossless (Process 14)',
  [TransferSyntax.JpegLossless]: 'JPEG Lossless (Process 14, Selection Value 1)',
  [TransferSyntax.JpegLsLossless]: 'JPEG-LS Lossless',
  [TransferSyntax.JpegLsNearLossless]: 'JPEG-LS Near-Lossless',
  [TransferSyntax.Jpeg2000Lossless]: 'JPEG 2000 (Lossless Only)',
  [TransferSyntax.Jpeg2000]: 'JPEG 2000',
  [TransferSyntax.Jpeg2000MultiComponentLossless]: 'JPEG 2000 Part 2 Multi-component (Lossless Only)',
  [TransferSyntax.Jpeg2000MultiComponent]: 'JPEG 2000 Part 2 Multi-component',
  [TransferSyntax.JpipReferenced]: 'JPIP Referenced',
  [TransferSyntax.JpipReferencedDeflate]: 'JPIP Referenced Deflate',
  [TransferSyntax.Mpeg2MainProfileMainLevel]: 'MPEG2 Main Profile / Main Level',
  [TransferSyntax.Mpeg2MainProfileHighLevel]: 'MPEG2 Main Profile / High Level',
  [TransferSyntax.Mpeg4HighProfile41]: 'MPEG-4 AVC/H.264 High Profile / Level 4.1',
  [TransferSyntax.Mpeg4BdCompatibleHighProfile41]: 'MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1',
  [TransferSyntax.Mpeg4HighProfile42For2dVideo]: 'MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video',
  [TransferSyntax.Mpeg4HighProfile42For3dVideo]: 'MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video',
  [TransferSyntax.Mpeg4StereoHighProfile42]: 'MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2',
  [TransferSyntax.HevcMainProfile51]: 'HEVC/H.265 Main Profile / Level 5.1',
  [TransferSyntax.HevcMain10Profile51]: 'HEVC/H.265 Main 10 Profile / Level 5.1',
  [TransferSyntax.JpegXlLossless]: 'JPEG XL Lossless',
  [TransferSyntax.JpegXlRecompression]: 'JPEG XL JPEG Recompression',
  [TransferSyntax.JpegXl]: 'JPEG XL',
  [TransferSyntax.HtJ2kLossless]: 'High-Throughput JPEG 2000 (Lossless Only)',
  [TransferSyntax.HtJ2kLosslessRpcl]: 'High-Throughput JPEG 2000 with RPCL Options (Lossless Only)',
  [TransferSyntax.HtJ2k]: 'High-Throughput JPEG 2000',
  [TransferSyntax.RleLossless]: 'RLE Lossless',
};

export function transferSyntaxName(uid: string): string | null {
  return names[uid] ?? null;
}

/**
 * The syntaxes that satisfy a person's preference, the best first. Empty for `as-stored`: the
 * requestor's own order decides.
 */
export function preferredSyntaxes(compression: Compression): readonly string[] {
  switch (compression) {
    case 'as-stored':
      return [];
    case 'uncompressed':
      return [TransferSyntax.ExplicitVrLittleEndian, TransferSyntax.ImplicitVrLittleEndian];
    case 'rle':
      return [TransferSyntax.RleLossless];
    case 'jpeg-lossless':
      return [TransferSyntax.JpegLossless, TransferSyntax.JpegLosslessProcess14];
    case 'jpeg-ls-lossless':
      return [TransferSyntax.JpegLsLossless];
    case 'j2k-lossless':
      return [TransferSyntax.Jpeg2000Lossless];
    case 'htj2k-lossless':
      return [TransferSyntax.HtJ2kLossless, TransferSyntax.HtJ2kLosslessRpcl];
    case 'jpeg-lossy':
      return [TransferSyntax.JpegBaseline, TransferSyntax.JpegExtended];
    case 'j2k-lossy':
      return [TransferSyntax.Jpeg2000];
  }
}
