import { Images } from 'lucide-react';
import type { ReactElement } from 'react';
import { EmptyState } from '../../components/index.ts';
import { FailureNotice } from '../../failures/index.ts';
import type { SeriesOfStudy } from './use-series.ts';

/** What stands in the viewport's place while there is no stack in it. */
export function InPlace(props: {
  readonly series: SeriesOfStudy;
  /** How many series there are. */
  readonly count: number;
  /** Why cornerstone could not start; `null`: it could. */
  readonly startFailure: string | null;
}): ReactElement | null {
  const content = contentOf(props);
  return content === null ? null : <div className="viewer-blank">{content}</div>;
}

function contentOf({ series, count, startFailure }: Parameters<typeof InPlace>[0]): ReactElement | null {
  if (startFailure !== null) {
    return (
      <EmptyState icon={<Images />} title="The viewer could not start">
        {startFailure}
      </EmptyState>
    );
  }
  switch (series.kind) {
    case 'none':
      return (
        <EmptyState icon={<Images />} title="No study open">
          Choose a study on the left.
        </EmptyState>
      );
    case 'failed':
      return <FailureNotice failure={series.failure} who={{ server: 'the local archive', ourAeTitle: '' }} />;
    case 'asking':
      return null;
    case 'answered':
      return count > 0 ? null : (
        <EmptyState icon={<Images />} title="Nothing of this study is here yet">
          Its images appear here while they arrive.
        </EmptyState>
      );
  }
}
