import type { LeftButton } from './cornerstone/tool-group.ts';

/** What a key, a button or a wheel asks of the viewport. */
export type ViewportAction =
  | StackAction
  | { readonly kind: 'series'; readonly steps: 1 | -1 }
  | { readonly kind: 'left-button'; readonly does: LeftButton }
  | { readonly kind: 'overlay' };

/** What of it the stack does. */
export type StackAction =
  | { readonly kind: 'scroll'; readonly steps: number }
  | { readonly kind: 'first' | 'last' | 'invert' | 'reset' }
  | { readonly kind: 'rotate'; readonly degrees: 90 | -90 }
  | { readonly kind: 'flip'; readonly axis: 'horizontal' | 'vertical' };

export type KeyPress = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

const skip = 10;

/** The viewport's keys; `null`: not one of them. */
export function viewportAction(press: KeyPress): ViewportAction | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  const step = press.shiftKey ? skip : 1;
  if (press.key === 'ArrowUp') return { kind: 'scroll', steps: -step };
  if (press.key === 'ArrowDown') return { kind: 'scroll', steps: step };
  return plainKeys[press.key.length === 1 ? press.key.toLowerCase() : press.key] ?? null;
}

const plainKeys: Readonly<Record<string, ViewportAction>> = {
  Home: { kind: 'first' },
  End: { kind: 'last' },
  PageUp: { kind: 'series', steps: -1 },
  PageDown: { kind: 'series', steps: 1 },
  Escape: { kind: 'reset' },
  ' ': { kind: 'overlay' },
  i: { kind: 'invert' },
  r: { kind: 'rotate', degrees: 90 },
  l: { kind: 'rotate', degrees: -90 },
  h: { kind: 'flip', axis: 'horizontal' },
  v: { kind: 'flip', axis: 'vertical' },
  w: { kind: 'left-button', does: 'window' },
  p: { kind: 'left-button', does: 'pan' },
  z: { kind: 'left-button', does: 'zoom' },
};
