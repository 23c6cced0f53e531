import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openAdminSource, type AdminSource } from '../../../electron/servers/index.ts';
import { createAuthority } from '../../support/certificates.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const head = '[file]\nversion=1\n';
const open: AdminSource[] = [];
afterEach(() => {
  for (const source of open.splice(0)) source.close();
});

function server(id: string, host = `${id}.example`): string {
  return `[server:${id}]\nname=${id}\nae=${id.toUpperCase()}\nhost=${host}\nport=104\n`;
}

function sourceOf(
  argument: string | null,
  more: { programFolder?: string; lookMs?: number } = {},
): AdminSource {
  const { programFolder = '/nowhere', lookMs = 60_000 } = more;
  const source = openAdminSource(
    { argument, env: {}, platform: process.platform, programFolder },
    { settleMs: 20, lookMs },
  );
  open.push(source);
  return source;
}

function hosts(source: AdminSource): readonly string[] {
  return source.current().servers.map(({ draft }) => draft.host ?? '');
}

describe('the administrator’s files', () => {
  it('are read again when one of them changes, and who listens is told once', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'x.ini');
    await writeFile(file, head + server('a'));
    const source = sourceOf(file);
    const listener = vi.fn<() => void>();
    source.onChange(listener);

    await writeFile(file, head + server('a', 'new.example'));

    await expect.poll(() => hosts(source)).toEqual(['new.example']);
    expect(listener).toHaveBeenCalledOnce();
  });

  it('are read again when one is replaced by renaming, as editors do', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'x.ini');
    await writeFile(file, head + server('a'));
    const source = sourceOf(file);

    await writeFile(`${file}.new`, head + server('b'));
    await rename(`${file}.new`, file);

    await expect.poll(() => hosts(source)).toEqual(['b.example']);
  });

  it('are looked at now and then where nothing tells of a change', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'later', 'x.ini');
    const source = sourceOf(file, { lookMs: 30 });
    expect(source.current().problems[0]!.reason).toContain('no such file');

    await mkdir(join(folder.path, 'later'));
    await writeFile(file, head + server('a'));

    await expect.poll(() => hosts(source)).toEqual(['a.example']);
    expect(source.current().problems).toEqual([]);
  });

  it('tell nobody where nothing has changed', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'x.ini');
    await writeFile(file, head + server('a'));
    const source = sourceOf(file);
    const listener = vi.fn<() => void>();
    source.onChange(listener);

    source.reload();

    expect(listener).not.toHaveBeenCalled();
  });

  it('go on saying what they said when one can’t be read any more, and say so', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'x.ini');
    await writeFile(file, head + server('a'));
    const source = sourceOf(file);
    const before = source.current().files[0]!.sha256;

    await rm(file);
    await mkdir(file);
    source.reload();

    expect(hosts(source)).toEqual(['a.example']);
    expect(source.current().files[0]!.sha256).toBe(before);
    expect(source.current().problems.map(({ reason }) => reason)).toEqual([
      'This is a folder. Name the file in it. What it said before stays in force.',
    ]);
  });

  it('lose only the server that has become wrong', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'x.ini');
    await writeFile(file, head + server('a') + server('b'));
    const source = sourceOf(file);

    await writeFile(file, head + server('a').replace('104', 'x') + server('b'));
    source.reload();

    expect(hosts(source)).toEqual(['b.example']);
    expect(source.current().problems.map(({ line, column, key }) => [line, column, key])).toEqual([
      [7, 6, 'port'],
    ]);
  });

  it('count in their order: what is said twice is as the first says it', async () => {
    await using folder = await temporaryFolder();
    const [first, second] = ['1.ini', '2.ini'].map((name) => join(folder.path, name));
    const policy = (hide: string, more: string): string => `[policy]\nhide_send=${hide}\n${more}`;
    await writeFile(first!, `${head}${policy('yes', '')}${server('a', 'first.example')}`);
    await writeFile(
      second!,
      `${head}site=North\n${policy('no', 'require_tls=yes\n')}[local]\nae_title=SECOND\n${server('a', 'second.example')}${server('b')}[link:l]\nsource=local\ntarget=a\ndirection=pull\n`,
    );
    const separator = process.platform === 'win32' ? ';' : ':';

    const { servers, policies, local, links, site, problems, files } = sourceOf(
      `${first}${separator}${second}`,
    ).current();

    expect(servers.map(({ id, file, draft }) => [id, file, draft.host])).toEqual([
      ['a', first, 'first.example'],
      ['b', second, 'b.example'],
    ]);
    expect(policies.hide_send).toEqual({ value: true, place: { file: first, line: 4 } });
    expect(policies.require_tls).toEqual({ value: true, place: { file: second, line: 6 } });
    expect(local.aeTitle).toMatchObject({ value: 'SECOND', file: second });
    expect(links.map(({ draft }) => draft.target)).toEqual(['a']);
    expect(site).toBe('North');
    expect(problems).toEqual([
      expect.objectContaining({ file: second, line: 9, reason: expect.stringContaining(first!) }),
    ]);
    expect(files.map(({ file }) => file)).toEqual([first, second]);
  });

  it('lose a link that breaks a rule, and say which', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'x.ini');
    const link = (id: string, source: string, target: string): string =>
      `[link:${id}]\nsource=${source}\ntarget=${target}\ndirection=push\n`;
    await writeFile(
      file,
      [
        head + server('a'),
        'role=scp\n',
        server('c'),
        'role=scu\n',
        link('ok', 'c', 'a'),
        link('twin', 'c', 'a'),
        link('loop', 'a', 'a'),
        link('back', 'a', 'local'),
        link('to-scu', 'local', 'c'),
        link('gone', 'local', 'nobody'),
      ].join(''),
    );

    const { links, problems } = sourceOf(file).current();

    expect(links.map(({ id }) => id)).toEqual(['admin:ok']);
    expect(problems.map(({ key, severity }) => `${severity} ${key}`)).toEqual([
      'error direction',
      'error target',
      'error source',
      'error target',
      'error target',
    ]);
  });
});

