import { useEffect, useRef, useState } from 'react';
import type { ArchiveSeries } from '../../../electron/contract/archive.ts';
import type { Failure } from '../../../electron/contract/failure.ts';
import { useNews, useViewer } from '../../bridge/index.ts';
import { keepAsking, type Asking } from './keep-asking.ts';

export type SeriesOfStudy =
  | { readonly kind: 'none' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'answered'; readonly series: readonly ArchiveSeries[] }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** At least this long between two questions while a study arrives. */
const pauseMs = 400;

/** The series of a study, asked for again while its instances arrive. */
export function useSeries(studyInstanceUid: string | null): SeriesOfStudy {
  const viewer = useViewer();
  const [last, setLast] = useState<{ readonly of: string; readonly answer: SeriesOfStudy } | null>(null);
  const asking = useRef<Asking | null>(null);

  useEffect(() => {
    if (studyInstanceUid === null) return;
    const mine = keepAsking(async () => {
      const result = await viewer.archive.series(studyInstanceUid);
      if (asking.current !== mine) return;
      const answer: SeriesOfStudy = result.ok
        ? { kind: 'answered', series: result.value }
        : { kind: 'failed', failure: result.failure };
      setLast({ of: studyInstanceUid, answer });
    }, pauseMs);
    asking.current = mine;
    mine.again();
    return () => {
      asking.current = null;
      mine.stop();
    };
  }, [viewer, studyInstanceUid]);

  useNews(viewer.archive.changed, (study) => {
    if (study.studyInstanceUid === studyInstanceUid) asking.current?.again();
  });
  if (studyInstanceUid === null) return none;
  return last?.of === studyInstanceUid ? last.answer : waiting;
}

const none: SeriesOfStudy = { kind: 'none' };
const waiting: SeriesOfStudy = { kind: 'asking' };
