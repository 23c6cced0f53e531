import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ImportPreview, ImportRow } from '../../../../electron/contract/import-servers.ts';
import { draftOf, serverDraft, ServerId, type ServerDraft } from '../../../../electron/contract/server.ts';
import {
  exportCsv,
  mergeAdminFiles,
  openImportDesk,
  openServerBook,
  readAdminIni,
  readListFile,
  recordOf,
  type ImportDesk,
  type ServerBook,
} from '../../../../electron/servers/index.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const ini = '[file]\nversion=1\n[server:main]\nname=Main PACS\nae=MAIN\nhost=pacs.example\nport=104\n';

function open(admin: string | null = null): { readonly book: ServerBook; readonly desk: ImportDesk } {
  let value: unknown;
  let made = 0;
  const newId = (): string => `id-${(made += 1)}`;
  const book = openServerBook({
    store: { get: () => value, set: (_, next) => void (value = JSON.parse(JSON.stringify(next))) },
    admin: () => (admin === null ? mergeAdminFiles([]) : recordOf(readAdminIni('/etc/x.ini', admin, {}))),
    newId,
  });
  return { book, desk: openImportDesk(book, newId) };
}

function draft(name: string, more: Partial<ServerDraft> = {}): ServerDraft {
  return serverDraft({
    name,
    aeTitle: name.toUpperCase(),
    host: '10.0.0.5',
    port: 104,
    listenPort: null,
    preferredCompression: 'as-stored',
    description: '',
    tls: false,
    verifyCertificate: true,
    ...more,
  });
}

function kinds({ rows }: ImportPreview): readonly string[] {
  return rows.map(({ row, kind }) => `${row} ${kind}`);
}

function sayings(row: ImportRow | undefined): readonly string[] {
  return row?.kind === 'bad' ? row.problems.map(({ column, message }) => `${column}: ${message}`) : [];
}

