import { useEffect, type RefObject } from 'react';

/** A study that opens takes the keys, unless someone is typing or its screen is hidden. */
export function useFocusOnOpen(target: RefObject<HTMLElement | null>, studyInstanceUid: string | null): void {
  useEffect(() => {
    const isTyping = document.activeElement instanceof HTMLInputElement;
    if (studyInstanceUid !== null && !isTyping) target.current?.focus({ preventScroll: true });
  }, [studyInstanceUid, target]);
}
