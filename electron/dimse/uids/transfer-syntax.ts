import type { Compression } from '../../contract/compression.ts';

export { transferSyntaxName } from '../../contract/uid-names.ts';

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
