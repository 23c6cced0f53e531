import { describe, expect, it } from 'vitest';
import { checkLink } from '../../../electron/contract/check-links.ts';
import { LinkDraft } from '../../../electron/contract/link.ts';
import { ServerId } from '../../../electron/contract/server-id.ts';

const servers = [
  { id: ServerId.parse('ct'), name: 'CT', role: 'scu' },
  { id: ServerId.parse('pacs'), name: 'PACS', role: 'scp' },
  { id: ServerId.parse('ws'), name: 'Workstation', role: 'both' },
  { id: ServerId.parse('old'), name: 'Old', role: null },
] as const;

function link(source: string, target: string, more: Partial<LinkDraft> = {}): LinkDraft {
  return LinkDraft.parse({ source, target, direction: 'push', ...more });
}

function problems(draft: LinkDraft, others: readonly LinkDraft[] = []) {
  return checkLink(draft, { servers, others });
}

describe('a link', () => {
  it.each([
    ['ct', 'pacs'],
    ['ws', 'pacs'],
    ['ct', 'local'],
    ['local', 'pacs'],
    ['old', 'old2'],
  ])('from %s to %s is judged by its ends alone', (source, target) => {
    expect(problems(link(source, target)).map(({ rule }) => rule)).toEqual(
      target === 'old2' ? ['unknown-end'] : [],
    );
  });

  it('does not begin where it ends', () => {
    expect(problems(link('ws', 'ws'))).toEqual([
      {
        severity: 'error',
        rule: 'same-ends',
        field: 'target',
        message: expect.stringMatching(/begins and ends/),
        fixes: [{ kind: 'remove' }],
      },
    ]);
    expect(problems(link('local', 'local')).map(({ rule }) => rule)).toEqual(['same-ends']);
  });

  it('does not begin at what only answers', () => {
    expect(problems(link('pacs', 'ws'))).toEqual([
      {
        severity: 'error',
        rule: 'source-is-scp',
        field: 'source',
        message: expect.stringContaining('“PACS”'),
        fixes: [{ kind: 'swap-ends' }, { kind: 'set-role-both', serverId: 'pacs' }],
      },
    ]);
  });

  it('does not end at what only calls', () => {
    expect(problems(link('ws', 'ct'))).toEqual([
      {
        severity: 'error',
        rule: 'target-is-scu',
        field: 'target',
        message: expect.stringContaining('“CT”'),
        fixes: [{ kind: 'swap-ends' }, { kind: 'set-role-both', serverId: 'ct' }],
      },
    ]);
  });

  it('is there once by organisation, source, target and direction', () => {
    const there = [link('local', 'pacs', { organisation: 'North' })];

    expect(problems(link('local', 'pacs', { organisation: 'north' }), there)).toEqual([
      {
        severity: 'error',
        rule: 'repeated',
        field: 'direction',
        message: expect.stringMatching(/already/),
        fixes: [
          { kind: 'remove' },
          { kind: 'set-direction', direction: 'pull' },
          { kind: 'set-direction', direction: 'bidir' },
        ],
      },
    ]);
    expect(problems(link('local', 'pacs'), there)).toEqual([]);
    expect(problems(link('local', 'pacs', { organisation: 'North', direction: 'pull' }), there)).toEqual([]);
    expect(problems(link('local', 'ws', { organisation: 'North' }), there)).toEqual([]);
  });

  it('says what a swap or a role would mend, and then is right', () => {
    const { source, target, ...rest } = link('pacs', 'ct');
    expect(problems({ source, target, ...rest }).map(({ rule }) => rule)).toEqual([
      'source-is-scp',
      'target-is-scu',
    ]);

    expect(problems({ source: target, target: source, ...rest })).toEqual([]);
  });
});
