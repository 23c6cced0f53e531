import { TransferSyntax } from '../dimse/index.ts';
import { canTranscode } from '../transcode/index.ts';
import { isSet, optional, UsageError, type Arguments } from './arguments.ts';

/** What `--transcode` takes besides UIDs. */
const names: Readonly<Record<string, string>> = {
  implicit: TransferSyntax.ImplicitVrLittleEndian,
  explicit: TransferSyntax.ExplicitVrLittleEndian,
  'big-endian': TransferSyntax.ExplicitVrBigEndian,
  deflated: TransferSyntax.DeflatedExplicitVrLittleEndian,
  rle: TransferSyntax.RleLossless,
  'jpeg-lossless': TransferSyntax.JpegLossless,
  'jpeg-ls-lossless': TransferSyntax.JpegLsLossless,
  'j2k-lossless': TransferSyntax.Jpeg2000Lossless,
  'htj2k-lossless': TransferSyntax.HtJ2kLossless,
  'jpeg-lossy': TransferSyntax.JpegBaseline,
  'jpeg-ls-lossy': TransferSyntax.JpegLsNearLossless,
  'j2k-lossy': TransferSyntax.Jpeg2000,
};

export interface TranscodeOptions {
  readonly transferSyntaxUid: string;
  readonly lossy: { readonly quality: number } | null;
  readonly of: 'all' | 'refused';
}

/** @throws UsageError naming the option that is wrong */
export function transcodeOptionsOf(args: Arguments): TranscodeOptions | null {
  const name = optional(args, 'transcode');
  const quality = optional(args, 'lossy');
  const ofAll = isSet(args, 'transcode-all');
  if (name === null) {
    if (quality === null && !ofAll) return null;
    throw new UsageError('--lossy and --transcode-all are for --transcode.');
  }
  const lossy = quality === null ? null : { quality: qualityOf(quality) };
  return { transferSyntaxUid: syntaxFor(name, lossy !== null), lossy, of: ofAll ? 'all' : 'refused' };
}

function syntaxFor(name: string, mayLose: boolean): string {
  const transferSyntaxUid = Object.hasOwn(names, name) ? (names[name] ?? '') : name;
  const step = canTranscode(TransferSyntax.ExplicitVrLittleEndian, transferSyntaxUid);
  if (step === null) {
    const known = Object.keys(names).join(', ');
    throw new UsageError(
      `--transcode ${name}: nothing can be written in that. It is a UID, or one of: ${known}.`,
    );
  }
  if (step === 'lossless' || mayLose) return transferSyntaxUid;
  throw new UsageError(`--transcode ${name} loses some of an image: say how little by --lossy QUALITY.`);
}

function qualityOf(text: string): number {
  const quality = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (quality >= 1 && quality <= 100) return quality;
  throw new UsageError('--lossy: The quality is a whole number from 1 to 100.');
}
