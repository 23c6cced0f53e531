import type { Compression } from '../../../../electron/contract/compression.ts';

/** What each preferred compression is called in the form. */
export const compressionWords: Readonly<Record<Compression, string>> = {
  'as-stored': 'As stored on the server',
  uncompressed: 'Uncompressed',
  rle: 'RLE, lossless',
  'jpeg-lossless': 'JPEG, lossless',
  'jpeg-ls-lossless': 'JPEG-LS, lossless',
  'j2k-lossless': 'JPEG 2000, lossless',
  'htj2k-lossless': 'High-throughput JPEG 2000, lossless',
  'jpeg-lossy': 'JPEG, lossy',
  'j2k-lossy': 'JPEG 2000, lossy',
};
