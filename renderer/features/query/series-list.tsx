import type { ReactElement } from 'react';
import type { SeriesMatch } from '../../../electron/contract/study.ts';
import { formatCount, visibleText } from '../../format/index.ts';

interface SeriesListProps {
  /** `null`: still asked for. */
  readonly series: readonly SeriesMatch[] | null;
  /** How many lines to keep free while they are asked for; `null`: unknown. */
  readonly expected: number | null;
}

const mostSkeletons = 12;

/** The series of a study; the place of each is kept while the server is asked. */
export function SeriesList({ series, expected }: SeriesListProps): ReactElement {
  if (series === null) {
    return (
      <ul className="series-list" aria-busy="true" aria-label="Asking for the series">
        {Array.from({ length: Math.min(mostSkeletons, expected ?? 1) }, (_, index) => (
          <li key={index} className="series-skeleton" aria-hidden />
        ))}
      </ul>
    );
  }
  if (series.length === 0) return <p className="muted">The server names no series of this study.</p>;
  return (
    <ul className="series-list">
      {series.map((each) => (
        <li key={each.seriesInstanceUid}>
          <span className="series-number">{visibleText(each.seriesNumber)}</span>
          <span className="series-modality">{visibleText(each.modality)}</span>
          <span className="series-description" dir="auto" title={visibleText(each.seriesDescription)}>
            {visibleText(each.seriesDescription) || 'No description'}
          </span>
          <span className="series-count">
            {each.instanceCount === null ? '' : formatCount(each.instanceCount)}
          </span>
        </li>
      ))}
    </ul>
  );
}
