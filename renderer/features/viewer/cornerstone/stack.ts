import {
  Enums,
  RenderingEngine,
  StackViewport,
  eventTarget,
  getShouldUseCPURendering,
  type Types,
} from '@cornerstonejs/core';
import type { PictureNotice } from '../notice.ts';
import { placeOf, type Slide } from '../slides.ts';
import { emptyStack, type StackState } from '../stack-state.ts';
import type { Range } from '../window.ts';
import type { Frames, Outcome } from './frames.ts';
import { viewOf } from './stack-view.ts';
import { openPrefetch, type Prefetch } from './stack-prefetch.ts';
import { openTools, type LeftButton, type ViewportTools } from './tool-group.ts';
import { wheelSteps } from './wheel-steps.ts';

export interface StackOptions {
  /** Unlike any other stack's. */
  readonly id: string;
  /** Empty, laid out, and left to the stack until it is closed. */
  readonly element: HTMLDivElement;
  readonly frames: Frames;
  readonly onChange: (state: StackState) => void;
}

export function openStack(options: StackOptions): Stack {
  return new Stack(options);
}

/**
 * One viewport with a series to scroll through.
 *
 * A picture reaches cornerstone only after we have loaded it: one that can't be loaded is a state
 * with a notice, and scrolling goes on past it.
 */
export class Stack {
  readonly #options: StackOptions;
  readonly #engine: RenderingEngine;
  readonly #viewport: Types.IStackViewport;
  readonly #tools: ViewportTools;
  readonly #events = new AbortController();
  #slides: readonly Slide[] = [];
  #state: StackState = emptyStack;
  /** The image ids as the viewport holds them: the very array, see `refresh`. */
  #ids: string[] = [];
  #drawn: Types.IImage | null = null;
  /** The window the person chose, which goes for the whole series; `null`: each image has its own. */
  #chosenRange: Range | null = null;
  #showing = new AbortController();
  #prefetch: Prefetch;
  #nextFrame = 0;

  constructor(options: StackOptions) {
    this.#options = options;
    const { element, id } = options;
    this.#engine = new RenderingEngine(`engine-${id}`);
    this.#engine.enableElement({ viewportId: id, type: Enums.ViewportType.STACK, element });
    this.#viewport = stackViewportOf(this.#engine, id);
    this.#tools = openTools(id, this.#engine.id);
    this.#prefetch = openPrefetch(options.frames);
    this.#listen();
  }

