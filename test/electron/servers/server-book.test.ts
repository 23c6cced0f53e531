import { describe, expect, it, vi } from 'vitest';
import { AeTitle } from '../../../electron/contract/ae-title.ts';
import { ServerId, type ServerDraft } from '../../../electron/contract/server.ts';
import { openServerBook, readAdminIni, type ServerBook } from '../../../electron/servers/index.ts';

const ini = '[file]\nversion=1\n[server:main]\nname=Main PACS\nae=PACS1\nhost=pacs\nport=104\n';
const managed = { failure: { step: 'managed', file: '/etc/servers.ini', line: 3 } };
const main = ServerId.parse('main');

function draft(changes: Partial<ServerDraft> = {}): ServerDraft {
  return {
    name: 'Mine',
    aeTitle: AeTitle.parse('MINE'),
    host: '10.0.0.5',
    port: 11112,
    listenPort: null,
    preferredCompression: 'as-stored',
    description: '',
    tls: false,
    verifyCertificate: true,
    ...changes,
  };
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
    admin: options.admin === undefined ? null : readAdminIni('/etc/servers.ini', options.admin, {}),
    newId: () => `id-${(made += 1)}`,
    now: () => new Date('2026-05-04T03:02:01Z'),
  });
  return { book, stored: () => value };
}

describe('the server book', () => {
  it('is empty at first', () => {
    expect(open().book.list()).toEqual({ servers: [], adminFile: null, problems: [] });
  });

  it('keeps a new server under a new id and finds it again in another run', () => {
    const { book, stored } = open();

    const saved = book.save(null, draft());

    expect(saved).toEqual({ id: 'id-1', ...draft(), origin: { kind: 'user' }, lastEcho: null });
    expect(open({ stored: stored() }).book.get(saved.id)).toEqual(saved);
  });

  it('changes a server in its place', () => {
    const { book } = open();
    const first = book.save(null, draft({ name: 'A' }));
    book.save(null, draft({ name: 'B' }));

    book.save(first.id, draft({ name: 'C' }));

    expect(book.list().servers.map(({ name }) => name)).toEqual(['C', 'B']);
  });

  it('deletes a server with what it remembered of it', () => {
    const { book, stored } = open();
    const { id } = book.save(null, draft());
    book.rememberEcho(id, null);

    book.delete(id);

    expect(stored()).toEqual({ version: 1, entries: [], echoes: {} });
  });

  it('says which server it does not know', () => {
    const { book } = open();
    const unknown = ServerId.parse('gone');
    const input = expect.objectContaining({ failure: expect.objectContaining({ step: 'input' }) });

    expect(() => book.get(unknown)).toThrow(input);
    expect(() => book.save(unknown, draft())).toThrow(input);
    expect(() => book.delete(unknown)).toThrow(input);
    expect(() => book.rememberEcho(unknown, null)).not.toThrow();
  });

  it('tells who listens of every change, until they leave', () => {
    const { book } = open();
    const listener = vi.fn<() => void>();
    const leave = book.onChange(listener);

    const { id } = book.save(null, draft());
    book.rememberEcho(id, null);
    book.delete(id);
    leave();
    book.save(null, draft());

    expect(listener).toHaveBeenCalledTimes(3);
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

  it('remember their last echo', () => {
    const { book } = open({ admin: ini });

    book.rememberEcho(main, { step: 'resolve', host: 'pacs' });

    expect(book.get(main).lastEcho).toEqual({
      at: '2026-05-04T03:02:01.000Z',
      failure: { step: 'resolve', host: 'pacs' },
    });
  });
});

describe('the last echo', () => {
  it('is forgotten when the address changes, and kept when only words do', () => {
    const { book } = open();
    const { id } = book.save(null, draft());
    book.rememberEcho(id, null);

    expect(
      book.save(id, draft({ name: 'Renamed', description: 'x', listenPort: 104 })).lastEcho,
    ).not.toBeNull();
    for (const change of [
      { host: 'other' },
      { port: 1 },
      { aeTitle: AeTitle.parse('mine') },
      { tls: true },
      { verifyCertificate: false },
    ]) {
      expect(book.save(id, draft(change)).lastEcho).toBeNull();
    }
  });

  it('is not believed where the store holds something that has no words', () => {
    const { book, stored } = open();
    const { id } = book.save(null, draft());
    book.rememberEcho(id, { step: 'cancelled' });
    const text = JSON.stringify(stored()).replace('cancelled', 'exploded');

    expect(open({ stored: JSON.parse(text) }).book.get(id).lastEcho).toBeNull();
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
