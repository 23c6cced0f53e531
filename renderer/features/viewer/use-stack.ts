import { useEffect, useId, useRef, useState, type RefObject } from 'react';
import type { Lightbox } from './cornerstone/lightbox.ts';
import type { Stack } from './cornerstone/stack.ts';
import type { Slide } from './slides.ts';
import { emptyStack, type StackState } from './stack-state.ts';

export interface OpenStack {
  readonly state: StackState;
  readonly isOpen: boolean;
  /** The stack itself, which is no React state; `null` until its place is laid out. */
  readonly stack: RefObject<Stack | null>;
  /** Where the picture goes. */
  readonly place: RefObject<HTMLDivElement | null>;
}

/** A stack in an element, opened when the element is first laid out, closed with the component. */
export function useStack(
  lightbox: Lightbox | null,
  seriesInstanceUid: string | null,
  slides: readonly Slide[],
): OpenStack {
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  const stack = useRef<Stack | null>(null);
  const [state, setState] = useState<StackState>(emptyStack);
  const [isOpen, setIsOpen] = useState(false);
  const shownSeries = useRef<string | null>(null);

  useEffect(() => {
    const room = place.current;
    if (room === null || lightbox === null) return;
    // A child of its own: what cornerstone puts into an element it doesn't take out again.
    const element = document.createElement('div');
    element.className = 'stack-picture';
    room.append(element);
    const observer = new ResizeObserver(() => {
      if (stack.current !== null) return stack.current.resize();
      if (element.clientWidth === 0 || element.clientHeight === 0) return; // hidden as yet
      stack.current = lightbox.openStack({ id: `stack${id}`, element, onChange: setState });
      setIsOpen(true);
    });
    observer.observe(room);
    return () => {
      observer.disconnect();
      stack.current?.close();
      stack.current = null;
      shownSeries.current = null;
      element.remove();
      setIsOpen(false);
    };
  }, [id, lightbox]);

  useEffect(() => {
    if (!isOpen || lightbox === null) return;
    lightbox.learn(slides);
    if (shownSeries.current === seriesInstanceUid) stack.current?.refresh(slides);
    else stack.current?.open(slides);
    shownSeries.current = seriesInstanceUid;
  }, [isOpen, lightbox, seriesInstanceUid, slides]);

  return { state, isOpen, stack, place };
}
