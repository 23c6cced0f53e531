import { existsSync } from 'node:fs';
import { posix, win32 } from 'node:path';

/**
 * Where the administrator's file is: named by `--admin-ini` or else by GANTRY_ADMIN_INI (then it is
 * taken at its word, so that a wrong path is said and not passed over), else the first that exists of
 * the machine's folder and `admin-ini` beside the program; `null`: nowhere.
 */
export function findAdminIni(options: {
  readonly argument: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly programFolder: string;
  readonly fileExists?: (path: string) => boolean;
}): string | null {
  const named = options.argument ?? options.env['GANTRY_ADMIN_INI'] ?? '';
  if (named !== '') return named;

  const path = options.platform === 'win32' ? win32 : posix;
  const candidates = [
    path.join(machineFolder(options.platform, options.env), 'servers.ini'),
    path.join(options.programFolder, 'admin-ini', 'servers.ini'),
  ];
  return candidates.find(options.fileExists ?? existsSync) ?? null;
}

function machineFolder(platform: NodeJS.Platform, env: Readonly<Record<string, string | undefined>>): string {
  if (platform === 'win32') return win32.join(env['ProgramData'] ?? 'C:\\ProgramData', 'Gantry');
  return platform === 'darwin' ? '/Library/Application Support/Gantry' : '/etc/gantry';
}
