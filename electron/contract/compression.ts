import { z } from 'zod';

/** What the person prefers to receive; the transfer syntaxes behind each are in `dimse/uids`. */
export const compressions = [
  'as-stored',
  'uncompressed',
  'rle',
  'jpeg-lossless',
  'jpeg-ls-lossless',
  'j2k-lossless',
  'htj2k-lossless',
  'jpeg-lossy',
  'j2k-lossy',
] as const;

export const Compression = z.enum(
  compressions,
  `The preferred compression is one of: ${compressions.join(', ')}.`,
);
export type Compression = z.infer<typeof Compression>;
