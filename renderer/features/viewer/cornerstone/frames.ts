import { cache, type Types } from '@cornerstonejs/core';
import type { PictureNotice } from '../notice.ts';
import { noticeOf } from '../notice.ts';
import { FrameError } from '../pixels/samples.ts';
import { isPicture, type Slide } from '../slides.ts';
import { fetchFrame } from './fetch-frame.ts';
import { makeImage } from './make-image.ts';
import { readFrame } from './read-frame.ts';

export type Outcome =
  | { readonly kind: 'image'; readonly image: Types.IImage }
  | { readonly kind: 'notice'; readonly notice: PictureNotice };

interface Loading {
  readonly outcome: Promise<Outcome>;
  readonly canceller: AbortController;
  /** How many wait for it: at none, it is cancelled. */
  waiting: number;
}

/** Loads frames, each once at a time however many want it, and keeps them in cornerstone's cache. */
export class Frames {
  readonly #loading = new Map<string, Loading>();

  /**
   * Never fails for what is wrong with the frame: that is an outcome.
   *
   * @throws the signal's reason; the fetch ends when nobody else waits for the frame
   */
  async load(slide: Slide, urgent: boolean, signal: AbortSignal): Promise<Outcome> {
    signal.throwIfAborted();
    const known = noticeOf(slide.instance);
    if (known !== null) return { kind: 'notice', notice: known };
    const cached = cache.getImage(slide.imageId);
    if (cached !== undefined) return { kind: 'image', image: cached };
    const loading = this.#loading.get(slide.imageId) ?? this.#start(slide, urgent);
    return waitFor(loading, signal);
  }

  isLoaded(imageId: string): boolean {
    return cache.getImage(imageId) !== undefined;
  }

  #start(slide: Slide, urgent: boolean): Loading {
    const canceller = new AbortController();
    const outcome = this.#read(slide, urgent, canceller.signal).finally(() =>
      this.#loading.delete(slide.imageId),
    );
    outcome.catch(() => undefined); // cancelled: whoever waited was told by their own signal
    const loading = { outcome, canceller, waiting: 0 };
    this.#loading.set(slide.imageId, loading);
    return loading;
  }

  async #read(slide: Slide, urgent: boolean, signal: AbortSignal): Promise<Outcome> {
    try {
      if (!isPicture(slide)) throw new FrameError('There is no description of this image.');
      const bytes = await fetchFrame(slide.imageId, signal);
      signal.throwIfAborted();
      const pixels = await readFrame(bytes, slide.instance.image, urgent);
      const image = makeImage(slide.imageId, slide.instance.image, pixels);
      if (cache.getImageLoadObject(slide.imageId) === undefined) cache.putImageSync(slide.imageId, image);
      return { kind: 'image', image };
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      return { kind: 'notice', notice: whyNot(thrown) };
    }
  }
}

function whyNot(thrown: unknown): PictureNotice {
  const explanation =
    thrown instanceof FrameError
      ? thrown.message
      : `Something went wrong while reading it: ${String(thrown)}`;
  return { kind: 'failed', title: 'This image can’t be shown', explanation };
}

async function waitFor(loading: Loading, signal: AbortSignal): Promise<Outcome> {
  loading.waiting += 1;
  const leave = (): void => {
    loading.waiting -= 1;
    if (loading.waiting === 0) loading.canceller.abort(signal.reason);
  };
  signal.addEventListener('abort', leave, { once: true });
  try {
    const outcome = await loading.outcome;
    signal.throwIfAborted();
    return outcome;
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
