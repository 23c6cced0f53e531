import { endWords, linkWords } from '../../../../../electron/contract/link-words.ts';
import { describe, expect, it } from 'vitest';
import { LinkDraft, ownAe } from '../../../../../electron/contract/link.ts';
import { fixedLink, fixWords } from '../../../../../renderer/features/servers/links/link-words.ts';

const nameOf = (id: string): string | null => (id === 'a' ? 'Main PACS' : null);
const link = LinkDraft.parse({ source: ownAe, target: 'a', direction: 'push' });

describe('a link', () => {
  it('is called by the way that images go', () => {
    expect(linkWords(link, nameOf)).toBe('This viewer → Main PACS');
    expect(linkWords({ ...link, direction: 'pull' }, nameOf)).toBe('This viewer ← Main PACS');
    expect(linkWords({ ...link, direction: 'bidir' }, nameOf)).toBe('This viewer ↔ Main PACS');
  });

  it('says when one of its ends is gone', () => {
    expect(endWords(LinkDraft.shape.target.parse('zz'), nameOf)).toBe('zz (no longer there)');
  });
});

describe('what puts a link right', () => {
  it('is a change of the link, or something to be asked for', () => {
    expect(fixedLink(link, { kind: 'swap-ends' })).toMatchObject({ source: 'a', target: ownAe });
    expect(fixedLink(link, { kind: 'set-direction', direction: 'bidir' })?.direction).toBe('bidir');
    expect(fixedLink(link, { kind: 'remove' })).toBeNull();
  });

  it('says what it does', () => {
    expect(fixWords({ kind: 'set-direction', direction: 'pull' })).toBe('Make it PULL');
    expect(fixWords({ kind: 'remove' })).toBe('Remove the link');
  });
});
