import type { Types } from '@cornerstonejs/core';
import { paint, type Paintable } from '../pixels/paint.ts';
import type { Greys } from '../pixels/rescale.ts';
import type { Slide } from '../slides.ts';
import type { Frames } from './frames.ts';

export interface ThumbnailOptions {
  readonly slide: Slide;
  /** Its size is the room there is; the picture fits inside, as tall or as wide. */
  readonly canvas: HTMLCanvasElement;
  readonly frames: Frames;
}

/** @returns false when there is no picture to draw */
export async function drawThumbnail(
  { slide, canvas, frames }: ThumbnailOptions,
  signal: AbortSignal,
): Promise<boolean> {
  const outcome = await frames.load(slide, false, signal);
  const context = canvas.getContext('2d');
  if (outcome.kind === 'notice' || context === null) return false;
  const { image } = outcome;
  const size = fitted(image, canvas);
  const rgba = paint(paintable(image), image, size);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.putImageData(
    new ImageData(rgba, size.columns, size.rows),
    Math.floor((canvas.width - size.columns) / 2),
    Math.floor((canvas.height - size.rows) / 2),
  );
  return true;
}

interface Size {
  readonly rows: number;
  readonly columns: number;
}

/** The largest picture in the room that keeps the true shape of its pixels. */
function fitted(image: Types.IImage, room: { readonly width: number; readonly height: number }): Size {
  const wide = image.columns * (image.columnPixelSpacing || 1);
  const tall = image.rows * (image.rowPixelSpacing || 1);
  const scale = Math.min(room.width / wide, room.height / tall);
  return { rows: Math.max(1, Math.round(tall * scale)), columns: Math.max(1, Math.round(wide * scale)) };
}

function paintable(image: Types.IImage): Paintable {
  const data = image.getPixelData();
  if (image.color) return { kind: 'rgb', rgb: data as Uint8Array }; // made so by makeImage
  const center = Number(image.windowCenter);
  const width = Number(image.windowWidth);
  // What the data stand for is their values by slope and intercept, where they could not be kept.
  const stored = (value: number): number => (value - image.intercept) / image.slope;
  const range = {
    lower: stored(center - 0.5 - (width - 1) / 2),
    upper: stored(center - 0.5 + (width - 1) / 2),
  };
  return { kind: 'greys', greys: data as Greys, range, inverted: image.invert };
}
