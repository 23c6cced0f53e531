import { describe, expect, it, vi } from 'vitest';
import { AeTitle } from '../../../electron/contract/ae-title.ts';
import { everyAction } from '../../../electron/contract/action.ts';
import { LinkDraft } from '../../../electron/contract/link.ts';
import { noPolicies } from '../../../electron/contract/policy.ts';
import { serverDraft, ServerId, type ServerDraft } from '../../../electron/contract/server.ts';
import {
  mergeAdminFiles,
  openServerBook,
  readAdminIni,
  recordOf,
  type ServerBook,
} from '../../../electron/servers/index.ts';

const ini = '[file]\nversion=1\n[server:main]\nname=Main PACS\nae=PACS1\nhost=pacs\nport=104\n';
const managed = { failure: { step: 'managed', file: '/etc/servers.ini', line: 3 } };
const main = ServerId.parse('main');

function draft(changes: Partial<ServerDraft> = {}): ServerDraft {
  return serverDraft({
    name: 'Mine',
    aeTitle: 'MINE',
    host: '10.0.0.5',
    port: 11112,
    listenPort: null,
    preferredCompression: 'as-stored',
    description: '',
    tls: false,
    verifyCertificate: true,
    ...changes,
  });
}

function open(options: { stored?: unknown; admin?: string } = {}): {
  book: ServerBook;
  stored: () => unknown;
} {
  let value: unknown = options.stored;
  let made = 0;
  const store = {
    get: () => value,
    // As a store does that writes JSON.
    set: (_: string, next: unknown) => {
      value = JSON.parse(JSON.stringify(next));
    },
  };
  const book = openServerBook({
    store,
    admin: () =>
      options.admin === undefined
        ? mergeAdminFiles([])
        : recordOf(readAdminIni('/etc/servers.ini', options.admin, {})),
    newId: () => `id-${(made += 1)}`,
  });
  return { book, stored: () => value };
}

describe('the server book', () => {
  it('is empty at first', () => {
    expect(open().book.list()).toEqual({
      servers: [],
      links: [],
      policies: noPolicies,
      site: '',
      setAside: [],
      adminFile: null,
      problems: [],
    });
  });

  it('keeps a new server under a new id and finds it again in another run', () => {
    const { book, stored } = open();

    const saved = book.save(null, draft());

    expect(saved).toEqual({
      id: 'id-1',
      ...draft(),
      origin: { kind: 'user' },
      actions: everyAction,
    });
    expect(open({ stored: stored() }).book.get(saved.id)).toEqual(saved);
  });

  it('changes a server in its place', () => {
    const { book } = open();
    const first = book.save(null, draft({ name: 'A' }));
    book.save(null, draft({ name: 'B' }));

    book.save(first.id, draft({ name: 'C' }));

    expect(book.list().servers.map(({ name }) => name)).toEqual(['C', 'B']);
  });

  it('deletes a server', () => {
    const { book, stored } = open();
    const { id } = book.save(null, draft());

    book.delete(id);

    expect(stored()).toEqual({ version: 1, entries: [] });
  });

  it('says which server it does not know', () => {
    const { book } = open();
    const unknown = ServerId.parse('gone');
    const input = expect.objectContaining({ failure: expect.objectContaining({ step: 'input' }) });

    expect(() => book.get(unknown)).toThrow(input);
    expect(() => book.save(unknown, draft())).toThrow(input);
    expect(() => book.delete(unknown)).toThrow(input);
  });

  it('tells who listens of every change, until they leave', () => {
    const { book } = open();
    const listener = vi.fn<() => void>();
    const leave = book.onChange(listener);

    const { id } = book.save(null, draft());
    book.delete(id);
    leave();
    book.save(null, draft());

    expect(listener).toHaveBeenCalledTimes(2);
  });

  it('keeps entries that it can’t read, whatever is saved or deleted', () => {
    const odd = [{ id: 'x', origin: 'user', draft: { name: 'from a later version' } }, 'text', null];
    const { book, stored } = open({ stored: { version: 1, entries: odd, echoes: {}, later: true } });

    const { id } = book.save(null, draft());
    book.delete(id);

    expect(book.list().servers).toEqual([]);
    expect(stored()).toEqual({ version: 1, entries: odd, echoes: {}, later: true });
  });

  it('keeps a value of another shape beside the new one', () => {
    const { book, stored } = open({ stored: ['old'] });

    book.save(null, draft());

    expect(stored()).toMatchObject({ unreadable: ['old'], entries: [{ id: 'id-1' }] });
  });

  it('shows the first of two entries with one id', () => {
    const entries = ['A', 'B'].map((name) => ({ id: 'a', origin: 'user', draft: draft({ name }) }));

    const { book } = open({ stored: { entries } });

    expect(book.list().servers.map(({ name }) => name)).toEqual(['A']);
  });
});

