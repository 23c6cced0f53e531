import { describe, expect, it } from 'vitest';
import { FileGrantId } from '../../../electron/contract/send.ts';
import { createFileGrants } from '../../../electron/shell/file-grants.ts';

describe('file grants', () => {
  it('stand for paths that the page never sees', () => {
    const ids = ['first', 'second'];
    const { grantPaths, pathOf } = createFileGrants(() => ids.shift() ?? '');

    const grants = grantPaths(['/data/doe/IM0001', '/data/folder']);

    expect(grants).toEqual([
      { id: 'first', name: 'IM0001' },
      { id: 'second', name: 'folder' },
    ]);
    expect(grants.map(({ id }) => pathOf(id))).toEqual(['/data/doe/IM0001', '/data/folder']);
  });

  it('are not given for what has no path', () => {
    expect(createFileGrants(() => 'any').grantPaths(['', '/a'])).toEqual([{ id: 'any', name: 'a' }]);
  });

  it('refuse an id that was never given', () => {
    const { pathOf } = createFileGrants(() => 'any');

    expect(() => pathOf(FileGrantId.parse('made-up'))).toThrow(
      expect.objectContaining({ failure: { step: 'input', field: 'grant', problem: 'was never given' } }),
    );
  });
});
