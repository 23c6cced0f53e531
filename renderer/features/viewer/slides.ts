import type { ArchiveInstance, ArchiveSeries, ImageDescription } from '../../../electron/contract/archive.ts';

/** One picture of a series: a frame of an image, or an instance that has none and says why. */
export interface Slide {
  readonly imageId: string;
  readonly series: ArchiveSeries;
  readonly instance: ArchiveInstance;
  /** From 1, as in PS3.3 §C.7.6.6. */
  readonly frameNumber: number;
}

/** The pictures of a series in the order to show them: every frame of every instance. */
export function slidesOf(series: ArchiveSeries): readonly Slide[] {
  return series.instances.flatMap((instance) =>
    Array.from({ length: Math.max(1, instance.image?.frameCount ?? 1) }, (_, index) => ({
      imageId: imageIdOf(instance.sopInstanceUid, index + 1),
      series,
      instance,
      frameNumber: index + 1,
    })),
  );
}

/** cornerstone's name of a frame. */
export function imageIdOf(sopInstanceUid: string, frameNumber: number): string {
  return `frame:${sopInstanceUid}/${frameNumber}`;
}

/** Where its bytes are. A path without origin: that one differs. */
export function pixelsUrlOf(imageId: string): string {
  const slash = imageId.lastIndexOf('/');
  return `/pixels/${encodeURIComponent(imageId.slice('frame:'.length, slash))}${imageId.slice(slash)}`;
}

/** Where the picture that was at `imageId` is now; the nearest place still there when it is gone. */
export function placeOf(slides: readonly Slide[], imageId: string | null, lastIndex: number): number {
  const index = slides.findIndex((slide) => slide.imageId === imageId);
  return index === -1 ? Math.max(0, Math.min(lastIndex, slides.length - 1)) : index;
}

/** The picture that stands for its series: the middle one of those that can be shown. */
export function middleSlide(slides: readonly Slide[]): Slide | null {
  const pictures = slides.filter(({ instance }) => instance.image !== null);
  return pictures[Math.floor(pictures.length / 2)] ?? null;
}

export function isPicture(slide: Slide): slide is Slide & { instance: { image: ImageDescription } } {
  return slide.instance.image !== null;
}
