import { useMemo, useRef, useState, type ReactElement } from 'react';
import type { ArchiveStudy } from '../../../electron/contract/archive.ts';
import { InPlace } from './in-place.tsx';
import { PatientBar } from './patient-bar.tsx';
import { SeriesList } from './series-list.tsx';
import { picturesOf, seriesAway, seriesToShow, type SeriesPictures } from './series-pictures.ts';
import type { Slide } from './slides.ts';
import { useFocusOnOpen } from './use-focus-on-open.ts';
import { useLightbox } from './use-lightbox.ts';
import type { SeriesOfStudy } from './use-series.ts';
import { useStack } from './use-stack.ts';
import { useViewportActions } from './use-viewport-actions.ts';
import { ViewportToolbar } from './viewport-toolbar.tsx';
import { Viewport } from './viewport.tsx';

export interface OpenStudyProps {
  readonly study: ArchiveStudy | null;
  readonly series: SeriesOfStudy;
  readonly hasLists: boolean;
  readonly onToggleLists: () => void;
}

/** One study: its series, and the viewport with one of them. */
export function OpenStudy({ study, series, hasLists, onToggleLists }: OpenStudyProps): ReactElement {
  const all = useMemo(() => (series.kind === 'answered' ? series.series.map(picturesOf) : []), [series]);
  const [chosenUid, setChosenUid] = useState<string | null>(null);
  const shown = seriesToShow(all, chosenUid);
  const shownUid = shown?.series.seriesInstanceUid ?? null;
  const light = useLightbox(series.kind !== 'none');
  const lightbox = light.kind === 'open' ? light.lightbox : null;
  const open = useStack(lightbox, shownUid, slidesOf(shown));
  const actions = useViewportActions(open, (steps) => setChosenUid(seriesAway(all, shownUid, steps)));
  const focusTarget = useRef<HTMLDivElement>(null);
  useFocusOnOpen(focusTarget, shown?.series.studyInstanceUid ?? null);
  return (
    <>
      {hasLists ? (
        <SeriesList series={all} seriesInstanceUid={shownUid} lightbox={lightbox} onOpen={setChosenUid} />
      ) : null}
      <section className="viewer-main" aria-label="Images">
        <PatientBar study={study} />
        <ViewportToolbar
          leftButton={actions.leftButton}
          hasOverlay={actions.hasOverlay}
          hasLists={hasLists}
          isInverted={open.state.inverted}
          isDisabled={open.state.phase === 'empty'}
          onAction={actions.act}
          onToggleLists={onToggleLists}
        />
        <div className="viewer-room">
          <Viewport
            study={study}
            state={open.state}
            hasOverlay={actions.hasOverlay}
            place={open.place}
            focusTarget={focusTarget}
            onAction={actions.act}
          />
          <InPlace
            series={series}
            count={all.length}
            startFailure={light.kind === 'failed' ? light.reason : null}
          />
        </div>
      </section>
    </>
  );
}

const noSlides: readonly Slide[] = [];

function slidesOf(shown: SeriesPictures | null): readonly Slide[] {
  return shown?.slides ?? noSlides;
}