describe("the administrator's servers", () => {
  it('come first, with their file, line and problems', () => {
    const { book } = open({ admin: `${ini}[server:bad]\nname=x\n` });
    book.save(null, draft());

    const { servers, adminFile, problems } = book.list();

    expect(servers.map(({ id }) => id)).toEqual(['main', 'id-1']);
    expect(servers[0]!.origin).toEqual({ kind: 'administrator', file: '/etc/servers.ini', line: 3 });
    expect(adminFile).toBe('/etc/servers.ini');
    expect(problems.map(({ key, line }) => `${line} ${key}`)).toEqual(['8 ae', '8 host', '8 port']);
  });

  it('can’t be changed or deleted', () => {
    const { book, stored } = open({ admin: ini });

    expect(() => book.save(main, draft())).toThrow(expect.objectContaining(managed));
    expect(() => book.delete(main)).toThrow(expect.objectContaining(managed));
    expect(stored()).toBeUndefined();
  });

  it('can’t be hidden by an entry of the same id in an edited store, which is kept', () => {
    const shadow = { id: 'main', origin: 'user', draft: draft({ host: 'evil' }) };
    const { book, stored } = open({ admin: ini, stored: { entries: [shadow] } });

    expect(book.list().servers.map(({ host }) => host)).toEqual(['pacs']);
    expect(book.get(main).host).toBe('pacs');
    expect(() => book.save(main, draft())).toThrow(expect.objectContaining(managed));
    book.save(null, draft());
    expect(stored()).toMatchObject({ entries: [shadow, { id: 'id-1' }] });
  });

  it('are still protected when an edited store calls them a demonstration', () => {
    const shadow = { id: 'main', origin: 'demonstration', draft: draft() };
    const { book } = open({ admin: ini, stored: { entries: [shadow] } });

    const demo = book.saveDemo(draft({ name: 'Demo' }));

    expect(demo.id).toBe('id-1');
    expect(book.get(main).origin.kind).toBe('administrator');
  });
});

describe('the demonstration archive', () => {
  it('has one entry, brought up to date', () => {
    const { book } = open();
    const first = book.saveDemo(draft({ name: 'Demo', port: 1001 }));

    const second = book.saveDemo(draft({ name: 'Demo', port: 1002 }));

    expect(second.id).toBe(first.id);
    expect(book.list().servers).toEqual([second]);
    expect(second).toMatchObject({ port: 1002, origin: { kind: 'demonstration' } });
  });

  it('stays one when a person edits it, and can be deleted', () => {
    const { book } = open();
    const { id } = book.saveDemo(draft());

    expect(book.save(id, draft({ name: 'My demo' })).origin).toEqual({ kind: 'demonstration' });
    book.delete(id);

    expect(book.list().servers).toEqual([]);
  });
});

describe('the order of the servers', () => {
  it('is the person’s, the administrator’s among them, and new ones come last', () => {
    const { book, stored } = open({ admin: ini });
    const a = book.save(null, draft({ name: 'A' }));
    const b = book.save(null, draft({ name: 'B' }));

    const list = book.reorder([b.id, main, a.id]);
    book.save(null, draft({ name: 'C' }));

    expect(list.servers.map(({ name }) => name)).toEqual(['B', 'Main PACS', 'A']);
    expect(
      open({ admin: ini, stored: stored() })
        .book.list()
        .servers.map(({ name }) => name),
    ).toEqual(['B', 'Main PACS', 'A', 'C']);
  });

  it('is as it was where it names what is not there', () => {
    const { book } = open({ admin: ini });
    book.save(null, draft({ name: 'A' }));

    expect(book.reorder([ServerId.parse('gone')]).servers.map(({ name }) => name)).toEqual([
      'Main PACS',
      'A',
    ]);
  });
});

