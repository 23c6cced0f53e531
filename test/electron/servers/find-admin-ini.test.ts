import { describe, expect, it } from 'vitest';
import { findAdminIni } from '../../../electron/servers/index.ts';

type Options = Parameters<typeof findAdminIni>[0];

function find(options: Partial<Options>, ...existing: string[]): string | null {
  return findAdminIni({
    argument: null,
    env: {},
    platform: 'linux',
    programFolder: '/opt/gantry',
    fileExists: (path) => existing.includes(path),
    ...options,
  });
}

describe('findAdminIni', () => {
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

  it('else says that there is none', () => {
    expect(find({})).toBeNull();
  });
});
