import type { ArchiveStudy } from '../../../electron/contract/archive.ts';

/** The list with what news said of one study: changed in its place, new on top, empty gone. */
export function withStudy(studies: readonly ArchiveStudy[], study: ArchiveStudy): readonly ArchiveStudy[] {
  const isSame = (other: ArchiveStudy): boolean => other.studyInstanceUid === study.studyInstanceUid;
  if (study.instanceCount === 0) return studies.filter((other) => !isSame(other));
  if (!studies.some(isSame)) return [study, ...studies];
  return studies.map((other) => (isSame(other) ? study : other));
}

/** Whether every word is somewhere in what the list shows of the study, accents and case aside. */
export function matchesSearch(study: ArchiveStudy, search: string): boolean {
  const text = plain(
    [
      study.patientName.replaceAll(/[\^=]/g, ' '),
      study.patientId,
      study.accessionNumber,
      study.studyDescription,
      study.studyDate,
      study.modalities.join(' '),
    ].join(' '),
  );
  return plain(search)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function plain(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase();
}
