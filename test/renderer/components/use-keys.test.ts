import { expect, it } from 'vitest';
import { chordOf } from '../../../renderer/components/use-keys.ts';

it('names a chord as it is printed', () => {
  const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

  expect(chordOf({ ...plain, key: '1', ctrlKey: true })).toBe('Ctrl+1');
  expect(chordOf({ ...plain, key: '1', metaKey: true })).toBe('Ctrl+1');
  expect(chordOf({ ...plain, key: 'F6', shiftKey: true })).toBe('Shift+F6');
  expect(chordOf({ ...plain, key: '?', shiftKey: true })).toBe('?');
});
