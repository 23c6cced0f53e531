import type { ArchiveSeries } from '../../../electron/contract/archive.ts';
import { objectName } from '../../../electron/contract/uid-names.ts';
import { isPicture, slidesOf, type Slide } from './slides.ts';

/** A series as the viewer shows it. */
export interface SeriesPictures {
  readonly series: ArchiveSeries;
  readonly slides: readonly Slide[];
  readonly pictureCount: number;
  /** What its first object is: `CT image`, `Structured report`. */
  readonly what: string;
}

/** What an object is called whose SOP class we don't know. */
export const unknownObject = 'Object of an unknown kind';

export function picturesOf(series: ArchiveSeries): SeriesPictures {
  const slides = slidesOf(series);
  return {
    series,
    slides,
    pictureCount: slides.filter(isPicture).length,
    what: objectName(series.instances[0]?.sopClassUid ?? '') ?? unknownObject,
  };
}

/** The chosen series; where none of these is, the first that has pictures, else the first. */
export function seriesToShow(
  all: readonly SeriesPictures[],
  chosenUid: string | null,
): SeriesPictures | null {
  return (
    all.find(({ series }) => series.seriesInstanceUid === chosenUid) ??
    all.find(({ pictureCount }) => pictureCount > 0) ??
    all[0] ??
    null
  );
}

/** The series a step away; the last and the first are ends. */
export function seriesAway(
  all: readonly SeriesPictures[],
  seriesInstanceUid: string | null,
  steps: 1 | -1,
): string | null {
  const here = all.findIndex(({ series }) => series.seriesInstanceUid === seriesInstanceUid);
  return all[here + steps]?.series.seriesInstanceUid ?? seriesInstanceUid;
}
