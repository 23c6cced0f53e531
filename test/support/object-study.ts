import { join } from 'node:path';
import { SopClass, TransferSyntax } from '../../electron/dimse/index.ts';
import { buildDataset, uidFor, writeP10, type BuiltElement } from './build-dataset.ts';
import type { SyntheticFile } from './synthetic-study.ts';

/** An image and what is commonly found beside images; the bodies are as small as can be told apart. */
const kinds: readonly (readonly [modality: string, sopClassUid: string, pixelBytes: number])[] = [
  ['CT', SopClass.CtImageStorage, 100_000],
  ['SR', SopClass.EnhancedSrStorage, 0],
  ['SEG', SopClass.SegmentationStorage, 5_000],
  ['RTDOSE', SopClass.RtDoseStorage, 20_000],
  ['RTPLAN', SopClass.RtPlanStorage, 0],
  ['PR', SopClass.GrayscaleSoftcopyPresentationStateStorage, 0],
  ['KO', SopClass.KeyObjectSelectionDocumentStorage, 0],
];

export const objectStudyUid = uidFor('object-study');

/** Writes one study of seven SOP classes, a series each. */
export async function writeObjectStudy(folder: string): Promise<readonly SyntheticFile[]> {
  const transferSyntaxUid = TransferSyntax.ExplicitVrLittleEndian;
  const files: SyntheticFile[] = [];
  for (const [index, [modality, sopClassUid, pixelBytes]] of kinds.entries()) {
    const seriesInstanceUid = uidFor('object-study', modality);
    const sopInstanceUid = uidFor(seriesInstanceUid, 1);
    const path = join(folder, `${modality}.dcm`);
    const pixels: readonly BuiltElement[] =
      pixelBytes === 0 ? [] : [['7FE00010', 'OW', Buffer.alloc(pixelBytes, index + 1)]];
    const elements: readonly BuiltElement[] = [
      ['00080016', 'UI', sopClassUid],
      ['00080018', 'UI', sopInstanceUid],
      ['00080020', 'DA', '20260401'],
      ['00080060', 'CS', modality],
      ['00100010', 'PN', 'OBJECTS^ALL'],
      ['00100020', 'LO', 'O1'],
      ['0020000D', 'UI', objectStudyUid],
      ['0020000E', 'UI', seriesInstanceUid],
      ['00200010', 'SH', '1'],
      ['00200011', 'IS', `${index + 1}`],
      ['00200013', 'IS', '1'],
      ...pixels,
    ];
    await writeP10(path, { sopClassUid, sopInstanceUid, transferSyntaxUid }, buildDataset(elements));
    const uids = { sopClassUid, sopInstanceUid, studyInstanceUid: objectStudyUid, seriesInstanceUid };
    files.push({ path, transferSyntaxUid, ...uids });
  }
  return files;
}