describe('links', () => {
  const toMain = LinkDraft.parse({ source: 'local', target: 'main', direction: 'push' });

  it('are kept, changed and deleted, and decide what may be asked', () => {
    const { book, stored } = open({ admin: ini });

    const link = book.saveLink(null, toMain);
    expect(link).toEqual({ ...toMain, id: 'id-1', origin: { kind: 'user' } });
    expect(book.get(main).actions).toMatchObject({ query: false, retrieve: false, send: true, test: true });

    book.saveLink(link.id, { ...toMain, direction: 'bidir' });
    expect(open({ admin: ini, stored: stored() }).book.get(main).actions).toEqual(everyAction);

    book.deleteLink(link.id);
    expect(book.list().links).toEqual([]);
  });

  it.each([
    ['that lead nowhere', { target: 'local' }, 'draft.target'],
    ['to what is not there', { target: 'gone' }, 'draft.target'],
    ['from what only answers', { source: 'scp', target: 'local' }, 'draft.source'],
    ['to what only calls', { target: 'scu' }, 'draft.target'],
    ['that are there already', { target: 'main' }, 'draft.direction'],
  ])('%s are refused', (_, change, field) => {
    const { book } = open({
      admin: `${ini}[server:scp]\nname=P\nae=P\nhost=p\nport=1\nrole=scp\n[server:scu]\nname=U\nae=U\nhost=u\nport=1\nrole=scu\n`,
    });
    book.saveLink(null, toMain);

    expect(() => book.saveLink(null, LinkDraft.parse({ ...toMain, ...change }))).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ step: 'input', field }) }),
    );
    expect(book.list().links).toHaveLength(1);
  });

  it('of the administrator can’t be changed or deleted', () => {
    const { book } = open({ admin: `${ini}[link:l]\nsource=local\ntarget=main\ndirection=push\n` });
    const [link] = book.list().links;
    const refused = expect.objectContaining({
      failure: { step: 'managed', file: '/etc/servers.ini', line: 8 },
    });

    expect(() => book.saveLink(link!.id, { ...toMain, direction: 'bidir' })).toThrow(refused);
    expect(() => book.deleteLink(link!.id)).toThrow(refused);
    expect(book.get(main).actions.query).toBe(false);
  });

  it('hold the role of a server to them, and go with it', () => {
    const { book, stored } = open();
    const { id } = book.save(null, draft({ role: 'both' }));
    book.saveLink(null, LinkDraft.parse({ source: id, target: 'local', direction: 'push' }));

    expect(() => book.save(id, draft({ role: 'scp' }))).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ field: 'draft.role' }) }),
    );
    book.delete(id);

    expect(stored()).toMatchObject({ entries: [], links: [] });
  });
});

describe('what may be asked', () => {
  it('is refused by name where a server, a link or the administrator forbids it', () => {
    const { book } = open({ admin: `${ini}status=planned\n[policy]\nhide_send=yes\n` });
    const { id } = book.save(null, draft({ role: 'scu' }));
    const blocked = (reason: object) =>
      expect.objectContaining({ failure: expect.objectContaining({ step: 'blocked', reason }) });

    expect(() => book.permit(main, 'query')).toThrow(
      blocked({ kind: 'status', of: 'server', status: 'planned', replacedBy: null }),
    );
    expect(book.permit(main, 'test').id).toBe('main');
    expect(() => book.permit(id, 'retrieve')).toThrow(blocked({ kind: 'role' }));
    expect(() => book.permit(id, 'send')).toThrow(
      expect.objectContaining({
        failure: { step: 'policy', policy: 'hide_send', file: '/etc/servers.ini', line: 10 },
      }),
    );
  });

  it('is what the administrator’s file gives a server for roles, and the line that says so is named', () => {
    const { book } = open({ admin: `${ini}roles=query, send\n` });
    const refused = expect.objectContaining({
      failure: {
        step: 'blocked',
        action: 'retrieve',
        reason: { kind: 'ability', place: { file: '/etc/servers.ini', line: 8 } },
      },
    });

    expect(book.get(main).actions).toMatchObject({ query: true, retrieve: false, send: true, test: true });
    expect(() => book.permit(main, 'retrieve')).toThrow(refused);
    expect(book.actionsOf(main, book.get(main))).toEqual(book.get(main).actions);
    expect(() => book.permit(main, 'query')).not.toThrow();
  });

  it('is what the person ticked of a server of his own', () => {
    const { book } = open();
    const { id } = book.save(null, draft({ abilities: ['send'] }));

    expect(book.get(id).actions).toMatchObject({ query: false, retrieve: false, send: true, test: true });
    expect(() => book.permit(id, 'query')).toThrow(
      expect.objectContaining({
        failure: { step: 'blocked', action: 'query', reason: { kind: 'ability', place: null } },
      }),
    );
  });

  it('of a draft obeys the policy too', () => {
    const { book } = open({ admin: `${ini}[policy]\nrequire_tls=yes\n` });
    const reason = { kind: 'policy', policy: 'require_tls', file: '/etc/servers.ini', line: 9 };

    expect(book.actionsOf(null, draft()).why.test).toEqual(reason);
    expect(book.actionsOf(null, draft({ tls: true })).test).toBe(true);
  });
});