describe('a list of servers', () => {
  it('is looked at before anything is done', () => {
    const { book, desk } = open(ini);
    const kept = book.save(null, draft('kept'));
    const changed = book.save(null, draft('changed', { description: 'long ago' }));
    const gone = book.save(null, draft('gone'));
    const before = book.list();

    const preview = desk.preview(
      [
        'Name,AE title,Host,Port,Description',
        'kept,KEPT,10.0.0.5,104,',
        'changed,CHANGED,10.0.0.6,104,now',
        'new,NEW,10.0.0.7,11112,',
        'Main PACS,MAIN,elsewhere.example,104,',
        'bad,BAD,10.0.0.8,70000,',
      ].join('\r\n'),
    );

    expect(kinds(preview)).toEqual(['2 same', '3 change', '4 add', '5 conflict', '6 bad']);
    expect(preview.rows[0]).toMatchObject({ id: kept.id });
    expect(preview.rows[1]).toMatchObject({ id: changed.id, fields: ['host', 'description'] });
    expect(preview.rows[3]).toEqual({
      kind: 'conflict',
      row: 5,
      name: 'Main PACS',
      file: '/etc/x.ini',
      line: 3,
    });
    expect(sayings(preview.rows[4])).toEqual(['port: A port is a whole number from 1 to 65535.']);
    expect(preview.missing).toEqual([{ id: gone.id, name: 'gone' }]);
    expect(book.list()).toEqual(before);
  });

  it('is taken over as it was shown, and taken back', () => {
    const { book, desk } = open(ini);
    book.save(null, draft('changed', { description: 'long ago', contact: 'Jo' }));
    book.save(null, draft('gone'));
    const before = book.own();
    const { id } = desk.preview('name,ae,host,port\nchanged,CHANGED,10.0.0.6,104\nnew,NEW,10.0.0.7,11112\n');

    const { list, ...counts } = desk.apply({ id, without: [], removeMissing: true });

    expect(counts).toEqual({ added: 1, changed: 1, removed: 1 });
    expect(list.servers.map(({ name, host }) => `${name} ${host}`)).toEqual([
      'Main PACS pacs.example',
      'changed 10.0.0.6',
      'new 10.0.0.7',
    ]);
    expect(list.servers.map(({ origin }) => origin.kind)).toEqual(['administrator', 'user', 'csv']);
    // What the list has no column for is as it was.
    expect(list.servers[1]).toMatchObject({ description: 'long ago', contact: 'Jo' });

    desk.undo();

    expect(book.own().toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(before);
    expect(() => desk.undo()).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ step: 'input' }) }),
    );
  });

  it('leaves out the rows and the removals that were not wanted', () => {
    const { book, desk } = open();
    book.save(null, draft('gone'));
    const { id } = desk.preview('name,ae,host,port\nA,A,10.0.0.1,104\nB,B,10.0.0.2,104\n');

    desk.apply({ id, without: [2], removeMissing: false });

    expect(book.list().servers.map(({ name }) => name)).toEqual(['gone', 'B']);
  });

  it('is taken back but for what a person changed since', () => {
    const { book, desk } = open();
    const { id } = desk.preview('name,ae,host,port\nA,A,10.0.0.1,104\nB,B,10.0.0.2,104\n');
    const { list } = desk.apply({ id, without: [], removeMissing: false });
    const [a] = list.servers;
    book.save(a!.id, { ...draftOf(a!), description: 'mine' });

    desk.undo();

    expect(book.list().servers.map(({ name }) => name)).toEqual(['A']);
  });

  it('is not taken over where the servers have changed since it was looked at', () => {
    const { book, desk } = open();
    const { id } = desk.preview('name,ae,host,port\nA,A,10.0.0.1,104\n');
    book.save(null, draft('meanwhile'));

    expect(() => desk.apply({ id, without: [], removeMissing: true })).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ step: 'input', field: 'import' }) }),
    );
  });

  it('can’t touch what the administrator’s file has, nor what its policy forbids', () => {
    const { book, desk } = open(`${ini}[policy]\nallow_user_servers=no\n`);
    const { id, rows, missing } = desk.preview(
      'id,name,ae,host,port\nmain,Main PACS,MAIN,evil.example,104\nx,X,X,10.0.0.1,1\n',
    );

    expect(rows.map(({ kind }) => kind)).toEqual(['conflict', 'add']);
    expect(missing).toEqual([]);
    expect(() => desk.apply({ id, without: [], removeMissing: true })).toThrow(
      expect.objectContaining({
        failure: { step: 'policy', policy: 'allow_user_servers', file: '/etc/x.ini', line: 9 },
      }),
    );
    expect(book.get(ServerId.parse('main')).host).toBe('pacs.example');
  });

  it('says of the list as a whole what is wrong with it', () => {
    const { desk } = open();

    expect(desk.preview('').problems).toEqual([{ column: '', message: 'The list is empty.' }]);
    expect(desk.preview('Main PACS,PACS1,10.0.4.12,104').problems[0]!.message).toContain('no heading');
    expect(desk.preview('name,ae,host,port,colour,password,name\n').problems).toEqual([
      { column: 'colour', message: expect.stringContaining('Nobody knows') },
      { column: 'password', message: expect.stringContaining('Secrets') },
      { column: 'name', message: expect.stringContaining('twice') },
    ]);
  });

  it('never takes over a secret', () => {
    const { book, desk } = open();
    const { id } = desk.preview('name,ae,host,port,password\nA,A,10.0.0.1,104,hunter2\n');

    desk.apply({ id, without: [], removeMissing: false });

    expect(JSON.stringify(book.list())).not.toContain('hunter2');
  });
});

describe('every field of a server', () => {
  const full = draft('Main; "PACS", Wing\u00A0B', {
    description: 'two\nlines, and "quotes"',
    contact: '=cmd',
    group: 'Radiology',
    organisation: 'North',
    role: 'both',
    protocol: 'both',
    callingAeTitle: draft('x').aeTitle,
    dicomweb: {
      baseUrl: 'https://pacs.example/rs',
      qidoPath: '/q',
      wadoPath: '',
      stowPath: '',
      authentication: 'basic',
      username: 'viewer',
    },
    modalities: ['CT', 'MR'],
    lifecycle: 'deprecated',
    replacedBy: ServerId.parse('next'),
    queryCharacterSet: '\\ISO 2022 IR 87',
    decodeAs: 'windows-1251',
    abilities: ['query', 'print'],
    retrieveMethod: 'dicomweb',
    maxAssociations: 2,
    timeouts: { connectMs: 2500, associateMs: null, responseMs: 90_000 },
    tls: true,
    verifyCertificate: false,
    expectedName: 'pacs.example',
    listenPort: 11113,
    preferredCompression: 'j2k-lossless',
    sendOptions: { associations: 1 },
    aeTitle: draft('ae').aeTitle,
  });

  it('goes out and comes back without a loss', () => {
    const text = exportCsv([{ id: 's1', draft: full }]);
    const { book, desk } = open();
    const { id, rows } = desk.preview(text);

    expect(sayings(rows[0])).toEqual([]);
    desk.apply({ id, without: [], removeMissing: false });

    const [server] = book.list().servers;
    expect(server!.id).toBe('s1');
    expect(draftOf(server!)).toEqual(full);
    expect(desk.preview(text).rows).toEqual([{ kind: 'same', row: 2, id: 's1', name: full.name }]);
  });

  it.each([
    ['UTF-8', (text: string) => Buffer.from(text)],
    ['UTF-8 with a byte order mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 with a byte order mark', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['the code page of Windows', (text: string) => Buffer.from(text, 'latin1')],
  ])('is read from a file in %s', async (_, bytes) => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'list.csv');
    await writeFile(path, bytes('name;ae;host;port\r\nZürich;ZRH;10.0.0.1;104\r\n'));

    const [row] = open().desk.preview(await readListFile(path)).rows;

    expect(row).toMatchObject({ kind: 'add', draft: { name: 'Zürich', aeTitle: 'ZRH', port: 104 } });
  });

  it('is not asked of a file that is not there', async () => {
    await expect(readListFile('/nowhere/list.csv')).rejects.toMatchObject({
      failure: { step: 'file', cause: 'missing' },
    });
  });
});

