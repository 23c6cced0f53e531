import { describe, expect, it } from 'vitest';
import { describeDrift } from '../../../electron/contract/describe-drift.ts';
import { usualStaleDays, type ReportedServer } from '../../../electron/contract/link-drift.ts';
import { linkReportCsv } from '../../../electron/contract/link-report-csv.ts';
import { linkReport, type LinkRow } from '../../../electron/contract/link-report.ts';
import { LinkDraft, LinkId, type Link } from '../../../electron/contract/link.ts';
import {
  nothingSeen,
  type Observations,
  type ObservedMethod,
  type SeenMethod,
} from '../../../electron/contract/observations.ts';
import { ServerId } from '../../../electron/contract/server.ts';

const now = new Date('2026-11-20T12:00:00.000Z');
const main: ReportedServer = {
  id: ServerId.parse('main'),
  name: 'Main PACS',
  role: null,
  tls: false,
  lifecycle: 'production',
};
const other: ReportedServer = { ...main, id: ServerId.parse('other'), name: 'Other' };

function link(fields: Partial<Record<keyof LinkDraft, string>> = {}): Link {
  const draft = LinkDraft.parse({ source: 'local', target: 'main', direction: 'pull', ...fields });
  return { ...draft, id: LinkId.parse(JSON.stringify(fields).slice(0, 60)), origin: { kind: 'user' } };
}

function seen(method: ObservedMethod, more: Partial<SeenMethod> & { daysAgo?: number } = {}): SeenMethod {
  const { daysAgo = 1, ...rest } = more;
  const at = new Date(now.getTime() - daysAgo * 24 * 60 * 60 * 1000).toISOString();
  return { method, purpose: 'use', at, tls: null, ...rest };
}

interface Scene {
  readonly links?: readonly Link[];
  readonly seen?: readonly SeenMethod[];
  readonly server?: Partial<ReportedServer>;
  readonly role?: Observations['role'];
}

function report({ links = [link()], seen: methods = [], server = {}, role = null }: Scene) {
  const observations = [{ ...nothingSeen(main.id), methods, role }];
  return linkReport({ servers: [{ ...main, ...server }, other], links, observations, now });
}

function kinds(scene: Scene): readonly string[] {
  return report(scene).flatMap(({ drifts }) => drifts.map(({ kind }) => kind));
}

