import { describe, expect, it } from 'vitest';
import { findAdminInis } from '../../../electron/servers/index.ts';

type Options = Parameters<typeof findAdminInis>[0];

function find(options: Partial<Options>, ...existing: string[]): string | null {
  return found(options, ...existing)[0] ?? null;
}

function found(options: Partial<Options>, ...existing: string[]): readonly string[] {
  return findAdminInis({
    argument: null,
    env: {},
    platform: 'linux',
    programFolder: '/opt/gantry',
    fileExists: (path) => existing.includes(path),
    namesIn: (folder) =>
      existing.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1)),
    ...options,
  });
}

describe('findAdminInis', () => {
  it('takes the argument at its word, even where there is no such file', () => {
    const env = { GANTRY_ADMIN_INI: '/from/env.ini' };

    expect(find({ argument: '/typo.ini', env }, '/etc/gantry/servers.ini')).toBe('/typo.ini');
  });

  it('then the environment', () => {
    const env = { GANTRY_ADMIN_INI: '/from/env.ini' };

    expect(find({ env }, '/etc/gantry/servers.ini')).toBe('/from/env.ini');
    expect(find({ env: { GANTRY_ADMIN_INI: '' } }, '/etc/gantry/servers.ini')).toBe(
      '/etc/gantry/servers.ini',
    );
  });

  it('then the machine’s folder', () => {
    const mac = '/Library/Application Support/Gantry/servers.ini';
    const windows = 'D:\\ProgramData\\Gantry\\servers.ini';

    expect(find({}, '/etc/gantry/servers.ini', '/opt/gantry/admin-ini/servers.ini')).toBe(
      '/etc/gantry/servers.ini',
    );
    expect(find({ platform: 'darwin' }, mac)).toBe(mac);
    expect(find({ platform: 'win32', env: { ProgramData: 'D:\\ProgramData' } }, windows)).toBe(windows);
    expect(find({ platform: 'win32' }, 'C:\\ProgramData\\Gantry\\servers.ini')).not.toBeNull();
  });

  it('then the folder beside the program', () => {
    expect(find({}, '/opt/gantry/admin-ini/servers.ini')).toBe('/opt/gantry/admin-ini/servers.ini');
    const windows = 'C:\\Gantry\\admin-ini\\servers.ini';
    expect(find({ platform: 'win32', programFolder: 'C:\\Gantry' }, windows)).toBe(windows);
  });

  it('takes several, separated as in PATH, in their order', () => {
    expect(found({ env: { GANTRY_ADMIN_INI: '/b.ini:/a.ini' } })).toEqual(['/b.ini', '/a.ini']);
    expect(found({ platform: 'win32', argument: 'C:\\b.ini;D:\\a.ini' })).toEqual(['C:\\b.ini', 'D:\\a.ini']);
  });

  it('takes what lies in servers.d after servers.ini, by name, and nothing but .ini', () => {
    const files = [
      '/etc/gantry/servers.d/20.ini',
      '/etc/gantry/servers.d/10.INI',
      '/etc/gantry/servers.d/x.txt',
    ];

    expect(found({}, '/etc/gantry/servers.ini', ...files)).toEqual([
      '/etc/gantry/servers.ini',
      '/etc/gantry/servers.d/10.INI',
      '/etc/gantry/servers.d/20.ini',
    ]);
    expect(found({}, files[0]!, '/opt/gantry/admin-ini/servers.ini')).toEqual([files[0]]);
  });

  it('else says that there is none', () => {
    expect(find({})).toBeNull();
  });
});