describe('certificates beside an administrator’s file', () => {
  it('are read with it, and again when they change', async () => {
    await using folder = await temporaryFolder();
    const authority = await createAuthority(join(folder.path, 'ca'), 'Site CA');
    const file = join(folder.path, 'x.ini');
    await writeFile(file, `${head}${server('a')}tls=anonymous\nca=site-ca.pem\n`);
    const source = sourceOf(file);
    expect(
      source.current().problems.map(({ key, line, reason }) => [key, line, reason.slice(0, 12)]),
    ).toEqual([['ca', 9, 'site-ca.pem:']]);

    await writeFile(join(folder.path, 'site-ca.pem'), authority.cert);

    await expect.poll(() => source.current().problems).toEqual([]);
    expect(source.current().certificates.map(({ name, kind }) => [name, kind])).toEqual([
      ['site-ca.pem', 'authorities'],
    ]);
    expect(source.current().servers[0]!.draft.authorities).toBe('admin:site-ca.pem');
  });

  it('may be ours, with the key in a file of its own; a key that does not fit is said', async () => {
    await using folder = await temporaryFolder();
    const authority = await createAuthority(join(folder.path, 'ca'), 'Site CA');
    const ours = await authority.issue('viewer', { altNames: ['DNS:viewer'], usage: 'clientAuth' });
    const other = await authority.issue('other', { altNames: ['DNS:other'], usage: 'clientAuth' });
    await writeFile(join(folder.path, 'me.pem'), ours.cert);
    await writeFile(join(folder.path, 'me.key'), ours.key);
    await writeFile(join(folder.path, 'other.key'), other.key);
    const lines = `${head}${server('a')}tls=mutual\nclient_cert=me.pem\nclient_key=`;
    const file = join(folder.path, 'x.ini');

    await writeFile(file, `${lines}me.key\n`);
    expect(sourceOf(file).current().problems).toEqual([]);

    await writeFile(file, `${lines}other.key\n`);
    expect(sourceOf(file).current().problems).toEqual([
      expect.objectContaining({ line: 9, key: 'client_cert', reason: expect.stringContaining('me.pem:') }),
    ]);
  });
});

describe('where a public key is installed', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');

  async function installed(key: KeyObject | string) {
    const folder = await temporaryFolder();
    await mkdir(join(folder.path, 'admin-ini'));
    const pem = typeof key === 'string' ? key : key.export({ type: 'spki', format: 'pem' });
    await writeFile(join(folder.path, 'admin-ini', 'public-key.pem'), pem);
    const file = join(folder.path, 'x.ini');
    const text = head + server('a');
    await writeFile(file, text);
    const signature = sign(null, Buffer.from(text), privateKey);
    const read = () => sourceOf(file, { programFolder: folder.path }).current();
    return { file, signature, read, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
  }

  it.each([
    ['as it is', (signature: Buffer) => signature],
    ['in base64', (signature: Buffer) => `${signature.toString('base64')}\n`],
  ])('a file with its signature beside it, %s, is taken', async (_, written) => {
    await using there = await installed(publicKey);
    await writeFile(`${there.file}.sig`, written(there.signature));

    const { servers, files, problems } = there.read();

    expect(problems).toEqual([]);
    expect(servers).toHaveLength(1);
    expect(files[0]!.signature).toBe('verified');
  });

  it('a file without one is refused, and so is one that was changed after it was signed', async () => {
    await using there = await installed(publicKey);
    expect(there.read().problems[0]!.reason).toContain('must be signed');
    await writeFile(`${there.file}.sig`, there.signature);
    await writeFile(there.file, `${head}${server('a', 'evil.example')}`);

    const { servers, files, problems } = there.read();

    expect(servers).toEqual([]);
    expect(files[0]!.signature).toBe('refused');
    expect(problems[0]!.reason).toContain('does not fit this file');
  });

  it('a running program goes on with the signed file when an unsigned one takes its place', async () => {
    await using there = await installed(publicKey);
    await writeFile(`${there.file}.sig`, there.signature);
    const source = sourceOf(there.file, { programFolder: join(there.file, '..') });
    expect(hosts(source)).toEqual(['a.example']);

    await writeFile(there.file, head + server('a', 'evil.example'));
    source.reload();

    expect(hosts(source)).toEqual(['a.example']);
    expect(source.current().problems[0]!.reason).toContain('stays in force');
  });

  it('nothing is taken by a key that is none, or one of another kind', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    for (const key of ['no key', rsa]) {
      await using there = await installed(key);
      await writeFile(`${there.file}.sig`, there.signature);

      const { servers, problems } = there.read();

      expect(servers).toEqual([]);
      expect(problems[0]!.reason).toContain('is not one for Ed25519');
    }
  });
});
