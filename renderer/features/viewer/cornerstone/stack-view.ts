import type { Types } from '@cornerstonejs/core';
import { edgeLetters, noLetters, type Direction, type EdgeLetters } from '../orientation.ts';
import { isPicture, type Slide } from '../slides.ts';
import type { StackState } from '../stack-state.ts';
import { windowOf, type Window } from '../window.ts';
import { isOriented, spacingOf } from './image-metadata.ts';

/** How a viewport shows its picture at this moment. */
export function viewOf(
  viewport: Types.IStackViewport,
  image: Types.IImage,
  slide: Slide,
): Pick<StackState, 'window' | 'zoomPercent' | 'letters' | 'inverted'> {
  return {
    window: image.color ? null : windowNow(viewport, slide),
    zoomPercent: zoomPercentNow(viewport, slide),
    letters: lettersNow(viewport, slide),
    inverted: (viewport.getProperties().invert === true) !== image.invert,
  };
}

function windowNow(viewport: Types.IStackViewport, slide: Slide): Window | null {
  const { voiRange } = viewport.getProperties();
  if (voiRange === undefined || !isPicture(slide)) return null;
  return windowOf(voiRange, slide.instance.image.voiLutFunction);
}

/** The letters at the picture's edges as it lies on the screen now, turned and mirrored as it is. */
function lettersNow(viewport: Types.IStackViewport, slide: Slide): EdgeLetters {
  if (!isPicture(slide)) return noLetters;
  const { image } = slide.instance;
  const origin = viewport.canvasToWorld([0, 0]);
  return edgeLetters(
    between(origin, viewport.canvasToWorld([100, 0])),
    between(origin, viewport.canvasToWorld([0, 100])),
    { oriented: isOriented(image), patientOrientation: image.patientOrientation },
  );
}

/** Screen pixels (of CSS) for each pixel of the image, in hundredths. */
function zoomPercentNow(viewport: Types.IStackViewport, slide: Slide): number | null {
  if (!isPicture(slide)) return null;
  const [x, y, z] = between(viewport.canvasToWorld([0, 0]), viewport.canvasToWorld([0, 100]));
  const millimetres = Math.hypot(x, y, z);
  const [rowSpacing] = spacingOf(slide.instance.image);
  return millimetres > 0 ? (100 * 100 * rowSpacing) / millimetres : null;
}

function between(from: Types.Point3, to: Types.Point3): Direction {
  return [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
}
