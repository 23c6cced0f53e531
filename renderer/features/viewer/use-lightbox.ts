import { useEffect, useState } from 'react';
import type { Lightbox } from './cornerstone/lightbox.ts';

export type LightboxState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'open'; readonly lightbox: Lightbox }
  | { readonly kind: 'failed'; readonly reason: string };

let opened: Promise<Lightbox> | null = null;

/**
 * Loads and starts cornerstone the first time a study is wanted: the rest of the program doesn't wait
 * for its megabytes. It is one for the whole page, as cornerstone's own state is.
 */
export function useLightbox(isWanted: boolean): LightboxState {
  const [state, setState] = useState<LightboxState>({ kind: 'waiting' });
  useEffect(() => {
    if (!isWanted) return;
    let isGone = false;
    opened ??= import('./cornerstone/lightbox.ts').then(({ openLightbox }) => openLightbox());
    opened.then(
      (lightbox) => {
        if (!isGone) setState({ kind: 'open', lightbox });
      },
      (reason: unknown) => {
        if (!isGone) setState({ kind: 'failed', reason: String(reason) });
      },
    );
    return () => {
      isGone = true;
    };
  }, [isWanted]);
  return state;
}
