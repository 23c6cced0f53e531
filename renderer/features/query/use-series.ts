import { useEffect, useState } from 'react';
import type { Failure } from '../../../electron/contract/failure.ts';
import type { ServerId } from '../../../electron/contract/server.ts';
import type { SeriesMatch } from '../../../electron/contract/study.ts';
import { useViewer } from '../../bridge/index.ts';

export type SeriesLookup =
  | { readonly kind: 'asking' }
  | { readonly kind: 'answered'; readonly series: readonly SeriesMatch[] }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** The rows are gone through by arrow keys; only the one it rests on is asked about. */
const restMs = 200;
const asking: SeriesLookup = { kind: 'asking' };

/** The series of a study at a server; asked again when `retry` changes. */
export function useSeries(serverId: ServerId, studyInstanceUid: string, retry: number): SeriesLookup {
  const viewer = useViewer();
  const question = `${retry} ${serverId} ${studyInstanceUid}`;
  const [answer, setAnswer] = useState<{ readonly to: string; readonly lookup: SeriesLookup } | null>(null);

  useEffect(() => {
    let isOvertaken = false;
    const timer = setTimeout(() => {
      void viewer.query.findSeries({ serverId, studyInstanceUid }).then((result) => {
        if (isOvertaken) return;
        const lookup: SeriesLookup = result.ok
          ? { kind: 'answered', series: inOrder(result.value) }
          : { kind: 'failed', failure: result.failure };
        setAnswer({ to: question, lookup });
      });
    }, restMs);
    return () => {
      isOvertaken = true;
      clearTimeout(timer);
    };
  }, [viewer, serverId, studyInstanceUid, question]);

  return answer?.to === question ? answer.lookup : asking;
}

function inOrder(series: readonly SeriesMatch[]): readonly SeriesMatch[] {
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  return series.toSorted((one, other) => compare(one.seriesNumber, other.seriesNumber));
}
