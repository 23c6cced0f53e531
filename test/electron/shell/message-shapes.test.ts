import { describe, expect, it } from 'vitest';
import { isPathList, isToMain } from '../../../electron/shell/message-shapes.ts';

describe('messages from the page', () => {
  it.each([
    { kind: 'request', id: 1, path: 'servers.list', input: null },
    { kind: 'stream', id: 0, path: 'query.findStudies', input: { any: 'thing' } },
    { kind: 'request', id: 1, path: 'servers.list', input: undefined },
    { kind: 'cancel', id: 7 },
  ])('are heard in each of their forms: %j', (message) => {
    expect(isToMain(message)).toBe(true);
  });

  it.each([
    null,
    'request',
    {},
    { kind: 'news', path: 'servers.changed', item: 1 },
    { kind: 'cancel' },
    { kind: 'request', id: -1, path: 'a', input: 1 },
    { kind: 'request', id: 1.5, path: 'a', input: 1 },
    { kind: 'request', id: 1, path: 'a'.repeat(101), input: 1 },
  ])('are dropped in any other: %j', (message) => {
    expect(isToMain(message)).toBe(false);
  });

  it('name dropped files by a list of texts', () => {
    expect(isPathList(['/a', ''])).toBe(true);
    expect(isPathList('/a')).toBe(false);
    expect(isPathList([1])).toBe(false);
  });
});
