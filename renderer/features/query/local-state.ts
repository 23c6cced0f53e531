import type { ArchiveStudy } from '../../../electron/contract/archive.ts';
import type { StudyMatch } from '../../../electron/contract/study.ts';
import { formatCount } from '../../format/index.ts';

/** How much of a study is in the local archive. */
export type LocalState =
  | { readonly kind: 'none' }
  /** `of: null`: the server did not say how many there are. */
  | { readonly kind: 'part'; readonly here: number; readonly of: number | null }
  | { readonly kind: 'complete'; readonly here: number };

/** What is in the local archive, by Study Instance UID. */
export type LocalStudies = ReadonlyMap<string, ArchiveStudy>;

export function localStateOf(match: StudyMatch, studies: LocalStudies): LocalState {
  const here = studies.get(match.studyInstanceUid)?.instanceCount ?? 0;
  if (here === 0) return { kind: 'none' };
  const of = match.instanceCount;
  return of !== null && here >= of ? { kind: 'complete', here } : { kind: 'part', here, of };
}

export function localStateWords(state: LocalState): string {
  switch (state.kind) {
    case 'none':
      return 'not here';
    case 'part':
      return state.of === null
        ? `${formatCount(state.here)} here`
        : `${formatCount(state.here)} of ${formatCount(state.of)}`;
    case 'complete':
      return 'complete';
  }
}

/** The archive after one of its studies gained or lost instances. */
export function withStudy(studies: LocalStudies, changed: ArchiveStudy): LocalStudies {
  const next = new Map(studies);
  if (changed.instanceCount > 0) next.set(changed.studyInstanceUid, changed);
  else next.delete(changed.studyInstanceUid);
  return next;
}
