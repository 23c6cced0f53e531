import type { Range } from '../window.ts';
import type { Greys } from './rescale.ts';

/** A frame ready to be painted small: greys with their range, or colours. */
export type Paintable =
  | { readonly kind: 'greys'; readonly greys: Greys; readonly range: Range; readonly inverted: boolean }
  | { readonly kind: 'rgb'; readonly rgb: Uint8Array };

/**
 * Paints a frame as RGBA, each pixel of the picture the nearest one of the frame.
 *
 * @param size of the frame
 * @param onto size of the picture
 */
export function paint(
  frame: Paintable,
  size: { readonly rows: number; readonly columns: number },
  onto: { readonly rows: number; readonly columns: number },
): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(onto.rows * onto.columns * 4).fill(255);
  const colour = painterOf(frame);
  for (let row = 0; row < onto.rows; row++) {
    const from = Math.floor(((row + 0.5) * size.rows) / onto.rows) * size.columns;
    for (let column = 0; column < onto.columns; column++) {
      const pixel = from + Math.floor(((column + 0.5) * size.columns) / onto.columns);
      colour(pixel, rgba, (row * onto.columns + column) * 4);
    }
  }
  return rgba;
}

function painterOf(frame: Paintable): (pixel: number, rgba: Uint8ClampedArray, at: number) => void {
  if (frame.kind === 'rgb') {
    return (pixel, rgba, at) => rgba.set(frame.rgb.subarray(pixel * 3, pixel * 3 + 3), at);
  }
  const { greys, inverted, range } = frame;
  const span = range.upper - range.lower || 1;
  return (pixel, rgba, at) => {
    const share = ((greys[pixel] ?? 0) - range.lower) / span;
    rgba.fill((inverted ? 1 - share : share) * 255, at, at + 3);
  };
}
