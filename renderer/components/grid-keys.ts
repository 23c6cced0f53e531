import type { Reach } from './grid-selection.ts';

/** What a key pressed on a row asks for. */
export type GridCommand =
  | { readonly kind: 'go'; readonly index: number; readonly reach: Reach }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'select-all' }
  | { readonly kind: 'activate' }
  | { readonly kind: 'activate-alternately' }
  | { readonly kind: 'find'; readonly letter: string };

/** The parts of a keyboard event that count; `metaKey` is macOS' Ctrl. */
export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Where the keyboard is, of how many rows, and how many a page shows. */
export interface GridPosition {
  readonly index: number;
  readonly count: number;
  readonly pageRows: number;
}

/** `null`: the key is not the grid's, and goes on to whoever wants it. */
export function commandFor(press: KeyPress, position: GridPosition): GridCommand | null {
  if (press.altKey) return null;
  const target = targetOf(press.key, position);
  if (target !== null) {
    const index = Math.min(position.count - 1, Math.max(0, target));
    return position.count === 0 ? null : { kind: 'go', index, reach: press.shiftKey ? 'range' : 'alone' };
  }
  return press.ctrlKey || press.metaKey ? controlCommandFor(press.key) : plainCommandFor(press);
}

function controlCommandFor(key: string): GridCommand | null {
  if (key === ' ') return { kind: 'toggle' };
  return key.toLowerCase() === 'a' ? { kind: 'select-all' } : null;
}

function plainCommandFor({ key, shiftKey }: KeyPress): GridCommand | null {
  if (key === 'Enter') return { kind: shiftKey ? 'activate-alternately' : 'activate' };
  // Only letters, marks and digits: '/' and '?' belong to the whole window.
  return /^[\p{L}\p{M}\p{N}]$/u.test(key) ? { kind: 'find', letter: key } : null;
}

function targetOf(key: string, { index, count, pageRows }: GridPosition): number | null {
  switch (key) {
    case 'ArrowDown':
      return index + 1;
    case 'ArrowUp':
      return index - 1;
    case 'PageDown':
      return index + Math.max(1, pageRows);
    case 'PageUp':
      return index - Math.max(1, pageRows);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