describe('the administrator’s policy', () => {
  const refused = (policy: string) =>
    expect.objectContaining({ failure: { step: 'policy', policy, file: '/etc/servers.ini', line: 9 } });

  it('may leave no servers but those of the file, even where the store holds others', () => {
    const entries = [{ id: 'mine', origin: 'user', draft: draft() }];
    const { book, stored } = open({
      admin: `${ini}[policy]\nallow_user_servers=no\n`,
      stored: { version: 1, entries },
    });

    expect(book.list().servers.map(({ id }) => id)).toEqual(['main']);
    for (const change of [
      () => book.save(null, draft()),
      () => book.saveDemo(draft()),
      () => book.exchange([]),
      () => book.saveLink(null, LinkDraft.parse({ source: 'local', target: 'main', direction: 'pull' })),
    ]) {
      expect(change).toThrow(refused('allow_user_servers'));
    }
    expect(stored()).toEqual({ version: 1, entries });
  });

  it('may forbid losses: such a wish is refused, and an old one not obeyed', () => {
    const lossy = draft({ preferredCompression: 'jpeg-lossy' });
    const { book } = open({
      admin: `${ini}[policy]\nlossy_allowed=no\n`,
      stored: { version: 1, entries: [{ id: 'mine', origin: 'user', draft: lossy }] },
    });

    expect(() => book.save(null, lossy)).toThrow(refused('lossy_allowed'));
    expect(book.get(ServerId.parse('mine')).preferredCompression).toBe('as-stored');
  });

  it('may have servers judged as a register does', () => {
    const { book } = open({ admin: `[policy]\nstrict=yes\n${ini}role=scp\n` });

    expect(() => book.save(null, draft())).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ field: 'draft.role' }) }),
    );
    expect(() => book.save(null, draft({ role: 'scp', aeTitle: AeTitle.parse('PACS1') }))).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ field: 'draft.aeTitle' }) }),
    );
    expect(book.save(null, draft({ role: 'scp' })).name).toBe('Mine');
  });

  it('counts from the moment the file says it', () => {
    let text = ini;
    const book = openServerBook({
      store: { get: () => undefined, set: () => undefined },
      admin: () => recordOf(readAdminIni('/etc/servers.ini', text, {})),
      newId: () => 'id',
    });
    const listener = vi.fn<() => void>();
    book.onChange(listener);
    expect(book.get(main).actions.send).toBe(true);

    text = `${ini}[policy]\nhide_send=yes\n`;
    book.changed();

    expect(book.get(main).actions.send).toBe(false);
    expect(listener).toHaveBeenCalledOnce();
  });
});

describe('a server of an earlier version', () => {
  const nine = {
    name: 'Old',
    aeTitle: 'OLD',
    host: 'old.example',
    port: 104,
    listenPort: null,
    preferredCompression: 'as-stored',
    description: '',
    tls: false,
    verifyCertificate: true,
  };

  it('is a server still, with what it did not know as in any other', () => {
    const { book } = open({ stored: { version: 1, entries: [{ id: 'a', origin: 'user', draft: nine }] } });

    expect(book.list().servers[0]).toEqual({
      ...serverDraft(nine as Parameters<typeof serverDraft>[0]),
      id: 'a',
      origin: { kind: 'user' },
      actions: everyAction,
    });
    expect(book.list().setAside).toEqual([]);
  });

  it('that can’t be used is set aside with its reasons, and kept as it is', () => {
    const entries = [{ id: 'a', origin: 'user', draft: { ...nine, port: 70_000, host: '' } }];
    const { book, stored } = open({ stored: { version: 1, entries } });

    expect(book.list().servers).toEqual([]);
    expect(book.list().setAside).toEqual([
      {
        name: 'Old',
        problems: [
          { severity: 'error', field: 'host', message: expect.stringContaining('missing') },
          { severity: 'error', field: 'port', message: 'A port is a whole number from 1 to 65535.' },
        ],
      },
    ]);
    book.save(null, draft());
    expect(stored()).toMatchObject({ entries: [entries[0], { id: 'id-1' }] });
  });
});
