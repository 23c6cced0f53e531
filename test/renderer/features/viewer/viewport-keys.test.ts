import { describe, expect, it } from 'vitest';
import { viewportAction, type KeyPress } from '../../../../renderer/features/viewer/viewport-keys.ts';

describe('the keys of the viewport', () => {
  it.each([
    ['ArrowDown', { kind: 'scroll', steps: 1 }],
    ['ArrowUp', { kind: 'scroll', steps: -1 }],
    ['Home', { kind: 'first' }],
    ['End', { kind: 'last' }],
    ['PageDown', { kind: 'series', steps: 1 }],
    ['PageUp', { kind: 'series', steps: -1 }],
    ['Escape', { kind: 'reset' }],
    [' ', { kind: 'overlay' }],
    ['i', { kind: 'invert' }],
    ['I', { kind: 'invert' }],
    ['r', { kind: 'rotate', degrees: 90 }],
    ['l', { kind: 'rotate', degrees: -90 }],
    ['w', { kind: 'left-button', does: 'window' }],
  ])('%j asks for %o', (key, action) => {
    expect(viewportAction(press(key))).toEqual(action);
  });

  it('skip ten pictures with Shift', () => {
    expect(viewportAction({ ...press('ArrowDown'), shiftKey: true })).toEqual({ kind: 'scroll', steps: 10 });
    expect(viewportAction({ ...press('ArrowUp'), shiftKey: true })).toEqual({ kind: 'scroll', steps: -10 });
  });

  it('leave the program’s own keys alone', () => {
    expect(viewportAction({ ...press('r'), ctrlKey: true })).toBeNull();
    expect(viewportAction(press('F6'))).toBeNull();
    expect(viewportAction(press('?'))).toBeNull();
    expect(viewportAction(press('Tab'))).toBeNull();
  });
});

function press(key: string): KeyPress {
  return { key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
}
