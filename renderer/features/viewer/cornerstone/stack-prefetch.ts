import { cache } from '@cornerstonejs/core';
import { outwards } from '../prefetch-order.ts';
import { isPicture, type Slide } from '../slides.ts';
import type { Frames } from './frames.ts';

const atOnce = 6;

export interface Prefetch {
  /** Goes on from here: what was under way is finished, what follows is nearest to `index`. */
  moveTo(slides: readonly Slide[], index: number): void;
  stop(): void;
}

/** Fetches a stack before it is asked for, from the picture in sight outwards, until memory is full. */
export function openPrefetch(frames: Frames): Prefetch {
  const canceller = new AbortController();
  const tried = new Set<string>();
  let running = 0;
  let queue: Iterator<Slide> = [][Symbol.iterator]();

  function fill(): void {
    while (running < atOnce && !canceller.signal.aborted) {
      const { done, value } = queue.next();
      if (done === true) return;
      running += 1;
      tried.add(value.imageId);
      void frames
        .load(value, false, canceller.signal)
        .catch(() => undefined) // stopped
        .then(() => {
          running -= 1;
          fill();
        });
    }
  }

  return {
    moveTo(slides, index) {
      queue = nearest(slides, index, (slide) => tried.has(slide.imageId) || frames.isLoaded(slide.imageId));
      fill();
    },
    stop: () => canceller.abort(),
  };
}

function* nearest(
  slides: readonly Slide[],
  index: number,
  isDone: (slide: Slide) => boolean,
): Generator<Slide> {
  let room = cache.getMaxCacheSize() * 0.8; // the rest: pictures of other series, thumbnails
  for (const at of outwards(index, slides.length)) {
    const slide = slides[at];
    if (slide === undefined || !isPicture(slide)) continue;
    room -= bytesOf(slide);
    // Beyond this, fetching would push out what is nearer.
    if (room < 0) return;
    if (!isDone(slide)) yield slide;
  }
}

function bytesOf({ instance }: Slide): number {
  const { image } = instance;
  if (image === null) return 0;
  const bytes =
    image.samplesPerPixel === 3 || image.palette !== null ? 3 : Math.ceil(image.bitsAllocated / 8);
  return image.rows * image.columns * bytes;
}
