import { useEffect, useState } from 'react';
import type { ArchiveStudy } from '../../../electron/contract/archive.ts';
import type { Failure } from '../../../electron/contract/failure.ts';
import { useNews, useViewer } from '../../bridge/index.ts';
import { withStudy } from './study-list-state.ts';

export type Studies =
  | { readonly kind: 'asking' }
  | { readonly kind: 'answered'; readonly studies: readonly ArchiveStudy[] }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** The studies in the local archive, the newest arrival first when asked, each kept up by news. */
export function useStudies(): Studies {
  const viewer = useViewer();
  const [state, setState] = useState<Studies>({ kind: 'asking' });
  useNews(viewer.archive.changed, (study) =>
    setState((before) =>
      before.kind === 'answered' ? { ...before, studies: withStudy(before.studies, study) } : before,
    ),
  );
  useEffect(() => {
    let isGone = false;
    void viewer.archive.studies().then((result) => {
      if (isGone) return;
      setState(
        result.ok ? { kind: 'answered', studies: result.value } : { kind: 'failed', failure: result.failure },
      );
    });
    return () => {
      isGone = true;
    };
  }, [viewer]);
  return state;
}