describe('a list of 1,000 rows with 37 planted faults', () => {
  const faults: readonly ((row: string[]) => string)[] = [
    (row) => row.with(0, '').join(','),
    (row) => row.with(1, 'ABCDEFGHIJKLMNOPQ').join(','),
    (row) => row.with(1, '').join(','),
    (row) => row.with(1, 'AE\\1').join(','),
    (row) => row.with(1, 'P\u0410CS').join(','),
    (row) => row.with(1, 'PA\u200BCS').join(','),
    (row) => row.with(2, '').join(','),
    (row) => row.with(2, '10.0.0.256').join(','),
    (row) => row.with(2, 'http://pacs').join(','),
    (row) => row.with(3, '').join(','),
    (row) => row.with(3, '0').join(','),
    (row) => row.with(3, '65536').join(','),
    (row) => row.with(3, 'l04').join(','),
    (row) => row.with(4, '99999').join(','),
    (row) => row.with(5, 'perhaps').join(','),
    (row) => row.with(6, 'server').join(','),
    (row) => row.with(7, 'C*T').join(','),
    (row) => row.with(8, 'gone').join(','),
    (row) => row.with(9, 'zip').join(','),
    (row) => [...row, 'one cell too many'].join(','),
    (row) => row.with(5, 'mutual').join(','),
    (row) => row.with(10, 'wado').join(','),
    (row) => row.with(1, 'AE0001').join(','),
    (row) => `"${row.join(',')}`,
    (row) => `"a"b,${row.slice(1).join(',')}`,
  ];
  const heading = 'name,ae,host,port,listen_port,tls,role,modality,status,compression,retrieve';
  const isFaulty = (index: number): boolean => index % 27 === 5 && index / 27 < 37;

  it('finds exactly these, by row and reason, and takes the others', () => {
    const lines = Array.from({ length: 1000 }, (_, index) => {
      const number = String(index + 1).padStart(4, '0');
      const row = [
        ...[`Server ${number}`, `AE${number}`, `10.1.${Math.floor(index / 250)}.${index % 250}`, '104', ''],
        ...[index % 2 === 0 ? 'off' : 'anonymous', 'both', 'CT;MR', 'production', 'as-stored', 'auto'],
      ];
      return isFaulty(index) ? faults[Math.floor(index / 27) % faults.length]!(row) : row.join(',');
    });
    const planted = lines.flatMap((_, index) => (isFaulty(index) ? [index + 2] : []));
    const { book, desk } = open();

    const preview = desk.preview([heading, ...lines].join('\r\n'));

    const bad = preview.rows.filter(({ kind }) => kind === 'bad');
    expect(planted).toHaveLength(37);
    expect(bad.map(({ row }) => row)).toEqual(planted);
    for (const row of bad) {
      expect(sayings(row).length).toBeGreaterThan(0);
      for (const saying of sayings(row)) expect(saying).toMatch(/^[a-z_]*: [\p{Lu}“].*\.$/u);
    }

    const { added } = desk.apply({ id: preview.id, without: [], removeMissing: false });
    expect(added).toBe(963);
    expect(book.list().servers).toHaveLength(963);
    expect(desk.undo().servers).toEqual([]);
  });
});
