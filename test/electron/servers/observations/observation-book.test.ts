import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AeTitle } from '../../../../electron/contract/ae-title.ts';
import { Port, ServerId } from '../../../../electron/contract/server.ts';
import {
  openObservationBook,
  type ObservationBook,
  type SeenServer,
} from '../../../../electron/servers/observations/observation-book.ts';
import { temporaryFolder, type TemporaryFolder } from '../../../support/temporary-folder.ts';

const main: SeenServer = {
  id: ServerId.parse('main'),
  host: 'pacs.example',
  port: Port.parse(104),
  aeTitle: AeTitle.parse('MAIN'),
  dicomweb: null,
};
const other: SeenServer = { ...main, id: ServerId.parse('other'), host: 'other.example' };
const ct = '1.2.840.10008.5.1.4.1.1.2';
const mr = '1.2.840.10008.5.1.4.1.1.4';
const jpegLs = '1.2.840.10008.1.2.4.80';
const explicit = '1.2.840.10008.1.2.1';

let folder: TemporaryFolder;
let path: string;
let at = '2026-11-01T10:00:00.000Z';
const unwritten: unknown[] = [];

beforeEach(async () => {
  folder = await temporaryFolder();
  path = join(folder.path, 'observations.json');
  at = '2026-11-01T10:00:00.000Z';
  unwritten.length = 0;
});
afterEach(() => folder[Symbol.asyncDispose]());

function open(servers: readonly SeenServer[] = [main, other]): ObservationBook {
  return openObservationBook({
    path,
    servers: () => servers,
    now: () => new Date(at),
    onWriteFailed: (thrown) => unwritten.push(thrown),
  });
}

function moved(sopClassUid: string, transferSyntaxUid: string, count = 1) {
  return { sopClassUid, transferSyntaxUid, count, bytes: 1_000 * count, ms: 10 * count };
}

function retrieved(...objects: readonly ReturnType<typeof moved>[]) {
  return { kind: 'worked', method: 'c-get', purpose: 'use', tls: null, objects } as const;
}

describe('the book of what was seen', () => {
  it('is the same after a restart', async () => {
    const book = open();
    book.note(main.id, {
      kind: 'worked',
      method: 'c-echo',
      purpose: 'test',
      tls: { protocol: 'TLSv1.3' },
    });
    book.note(main.id, { kind: 'measured', role: { scp: true, scu: false } });
    book.note(main.id, retrieved(moved(ct, jpegLs, 4)));
    const before = book.list();
    await book.close();

    const after = open().list();

    expect(after).toEqual(before);
    expect(after).toEqual([
      {
        serverId: 'main',
        methods: [
          { method: 'c-get', purpose: 'use', at, tls: null },
          { method: 'c-echo', purpose: 'test', at, tls: { protocol: 'TLSv1.3' } },
        ],
        objects: [{ ...moved(ct, jpegLs, 4), method: 'c-get', direction: 'received', at }],
        role: { scp: true, scu: false, at },
      },
      { serverId: 'other', methods: [], objects: [], role: null },
    ]);
    expect(await readdir(folder.path)).toEqual(['observations.json']);
    expect(unwritten).toEqual([]);
  });

  it('has the last transfer of each kind and direction, in as many syntaxes as that one needed', () => {
    const book = open();
    book.note(main.id, retrieved(moved(ct, jpegLs), moved(mr, explicit)));
    at = '2026-11-02T10:00:00.000Z';
    book.note(main.id, retrieved(moved(ct, explicit), moved(ct, jpegLs, 2)));
    book.note(main.id, { ...retrieved(moved(ct, explicit)), method: 'c-store' });

    const seen = book.of(main.id).objects.map((each) => [each.direction, each.sopClassUid, each.count]);

    expect(seen).toEqual([
      ['sent', ct, 1],
      ['received', ct, 1],
      ['received', ct, 2],
      ['received', mr, 1],
    ]);
  });

  it('keeps what was used apart from what was tried', () => {
    const book = open();
    book.note(main.id, { kind: 'worked', method: 'c-find', purpose: 'use', tls: null });
    at = '2026-11-02T10:00:00.000Z';
    book.note(main.id, { kind: 'worked', method: 'c-find', purpose: 'test', tls: null });

    expect(book.of(main.id).methods).toEqual([
      { method: 'c-find', purpose: 'test', at, tls: null },
      { method: 'c-find', purpose: 'use', at: '2026-11-01T10:00:00.000Z', tls: null },
    ]);
  });

  it('says nothing of a server that has moved elsewhere, and keeps what was seen where only TLS has changed', async () => {
    const book = open();
    book.note(main.id, retrieved(moved(ct, jpegLs)));
    await book.close();

    expect(open([{ ...main, host: 'new.example' }]).of(main.id).methods).toEqual([]);
    expect(open([{ ...main, ...{ tls: true } }]).of(main.id).methods).toHaveLength(1);
  });

  it('forgets servers that are gone, and notes nothing of strangers', async () => {
    const book = open();
    book.note(main.id, retrieved(moved(ct, jpegLs)));
    book.note(other.id, retrieved(moved(ct, jpegLs)));
    book.note(ServerId.parse('stranger'), retrieved(moved(ct, jpegLs)));
    await book.close();

    const fewer = open([other]);
    fewer.forgetOthers();
    await fewer.close();

    expect(fewer.list().map(({ serverId }) => serverId)).toEqual(['other']);
    expect(await readFile(path, 'utf8')).not.toMatch(/main|stranger/);
  });

  it('stays small, however many kinds of objects come', () => {
    const book = open();
    for (let kind = 0; kind < 500; kind += 1) book.note(main.id, retrieved(moved(`1.2.3.${kind}`, explicit)));

    const { objects } = book.of(main.id);

    expect(objects).toHaveLength(200);
    expect(objects[0]?.sopClassUid).toBe('1.2.3.499');
  });

  it.each([
    ['is no JSON', '{"version":1,"entr'],
    ['comes from a newer version', '{"version":2,"entries":[]}'],
    ['has another shape', '{"version":1,"entries":[{"address":7}]}'],
  ])('keeps a file beside that %s, and begins anew', async (_, text) => {
    await writeFile(path, text);

    const book = open();
    book.note(main.id, retrieved(moved(ct, jpegLs)));
    await book.close();

    const kept = 'observations.broken-2026-11-01T10-00-00-000Z.json';
    expect(await readdir(folder.path)).toEqual([kept, 'observations.json']);
    expect(await readFile(join(folder.path, kept), 'utf8')).toBe(text);
    expect(open().of(main.id).objects).toHaveLength(1);
  });

  it('tells of each change, and of a disk that takes nothing, and goes on', async () => {
    const book = open();
    const heard: string[] = [];
    const stop = book.onChange(({ serverId, objects }) => heard.push(`${serverId} ${objects.length}`));
    await mkdir(path);

    book.note(main.id, retrieved(moved(ct, jpegLs)));
    stop();
    book.note(other.id, retrieved(moved(ct, jpegLs)));
    await book.close();

    expect(heard).toEqual(['main 1']);
    expect(unwritten).toHaveLength(1);
    expect(book.of(other.id).objects).toHaveLength(1);
  });
});
