import type { Compression } from '../../contract/compression.ts';
import type { ProposedContext } from '../association/association-plan.ts';
import { maximumContexts } from '../association/presentation-context.ts';
import { TransferSyntax, preferredSyntaxes } from '../uids/transfer-syntax.ts';
import { getSopClasses, type RetrieveModel } from './information-model.ts';

export interface GetPlanOptions {
  /** Of what is to come, as an IMAGE-level C-FIND tells them. */
  readonly sopClassUids: readonly string[];
  /** What the person prefers to receive. */
  readonly preferred: Compression;
  /** Study Root unless given. */
  readonly model?: RetrieveModel;
}

/**
 * The presentation contexts of an association for C-GET: we are the SCP of the storage classes on it
 * (PS3.4 §C.5.3).
 *
 * A peer settles on one syntax for each context, yet an archive holds one class in several. So each
 * compressed syntax has a context of its own, for its instances to come as they are stored: what is
 * preferred first, then uncompressed, which is never left out, then as many others as there is room
 * for. Nothing makes a peer compress: it may send in any of them.
 *
 * @throws RangeError above 127 SOP classes, which need more associations
 */
export function planGetContexts(options: GetPlanOptions): readonly ProposedContext[] {
  const sopClassUids = [...new Set(options.sopClassUids)];
  const perClass = Math.floor((maximumContexts - 1) / sopClassUids.length);
  if (perClass === 0) throw new RangeError(`${sopClassUids.length} SOP classes in one association`);
  const preferred = preferredSyntaxes(options.preferred).filter((uid) => !uncompressed.includes(uid));
  return [
    { abstractSyntaxUid: getSopClasses[options.model ?? 'study-root'], transferSyntaxUids: uncompressed },
    ...sopClassUids.flatMap((abstractSyntaxUid) =>
      syntaxGroups(abstractSyntaxUid, preferred, perClass).map((transferSyntaxUids) => ({
        abstractSyntaxUid,
        transferSyntaxUids,
        roles: { scu: false, scp: true },
      })),
    ),
  ];
}

const uncompressed: readonly string[] = [
  TransferSyntax.ExplicitVrLittleEndian,
  TransferSyntax.ImplicitVrLittleEndian,
];

/** What objects without pixels are stored in, besides. */
const plainSyntaxes: readonly string[] = [
  TransferSyntax.DeflatedExplicitVrLittleEndian,
  TransferSyntax.ExplicitVrBigEndian,
];

/** What images are stored in, the usual first. */
const imageSyntaxes: readonly string[] = [
  TransferSyntax.JpegLossless,
  TransferSyntax.JpegLsLossless,
  TransferSyntax.Jpeg2000Lossless,
  TransferSyntax.JpegBaseline,
  TransferSyntax.Jpeg2000,
  TransferSyntax.RleLossless,
  TransferSyntax.JpegExtended,
  TransferSyntax.JpegLsNearLossless,
  TransferSyntax.HtJ2kLossless,
  TransferSyntax.HtJ2kLosslessRpcl,
  TransferSyntax.HtJ2k,
  TransferSyntax.JpegLosslessProcess14,
  TransferSyntax.Mpeg4HighProfile41,
  TransferSyntax.Mpeg2MainProfileHighLevel,
  TransferSyntax.Mpeg4BdCompatibleHighProfile41,
  ...plainSyntaxes,
  TransferSyntax.Mpeg2MainProfileMainLevel,
  TransferSyntax.HevcMainProfile51,
  TransferSyntax.HevcMain10Profile51,
  TransferSyntax.JpegXlLossless,
  TransferSyntax.JpegXlRecompression,
  TransferSyntax.JpegXl,
  TransferSyntax.Mpeg4HighProfile42For2dVideo,
  TransferSyntax.Mpeg4HighProfile42For3dVideo,
  TransferSyntax.Mpeg4StereoHighProfile42,
  TransferSyntax.Jpeg2000MultiComponentLossless,
  TransferSyntax.Jpeg2000MultiComponent,
  TransferSyntax.JpegSpectralSelection,
  TransferSyntax.JpegFullProgression,
  TransferSyntax.EncapsulatedUncompressedExplicitVrLittleEndian,
];

/** The transfer syntaxes of each context of a class, the best first, for which there is `room`. */
function syntaxGroups(
  sopClassUid: string,
  preferred: readonly string[],
  room: number,
): readonly (readonly string[])[] {
  const images = holdsPixels(sopClassUid);
  const best = images ? preferred.slice(0, room - 1) : [];
  const others = (images ? imageSyntaxes : plainSyntaxes).filter((uid) => !best.includes(uid));
  return [...best.map(alone), uncompressed, ...others.map(alone)].slice(0, room);
}

function alone(uid: string): readonly string[] {
  return [uid];
}

/** Roots of storage classes without pixel data: nothing of theirs is ever compressed. */
const withoutPixels: readonly string[] = [
  // Waveforms, presentation states, raw data, registrations, structured reports, documents.
  '1.2.840.10008.5.1.4.1.1.9.',
  '1.2.840.10008.5.1.4.1.1.11.',
  '1.2.840.10008.5.1.4.1.1.66.1',
  '1.2.840.10008.5.1.4.1.1.66.2',
  '1.2.840.10008.5.1.4.1.1.66.3',
  '1.2.840.10008.5.1.4.1.1.88.',
  '1.2.840.10008.5.1.4.1.1.104.',
  // RT Structure Set, treatment records and plans; RT Image and RT Dose have pixels.
  ...[3, 4, 5, 6, 7, 8, 9].map((last) => `1.2.840.10008.5.1.4.1.1.481.${last}`),
];

function holdsPixels(sopClassUid: string): boolean {
  return !withoutPixels.some((root) => sopClassUid.startsWith(root));
}
