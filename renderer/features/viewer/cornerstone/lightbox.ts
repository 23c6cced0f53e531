import { cache, imageLoader, init as initCore, metaData, type Types } from '@cornerstonejs/core';
import { init as initLoader } from '@cornerstonejs/dicom-image-loader';
import { init as initTools } from '@cornerstonejs/tools';
import type { Slide } from '../slides.ts';
import { cacheBytes, decoderCount } from './capacity.ts';
import { Frames } from './frames.ts';
import { imageMetadata } from './image-metadata.ts';
import { openStack, type Stack, type StackOptions } from './stack.ts';
import { drawThumbnail } from './thumbnail.ts';

/** The one place where pictures are made: cornerstone, started, with our frames behind it. */
export interface Lightbox {
  /** Makes the slides' descriptions known; must come before any of them is shown. */
  learn(slides: readonly Slide[]): void;
  openStack(options: Omit<StackOptions, 'frames'>): Stack;
  /** @returns false when there is no picture to draw */
  drawThumbnail(slide: Slide, canvas: HTMLCanvasElement, signal: AbortSignal): Promise<boolean>;
}

/** Starts cornerstone, which is one for the whole page. Without WebGL it draws by the processor. */
export function openLightbox(): Lightbox {
  // Its type asks for settings that all have defaults.
  (initCore as () => unknown)();
  initLoader({ maxWebWorkers: decoderCount(navigator.hardwareConcurrency) });
  initTools();
  cache.setMaxCacheSize(cacheBytes(deviceMemoryGib()));
  const slides = new Map<string, Slide>();
  const frames = new Frames();
  metaData.addProvider((module: string, imageId: string) => {
    const slide = slides.get(imageId);
    return slide && imageMetadata(module, slide);
  });
  // For a picture that left the cache between our loading it and cornerstone's drawing it.
  imageLoader.registerImageLoader('frame', (imageId) => ({ promise: again(imageId) }));

  async function again(imageId: string): Promise<Types.IImage> {
    const slide = slides.get(imageId);
    if (slide === undefined) throw new Error(`unknown frame ${imageId}`);
    const outcome = await frames.load(slide, true, new AbortController().signal);
    if (outcome.kind === 'notice') throw new Error(outcome.notice.explanation);
    return outcome.image;
  }

  return {
    learn: (known) => known.forEach((slide) => slides.set(slide.imageId, slide)),
    openStack: (options) => openStack({ ...options, frames }),
    drawThumbnail: (slide, canvas, signal) => drawThumbnail({ slide, canvas, frames }, signal),
  };
}

function deviceMemoryGib(): number | null {
  return 'deviceMemory' in navigator && typeof navigator.deviceMemory === 'number'
    ? navigator.deviceMemory
    : null;
}
