import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAdminIni } from '../../electron/servers/index.ts';
import { freePort, startStorescp } from '../support/peers/index.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function server(id: string, port: number): string {
  return `[server:${id}]\nname=${id}\nae=${id.toUpperCase()}\nhost=127.0.0.1\nport=${port}\n`;
}

describe('cli check', () => {
  it('tries each server where it is asked to, and says at its line how it went', async () => {
    await using folder = await temporaryFolder();
    await using peer = await startStorescp();
    const closed = await freePort();
    const file = join(folder.path, 'x.ini');
    await writeFile(file, `[file]\nversion=1\n${server('open', peer.port)}${server('closed', closed)}`);

    const { code, words } = await runCli(['check', file, '--echo']);

    expect(words).toContain(`${file}:3:1: info: open: It answered C-ECHO.`);
    expect(words).toContain(`${file}:8:1: error: closed: Nothing listens at 127.0.0.1, port ${closed}.`);
    expect(code).toBe(1);
  });

  it('ends well where every server answers', async () => {
    await using folder = await temporaryFolder();
    await using peer = await startStorescp();
    const file = join(folder.path, 'x.ini');
    await writeFile(file, `[file]\nversion=1\n${server('open', peer.port)}`);

    expect(await runCli(['check', file, '--echo', '--json'])).toMatchObject({
      code: 0,
      words: '',
      lines: [{ name: 'open' }, { severity: 'info', key: 'open', line: 3 }],
    });
  });

  it('tries a server that is asked by DICOMweb by a search, and says that nobody is there', async () => {
    await using folder = await temporaryFolder();
    const closed = await freePort();
    const file = join(folder.path, 'x.ini');
    const url = `http://127.0.0.1:${closed}/dicom-web`;
    await writeFile(file, `[file]\nversion=1\n[server:w]\nname=Web\nurl=${url}\n`);

    const { code, words } = await runCli(['check', file, '--echo']);

    expect(words).toContain(`${file}:3:1: error: Web: Nothing listens at 127.0.0.1, port ${closed}.`);
    expect(code).toBe(1);
  });

  it('does not understand a secret without its server, or a variable that is not there', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'x.ini');
    await writeFile(file, '[file]\nversion=1\n');

    const nameless = await runCli(['check', file, '--echo', '--secret-env', 'PASSWORD']);
    const unset = await runCli(['check', file, '--echo', '--secret-env', 'w=NO_SUCH_VARIABLE']);

    expect([nameless.code, unset.code]).toEqual([2, 2]);
    expect(unset.words).toContain('NO_SUCH_VARIABLE');
  });

  it('reads several files in their order', async () => {
    await using folder = await temporaryFolder();
    const [one, two] = ['1.ini', '2.ini'].map((name) => join(folder.path, name));
    await writeFile(one!, `[file]\nversion=1\n${server('a', 104)}`);
    await writeFile(two!, `[file]\nversion=1\n${server('a', 105)}${server('b', 106)}`);

    const { code, lines, words } = await runCli(['check', one!, two!]);

    expect(lines.map(({ name, port }) => `${String(name)} ${String(port)}`)).toEqual(['a 104', 'b 106']);
    expect(words).toContain(`${two}:3:1: error: This ID stands in ${one}, line 3 already`);
    expect(code).toBe(1);
  });

  it('is not understood without a file', async () => {
    expect((await runCli(['check'])).code).toBe(2);
  });
});

describe('cli export-ini', () => {
  const draft = {
    name: 'Mine',
    aeTitle: 'MINE',
    host: '10.0.0.5',
    port: 104,
    listenPort: null,
    preferredCompression: 'as-stored',
    description: 'from the reading room',
    tls: false,
    verifyCertificate: true,
  };

  async function homeWith(entries: readonly unknown[]) {
    const folder = await temporaryFolder();
    const home = join(folder.path, 'home');
    await mkdir(home);
    await writeFile(join(home, 'settings.json'), JSON.stringify({ servers: { version: 1, entries } }));
    const target = join(folder.path, 'servers.ini');
    return { home, target, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
  }

  it('writes the servers of the settings, which are read back as the same', async () => {
    await using there = await homeWith([{ id: 'a', origin: 'user', draft }]);

    const { code } = await runCli(['export-ini', '--home', there.home, '--to', there.target]);

    const { servers, problems } = readAdminIni('x.ini', await readFile(there.target, 'utf8'), {});
    expect(code).toBe(0);
    expect(problems).toEqual([]);
    expect(servers.map(({ id }) => id)).toEqual(['mine']);
    expect(servers[0]!.draft).toMatchObject(draft);
  });

  it('says which of them can’t be used, and leaves the settings as they are', async () => {
    const bad = { id: 'b', origin: 'user', draft: { ...draft, name: 'Bad', port: 0 } };
    await using there = await homeWith([{ id: 'a', origin: 'user', draft }, bad]);
    const settings = join(there.home, 'settings.json');
    const before = await readFile(settings, 'utf8');

    const { code, words } = await runCli(['export-ini', '--home', there.home, '--to', there.target]);

    expect(code).toBe(1);
    expect(words).toContain('Bad: A port is a whole number from 1 to 65535.');
    expect(await readFile(settings, 'utf8')).toBe(before);
  });

  it('is not understood where there are no settings', async () => {
    await using folder = await temporaryFolder();

    const { code, words } = await runCli(['export-ini', '--home', folder.path]);

    expect(code).toBe(2);
    expect(words).toContain('no settings');
  });
});
