import {
  deflatedExplicitLittleEndian,
  explicitBigEndian,
  explicitLittleEndian,
  implicitLittleEndian,
} from '../dataset/index.ts';

/** How pixels are compressed; `null`: not at all. */
export type Codec = 'rle' | 'jpeg' | 'jpeg-lossless' | 'jpeg-ls' | 'j2k' | 'htj2k';

export interface Syntax {
  readonly codec: Codec | null;
  /** Whether pixels are the same again: JPEG 2000 has both kinds of streams in one syntax (PS3.5 §A.4.4). */
  readonly loss: 'never' | 'if-asked' | 'always';
  /** (0028,2114) of PS3.3 §C.7.6.1.1.5.2; '' for those without loss. */
  readonly lossyMethod: string;
  /** HTJ2K with RPCL progression (PS3.5 §A.4.8). */
  readonly resolutionFirst: boolean;
}

const native: Syntax = { codec: null, loss: 'never', lossyMethod: '', resolutionFirst: false };

/**
 * The syntaxes that can be read and written here. Into HTJ2K's general one only streams without loss
 * are written: its encoder has no measure for a loss, and one without it is smaller.
 */
const syntaxes: Readonly<Record<string, Syntax>> = {
  [implicitLittleEndian]: native,
  [explicitLittleEndian]: native,
  [deflatedExplicitLittleEndian]: native,
  [explicitBigEndian]: native,
  '1.2.840.10008.1.2.4.50': { ...native, codec: 'jpeg', loss: 'always', lossyMethod: 'ISO_10918_1' },
  '1.2.840.10008.1.2.4.70': { ...native, codec: 'jpeg-lossless' },
  '1.2.840.10008.1.2.4.80': { ...native, codec: 'jpeg-ls' },
  '1.2.840.10008.1.2.4.81': { ...native, codec: 'jpeg-ls', loss: 'always', lossyMethod: 'ISO_14495_1' },
  '1.2.840.10008.1.2.4.90': { ...native, codec: 'j2k' },
  '1.2.840.10008.1.2.4.91': { ...native, codec: 'j2k', loss: 'if-asked', lossyMethod: 'ISO_15444_1' },
  '1.2.840.10008.1.2.4.201': { ...native, codec: 'htj2k' },
  '1.2.840.10008.1.2.4.202': { ...native, codec: 'htj2k', resolutionFirst: true },
  '1.2.840.10008.1.2.4.203': { ...native, codec: 'htj2k' },
  '1.2.840.10008.1.2.5': { ...native, codec: 'rle' },
};

/** `null`: a syntax that can't be read or written here. */
export function syntaxOf(transferSyntaxUid: string): Syntax | null {
  return syntaxes[transferSyntaxUid] ?? null;
}

/**
 * Whether the step from one syntax to the other can be made without loss, only with, or (`null`) not
 * at all. An image may still be beyond the codec: `transcode` says so.
 *
 * Of what was lossy before, a lossless step loses no more.
 */
export function canTranscode(
  fromTransferSyntaxUid: string,
  toTransferSyntaxUid: string,
): 'lossless' | 'lossy' | null {
  const from = syntaxOf(fromTransferSyntaxUid);
  const to = syntaxOf(toTransferSyntaxUid);
  if (from === null || to === null) return null;
  if (fromTransferSyntaxUid === toTransferSyntaxUid) return 'lossless';
  return to.loss === 'always' ? 'lossy' : 'lossless';
}
