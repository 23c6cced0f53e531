import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exposureOf } from '../../../electron/servers/exposed-file.ts';
import {
  effectiveConfiguration,
  loadAdminIni,
  mergeAdminFiles,
  openServerBook,
} from '../../../electron/servers/index.ts';
import { openSettings } from '../../../electron/settings/index.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const text = '[file]\nversion=1\n[server:main]\nname=Main\nae=MAIN\nhost=pacs.example\nport=104\nrole=scp\n';

/** An administrator's file and its folder, with these rights. */
async function place(root: string, folderMode: number, fileMode: number, content = text): Promise<string> {
  const folder = join(root, 'gantry');
  const file = join(folder, 'servers.ini');
  await mkdir(folder);
  await writeFile(file, content);
  await chmod(file, fileMode);
  await chmod(folder, folderMode);
  return file;
}

const everybody = /^Everybody on this computer may/;

describe.skipIf(process.platform === 'win32')('an administrator’s file that everybody may change', () => {
  it.each([
    ['nobody else may', 0o755, 0o644, []],
    ['its group may', 0o775, 0o664, []],
    ['everybody may write into it', 0o755, 0o646, ['change this file']],
    ['everybody may exchange it', 0o757, 0o644, ['put another file in its place']],
    ['everybody may put files beside it', 0o1777, 0o644, []],
    ['everybody may do both', 0o777, 0o666, ['change this file', 'put another file in its place']],
  ])('%s: is used all the same, and that is said', async (_, folderMode, fileMode, said) => {
    await using folder = await temporaryFolder();
    const file = await place(folder.path, folderMode, fileMode);

    const { content, problems } = loadAdminIni(file, {});

    expect(content?.servers).toHaveLength(1);
    expect(problems.map(({ severity, line }) => `${severity} ${line}`)).toEqual(said.map(() => 'warning 1'));
    for (const [index, words] of said.entries()) {
      expect(problems[index]?.reason).toMatch(everybody);
      expect(problems[index]?.reason).toContain(words);
    }
  });

  it('is looked for where a link leads to', async () => {
    await using folder = await temporaryFolder();
    const file = await place(folder.path, 0o777, 0o644);
    const link = join(folder.path, 'link.ini');
    await symlink(file, link);

    expect(exposureOf(link)).toEqual({ file: false, folder: join(folder.path, 'gantry') });
    expect(exposureOf(link, 'win32')).toEqual({ file: false, folder: null });
  });

  it('is a fault where files are judged as a register', async () => {
    await using folder = await temporaryFolder();
    const file = await place(folder.path, 0o755, 0o666, `[policy]\nstrict=yes\n${text}`);

    const { content, problems } = loadAdminIni(file, {});

    expect(content?.servers).toHaveLength(1);
    expect(problems).toMatchObject([
      { severity: 'error', line: 1, reason: expect.stringMatching(everybody) },
    ]);
    expect(loadAdminIni(file, {}, { profile: 'plain' }).problems).toMatchObject([{ severity: 'warning' }]);
  });

  it('is told by the command line: a warning, and with --strict a fault', async () => {
    await using folder = await temporaryFolder();
    const file = await place(folder.path, 0o755, 0o666);

    const plain = await runCli(['check', file, '--json']);
    const strict = await runCli(['check', file, '--json', '--strict']);

    expect(plain.code).toBe(0);
    expect(plain.lines).toContainEqual(
      expect.objectContaining({ severity: 'warning', line: 1, reason: expect.stringMatching(everybody) }),
    );
    expect(strict.code).toBe(1);
    expect(strict.lines).toContainEqual(
      expect.objectContaining({ severity: 'error', line: 1, reason: expect.stringMatching(everybody) }),
    );
  });

  it('stands in the effective configuration', async () => {
    await using folder = await temporaryFolder();
    const record = mergeAdminFiles([loadAdminIni(await place(folder.path, 0o757, 0o644), {})]);
    const store = { get: () => undefined, set: () => undefined };
    const settings = openSettings({
      store,
      admin: () => record.local,
      defaultArchiveFolder: '/a',
      brokenSettingsKeptAs: null,
    });
    const book = openServerBook({ store, admin: () => record, newId: () => 'id' });

    const { files } = effectiveConfiguration(record, settings.view(), book.list());

    expect(files).toMatchObject([
      { errors: 0, warnings: 1, problems: [{ line: 1, reason: expect.stringMatching(everybody) }] },
    ]);
  });
});