describe('the report of links', () => {
  it('has each link with what was seen of it, and each server without one', () => {
    const rows = report({
      links: [link(), link({ source: 'other' })],
      seen: [seen('c-find', { daysAgo: 2 }), seen('c-echo', { purpose: 'test' }), seen('c-store')],
    });

    expect(
      rows.map((row) => [row.link?.source, row.server?.name, row.seen.map(({ method }) => method)]),
    ).toEqual([
      ['local', 'Main PACS', ['c-echo', 'c-find']],
      // Between two others: from here nothing of it can be seen, and nothing is said.
      ['other', undefined, []],
      [undefined, 'Other', []],
    ]);
    expect(rows[1]?.drifts).toEqual([]);
  });

  it.each<readonly [string, Scene]>([
    ['a PULL link that is queried', { seen: [seen('c-find')] }],
    ['a PULL link that was only tested', { seen: [seen('c-echo', { purpose: 'test' })] }],
    ['a PULL link by C-MOVE', { seen: [seen('c-move'), seen('c-move-store')] }],
    ['a PUSH link that is sent along', { links: [link({ direction: 'push' })], seen: [seen('c-store')] }],
    [
      'a BIDIR link used any way',
      { links: [link({ direction: 'bidir' })], seen: [seen('c-store-in'), seen('c-get')] },
    ],
    [
      'a PUSH link that begins at the server',
      { links: [link({ source: 'main', target: 'local', direction: 'push' })], seen: [seen('c-store-in')] },
    ],
    [
      'two links that are for both',
      { links: [link(), link({ direction: 'push' })], seen: [seen('c-find'), seen('c-store')] },
    ],
    [
      'a planned link that was only tested',
      { links: [link({ status: 'planned' })], seen: [seen('c-find', { purpose: 'test' })] },
    ],
    ['an obsolete link that nobody used', { links: [link({ status: 'obsolete' })] }],
    [
      'an obsolete link that has a successor',
      { links: [link({ status: 'obsolete' }), link()], seen: [seen('c-find')] },
    ],
    ['a link with TLS', { server: { tls: true }, seen: [seen('c-find', { tls: { protocol: 'TLSv1.3' } })] }],
    ['no links at all', { links: [], seen: [seen('c-store-in')] }],
    [
      'a role that is as declared',
      { seen: [seen('c-find')], server: { role: 'scp' }, role: { scp: true, scu: false, at: '' } },
    ],
  ])('finds nothing wrong with %s', (_, scene) => {
    expect(kinds(scene)).toEqual([]);
  });

  it.each<readonly [ObservedMethod, ObservedMethod]>([
    ['c-find', 'c-move'],
    ['c-move', 'c-find'],
  ])('tells of the images that were fetched, not of their list: %s seen before %s', (one, other) => {
    const [row] = report({ links: [link({ direction: 'push' })], seen: [seen(one), seen(other)] });

    const uses = row?.drifts.filter(({ kind }) => kind === 'other-use');
    expect(uses).toMatchObject([{ seen: { method: 'c-move' } }]);
  });

  it.each<readonly [string, string, Scene]>([
    ['never-seen', 'a link of which nothing was ever seen', {}],
    ['not-lately', 'a link that has gone quiet', { seen: [seen('c-find', { daysAgo: usualStaleDays + 1 })] }],
    [
      'other-use',
      'a retrieve from whom we only send to',
      { links: [link({ direction: 'push' })], seen: [seen('c-store'), seen('c-move')] },
    ],
    ['other-use', 'images that a server sends by itself', { seen: [seen('c-find'), seen('c-store-in')] }],
    [
      'not-declared',
      'use of a server that has no link',
      { links: [link({ target: 'other' })], seen: [seen('c-find')] },
    ],
    ['status', 'use along a planned link', { links: [link({ status: 'planned' })], seen: [seen('c-get')] }],
    [
      'status',
      'use along an obsolete link',
      { links: [link({ status: 'obsolete' })], seen: [seen('c-get')] },
    ],
    ['status', 'use of an obsolete server', { server: { lifecycle: 'obsolete' }, seen: [seen('c-find')] }],
    [
      'tls',
      'a connection without TLS that should have it',
      { server: { tls: true }, seen: [seen('c-find')] },
    ],
    [
      'tls',
      'a connection with TLS that is not declared',
      { seen: [seen('c-find', { tls: { protocol: null } })] },
    ],
    [
      'tls',
      'images that come in plain although it is asked by TLS',
      { server: { tls: true }, seen: [seen('c-move', { tls: { protocol: null } }), seen('c-move-store')] },
    ],
    [
      'role',
      'a declared SCU that offers services',
      { seen: [seen('c-echo')], server: { role: 'scu' }, role: { scp: true, scu: false, at: '' } },
    ],
    [
      'role',
      'a declared SCP that offers none',
      { seen: [seen('c-echo')], server: { role: 'scp' }, role: { scp: false, scu: false, at: '' } },
    ],
  ])('finds %s: %s', (kind, _, scene) => {
    // The other server has a link in one scene only, of which nothing is seen there.
    const found = report(scene).filter(({ server }) => server?.id === main.id);

    expect(found.flatMap(({ drifts }) => drifts).map((drift) => drift.kind)).toEqual([kind]);
    for (const drift of found.flatMap(({ drifts }) => drifts)) {
      const words = describeDrift(drift, 'Main PACS');
      expect(words.what).toMatch(/^\S.*\.$/);
      expect(words.advice).toMatch(/^\S.*\.$/);
      expect(`${words.what} ${words.advice}`).not.toMatch(/undefined|null|error/);
    }
  });

  it('lets what was seen long ago rest', () => {
    const long = { daysAgo: usualStaleDays + 1 };

    expect(kinds({ links: [link({ status: 'obsolete' })], seen: [seen('c-get', long)] })).toEqual([]);
    expect(kinds({ seen: [seen('c-find'), seen('c-store-in', long)] })).toEqual([]);
  });

  it('says of a server what concerns all its links once', () => {
    const links = [link(), link({ direction: 'push' })];
    const rows = report({ links, seen: [seen('c-find'), seen('c-store'), seen('c-store-in')] });

    expect(rows.map(({ drifts }) => drifts.length)).toEqual([1, 0, 0]);
  });

  it('is a table for a spreadsheet, which runs nothing of it', () => {
    const rows: readonly LinkRow[] = report({
      links: [link({ description: '=cmd()' })],
      seen: [seen('c-find', { tls: { protocol: 'TLSv1.2' } })],
    });

    const lines = linkReportCsv(rows, (id) => (id === 'main' ? 'Main, PACS' : null)).split('\r\n');

    expect(lines).toHaveLength(4);
    expect(lines[0]).toBe(
      'Declared,Direction,Status,Description,Server,Last ok,Method,TLS,All methods seen,Drift,What to do',
    );
    expect(lines[1]).toContain(
      '"This viewer ← Main, PACS",PULL,in production,\'=cmd(),Main PACS,2026-11-19T12:00:00.000Z,C-FIND,TLS 1.2,',
    );
    expect(lines[2]).toMatch(/^no link,,,,Other,,,,,,$/);
  });
});
