import { TransferSyntax, transferSyntaxName } from '../uids/transfer-syntax.ts';

/** They name pixel data that is elsewhere: an object stored in them would be without its pixels. */
const byReference: readonly string[] = [TransferSyntax.JpipReferenced, TransferSyntax.JpipReferencedDeflate];

const lossy: ReadonlySet<string> = new Set([
  TransferSyntax.JpegBaseline,
  TransferSyntax.JpegExtended,
  TransferSyntax.JpegSpectralSelection,
  TransferSyntax.JpegFullProgression,
  TransferSyntax.JpegLsNearLossless,
  TransferSyntax.Jpeg2000,
  TransferSyntax.Jpeg2000MultiComponent,
  TransferSyntax.Mpeg2MainProfileMainLevel,
  TransferSyntax.Mpeg2MainProfileHighLevel,
  TransferSyntax.Mpeg4HighProfile41,
  TransferSyntax.Mpeg4BdCompatibleHighProfile41,
  TransferSyntax.Mpeg4HighProfile42For2dVideo,
  TransferSyntax.Mpeg4HighProfile42For3dVideo,
  TransferSyntax.Mpeg4StereoHighProfile42,
  TransferSyntax.HevcMainProfile51,
  TransferSyntax.HevcMain10Profile51,
  TransferSyntax.JpegXl,
  TransferSyntax.HtJ2k,
]);

/**
 * Which of the proposed transfer syntaxes to receive a SOP class in, `null` for none.
 *
 * What the person prefers, where it is offered. Else the first we know, for requestors put the one
 * they hold first; with two exceptions. Explicit VR is taken before Implicit, which loses the VRs of
 * private elements. And nothing lossy is taken where the same context offers something lossless: the
 * requestor might compress for us what it holds whole.
 */
export function chooseStorageSyntax(
  proposed: readonly string[],
  preferred: readonly string[],
): string | null {
  const wanted = preferred.find((uid) => proposed.includes(uid));
  if (wanted !== undefined) return wanted;
  const known = proposed.filter((uid) => transferSyntaxName(uid) !== null && !byReference.includes(uid));
  const first = known.find((uid) => !lossy.has(uid)) ?? known[0] ?? null;
  const explicit = TransferSyntax.ExplicitVrLittleEndian;
  return first === TransferSyntax.ImplicitVrLittleEndian && known.includes(explicit) ? explicit : first;
}
