import { FileText, ImageOff } from 'lucide-react';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { Lightbox } from './cornerstone/lightbox.ts';
import type { SeriesPictures } from './series-pictures.ts';
import { middleSlide, type Slide } from './slides.ts';

/** Canvas pixels: twice what is shown, for fine screens. */
const size = { width: 288, height: 216 };

/** The middle picture of a series, drawn when it first comes into sight; an icon where there is none. */
export function SeriesThumbnail({
  pictures,
  lightbox,
}: {
  readonly pictures: SeriesPictures;
  readonly lightbox: Lightbox | null;
}): ReactElement {
  const slide = useFirstMiddle(pictures);
  const { canvas, isFailed } = useThumbnail(slide, lightbox);
  if (slide === null) {
    return (
      <span className="series-thumbnail">
        <FileText />
        <span>{pictures.what}</span>
      </span>
    );
  }
  return (
    <span className="series-thumbnail">
      {isFailed ? <ImageOff /> : <canvas ref={canvas} width={size.width} height={size.height} />}
    </span>
  );
}

/** Chosen once: while a study arrives its middle moves, and the thumbnail would be drawn over and over. */
function useFirstMiddle({ slides }: SeriesPictures): Slide | null {
  const [chosen, setChosen] = useState<Slide | null>(() => middleSlide(slides));
  if (chosen === null && middleSlide(slides) !== null) setChosen(middleSlide(slides));
  return chosen;
}

function useThumbnail(
  slide: Slide | null,
  lightbox: Lightbox | null,
): { readonly canvas: React.RefObject<HTMLCanvasElement | null>; readonly isFailed: boolean } {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isFailed, setIsFailed] = useState(false);
  useEffect(() => {
    const element = canvas.current;
    if (slide === null || lightbox === null || element === null) return;
    const canceller = new AbortController();
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      lightbox.learn([slide]);
      lightbox.drawThumbnail(slide, element, canceller.signal).then(
        (isDrawn) => setIsFailed(!isDrawn),
        () => undefined, // gone before it was drawn
      );
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      canceller.abort();
    };
  }, [slide, lightbox]);
  return { canvas, isFailed };
}
