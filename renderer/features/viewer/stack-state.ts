import type { PictureNotice } from './notice.ts';
import { noLetters, type EdgeLetters } from './orientation.ts';
import type { Slide } from './slides.ts';
import type { Window } from './window.ts';

/** What a stack shows at this moment, for everything around the picture. */
export interface StackState {
  readonly index: number;
  readonly count: number;
  readonly slide: Slide | null;
  /** `loading`: the picture in sight is not yet the one of `slide`. */
  readonly phase: 'empty' | 'loading' | 'shown' | 'failed';
  /** Why there is no picture; only when `failed`. */
  readonly notice: PictureNotice | null;
  /** `null`: colours, or nothing shown yet. */
  readonly window: Window | null;
  /** Screen pixels for each pixel of the image, in hundredths. */
  readonly zoomPercent: number | null;
  readonly letters: EdgeLetters;
  readonly inverted: boolean;
}

export const emptyStack: StackState = {
  index: 0,
  count: 0,
  slide: null,
  phase: 'empty',
  notice: null,
  window: null,
  zoomPercent: null,
  letters: noLetters,
  inverted: false,
};