  /** Shows another series from its first picture; window, zoom and turning start anew. */
  open(slides: readonly Slide[], index = 0): void {
    // What is still being loaded has no place among these.
    this.#showing.abort();
    cancelAnimationFrame(this.#nextFrame);
    this.#prefetch.stop();
    this.#prefetch = openPrefetch(this.#options.frames);
    this.#slides = slides;
    this.#drawn = null;
    this.#chosenRange = null;
    this.#state = emptyStack;
    // The last series' picture must not stand below this one's name.
    this.#options.element.style.opacity = '0';
    if (slides.length === 0) this.#publish(emptyStack);
    else this.goTo(index);
  }

  /** The same series with what has arrived since: place, window, zoom and turning stay. */
  refresh(slides: readonly Slide[]): void {
    if (slides.length === 0) return;
    const here = this.#state.slide?.imageId ?? null;
    this.#slides = slides;
    this.#replaceIds(slides);
    const index = placeOf(slides, here, this.#state.index);
    const slide = slides[index] ?? null;
    const stays = slide?.imageId === here && this.#state.phase === 'shown';
    if (stays) this.#publish({ ...this.#state, index, count: slides.length, slide });
    else this.goTo(index);
    this.#prefetch.moveTo(slides, index);
  }

  goTo(index: number): void {
    const place = Math.max(0, Math.min(index, this.#slides.length - 1));
    const slide = this.#slides[place];
    if (slide === undefined) return;
    this.#showing.abort();
    this.#showing = new AbortController();
    const { signal } = this.#showing;
    this.#publish({
      ...this.#state,
      index: place,
      count: this.#slides.length,
      slide,
      phase: 'loading',
      notice: null,
    });
    // One picture for each frame of the screen, however fast the wheel turns.
    cancelAnimationFrame(this.#nextFrame);
    this.#nextFrame = requestAnimationFrame(() => void this.#show(slide, place, signal));
  }

  scrollBy(steps: number): void {
    const index = Math.max(0, Math.min(this.#state.index + steps, this.#slides.length - 1));
    if (index !== this.#state.index) this.goTo(index);
  }

  reset(): void {
    if (this.#drawn === null) return;
    this.#chosenRange = null;
    this.#viewport.resetCamera();
    this.#viewport.resetProperties();
    this.#viewport.render();
  }

  invert(): void {
    this.#viewport.setProperties({ invert: this.#viewport.getProperties().invert !== true });
    this.#viewport.render();
  }

  /** @param degrees clockwise */
  rotate(degrees: number): void {
    const { rotation = 0 } = this.#viewport.getViewPresentation();
    this.#viewport.setViewPresentation({ rotation: (rotation + degrees + 360) % 360 });
    this.#viewport.render();
  }

  flip(axis: 'horizontal' | 'vertical'): void {
    const { flipHorizontal = false, flipVertical = false } = this.#viewport.getCamera();
    this.#viewport.setCamera(
      axis === 'horizontal' ? { flipHorizontal: !flipHorizontal } : { flipVertical: !flipVertical },
    );
    this.#viewport.render();
  }

  setLeftButton(does: LeftButton): void {
    this.#tools.setLeftButton(does);
  }

  /** The element has another size: what was fitted to it is fitted again. */
  resize(): void {
    const { clientHeight, clientWidth } = this.#options.element;
    if (clientHeight === 0 || clientWidth === 0) return; // its screen is hidden
    const presentation = this.#drawn === null ? {} : this.#viewport.getViewPresentation();
    this.#engine.resize(false, false);
    // Without WebGL a zoom is one of pixels, not of the fitted picture: the picture is fitted anew.
    const { zoom: _zoom, pan: _pan, ...turning } = presentation;
    this.#viewport.setViewPresentation(getShouldUseCPURendering() ? turning : presentation);
    this.#engine.render();
  }

  close(): void {
    cancelAnimationFrame(this.#nextFrame);
    this.#events.abort();
    this.#showing.abort();
    this.#prefetch.stop();
    this.#tools.close();
    this.#engine.destroy();
  }

  async #show(slide: Slide, index: number, signal: AbortSignal): Promise<void> {
    let outcome: Outcome;
    try {
      outcome = await this.#options.frames.load(slide, true, signal);
    } catch {
      return; // another picture is wanted by now
    }
    if (signal.aborted) return;
    if (outcome.kind === 'notice') {
      this.#fail(outcome.notice);
    } else {
      await this.#draw(outcome.image, index);
    }
    this.#prefetch.moveTo(this.#slides, this.#state.index);
  }

  async #draw(image: Types.IImage, index: number): Promise<void> {
    const before = this.#drawn;
    this.#drawn = image;
    if (before === null || needsFreshStack(before, image)) {
      this.#ids = this.#slides.map(({ imageId }) => imageId);
      await this.#viewport.setStack(this.#ids, index);
    } else {
      await this.#moveTo(index);
    }
    this.#viewport.render();
  }

  async #moveTo(index: number): Promise<void> {
    await this.#viewport.setImageIdIndex(index);
    if (!getShouldUseCPURendering() || this.#drawn === null) return;
    // Without WebGL cornerstone draws by the window of the first image, and says that of the last.
    this.#viewport.setProperties({ voiRange: this.#chosenRange ?? ownRange(this.#drawn) });
  }

  /** cornerstone holds this very array: a new stack would forget window and zoom, and flash. */
  #replaceIds(slides: readonly Slide[]): void {
    this.#ids.splice(0, this.#ids.length, ...slides.map(({ imageId }) => imageId));
    const drawnAt = this.#drawn === null ? -1 : this.#ids.indexOf(this.#drawn.imageId);
    if (drawnAt === -1) this.#drawn = null;
    else if (drawnAt !== this.#viewport.getCurrentImageIdIndex()) void this.#moveTo(drawnAt);
  }

  #listen(): void {
    const { element } = this.#options;
    const { signal } = this.#events;
    const hear = (name: string, listen: (event: Event) => void): void =>
      element.addEventListener(name, listen, { signal });
    hear(Enums.Events.IMAGE_RENDERED, () => this.#publishView());
    hear(Enums.Events.VOI_MODIFIED, () => {
      this.#chosenRange = this.#rangeIfChosen();
    });
    const onLoadError = (event: Event): void => this.#drawingFailed(event);
    eventTarget.addEventListener(Enums.Events.IMAGE_LOAD_ERROR, onLoadError);
    signal.addEventListener('abort', () =>
      eventTarget.removeEventListener(Enums.Events.IMAGE_LOAD_ERROR, onLoadError),
    );
    const stepsOf = wheelSteps();
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      this.scrollBy(stepsOf(event));
    };
    element.addEventListener('wheel', onWheel, { signal, passive: false });
  }

  #publishView(): void {
    const { slide, phase } = this.#state;
    const drawn = this.#drawn;
    const isThere = drawn !== null && drawn.imageId === slide?.imageId;
    if (!isThere || phase === 'failed') return;
    this.#options.element.style.opacity = '';
    this.#publish({ ...this.#state, phase: 'shown', ...viewOf(this.#viewport, drawn, slide) });
  }

  #rangeIfChosen(): Range | null {
    const range = this.#viewport.getProperties().voiRange;
    if (this.#drawn === null || range === undefined) return null;
    const own = ownRange(this.#drawn);
    return own.lower === range.lower && own.upper === range.upper ? null : range;
  }

  #drawingFailed(event: Event): void {
    const detail: unknown = 'detail' in event ? event.detail : null;
    if (typeof detail !== 'object' || detail === null || !('imageId' in detail)) return;
    if (detail.imageId !== this.#state.slide?.imageId) return;
    const explanation = 'error' in detail && detail.error instanceof Error ? detail.error.message : '';
    this.#fail({ kind: 'failed', title: 'This image can’t be drawn', explanation });
  }

  #fail(notice: PictureNotice): void {
    const { index, count, slide } = this.#state;
    this.#publish({ ...emptyStack, index, count, slide, phase: 'failed', notice });
  }

  #publish(state: StackState): void {
    this.#state = state;
    this.#options.onChange(state);
  }
}

function stackViewportOf(engine: RenderingEngine, id: string): Types.IStackViewport {
  const viewport = engine.getViewport(id);
  if (viewport instanceof StackViewport) return viewport;
  throw new Error(`viewport ${id} shows no stack`);
}

function ownRange({ windowCenter, windowWidth }: Types.IImage): Range {
  const center = Number(windowCenter);
  const width = Number(windowWidth);
  return { lower: center - 0.5 - (width - 1) / 2, upper: center - 0.5 + (width - 1) / 2 };
}

/** Without WebGL cornerstone draws every picture into the frame of the first. */
function needsFreshStack(before: Types.IImage, image: Types.IImage): boolean {
  if (!getShouldUseCPURendering()) return false;
  return before.rows !== image.rows || before.columns !== image.columns || before.color !== image.color;
}
