import type { ReactElement } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { Panel } from '../../components/index.ts';
import { countOf } from '../../format/index.ts';
import type { Lightbox } from './cornerstone/lightbox.ts';
import { seriesName } from './overlay-text.ts';
import type { SeriesPictures } from './series-pictures.ts';
import { SeriesThumbnail } from './series-thumbnail.tsx';

export interface SeriesListProps {
  readonly series: readonly SeriesPictures[];
  readonly seriesInstanceUid: string | null;
  readonly lightbox: Lightbox | null;
  readonly onOpen: (seriesInstanceUid: string) => void;
}

/** The series of the study in sight, each by its middle picture, or by what it is instead. */
export function SeriesList(props: SeriesListProps): ReactElement {
  const { lightbox, onOpen, series, seriesInstanceUid } = props;
  return (
    <Panel title="Series" isPadded={false}>
      <ListBox
        className="viewer-series"
        aria-label="Series of the study"
        items={series.map((each) => ({ id: each.series.seriesInstanceUid, each }))}
        dependencies={[lightbox]}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={seriesInstanceUid === null ? [] : [seriesInstanceUid]}
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : keys;
          if (typeof key === 'string') onOpen(key);
        }}
      >
        {({ each }) => (
          <ListBoxItem
            className="viewer-series-item"
            textValue={`${seriesName(each.series)}, ${contentOf(each)}`}
          >
            <SeriesThumbnail pictures={each} lightbox={lightbox} />
            <span className="viewer-series-name">
              {[each.series.modality, seriesName(each.series)].filter((part) => part !== '').join(' · ')}
            </span>
            <span className="muted">{contentOf(each)}</span>
          </ListBoxItem>
        )}
      </ListBox>
    </Panel>
  );
}

/** `60 images`, or what the series holds instead. */
function contentOf({ pictureCount, slides, what }: SeriesPictures): string {
  if (pictureCount > 0) return countOf(pictureCount, 'image', 'images');
  return slides.length === 1 ? what : `${slides.length} × ${what}`;
}
