import { existsSync, readdirSync } from 'node:fs';
import { posix, win32 } from 'node:path';

export interface AdminIniSearch {
  readonly argument: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly programFolder: string;
  readonly fileExists?: (path: string) => boolean;
  /** Names in a folder; none where there is no such folder. */
  readonly namesIn?: (folder: string) => readonly string[];
}

/**
 * Where the administrator's files are, in the order in which they count: named by `--admin-ini` or else
 * by GANTRY_ADMIN_INI (then they are taken at their word, so that a wrong path is said and not passed
 * over; several are separated as in PATH), else `servers.ini` and `servers.d/*.ini` by name, in the
 * machine's folder, or where that has none in `admin-ini` beside the program.
 */
export function findAdminInis(search: AdminIniSearch): readonly string[] {
  const path = search.platform === 'win32' ? win32 : posix;
  const named = search.argument ?? search.env['GANTRY_ADMIN_INI'] ?? '';
  if (named !== '') return named.split(path.delimiter).filter((file) => file !== '');

  for (const folder of adminFolders(search)) {
    const found = filesIn(folder, path, search);
    if (found.length > 0) return found;
  }
  return [];
}

/** Folders in which a file may appear or change. */
export function adminFolders(
  search: Pick<AdminIniSearch, 'env' | 'platform' | 'programFolder'>,
): readonly string[] {
  const path = search.platform === 'win32' ? win32 : posix;
  return [machineFolder(search.platform, search.env), path.join(search.programFolder, 'admin-ini')];
}

function filesIn(folder: string, path: typeof posix, search: AdminIniSearch): readonly string[] {
  const { fileExists = existsSync, namesIn = namesOf } = search;
  const first = path.join(folder, 'servers.ini');
  const more = path.join(folder, 'servers.d');
  const names = namesIn(more).filter((name) => name.toLowerCase().endsWith('.ini'));
  return [...(fileExists(first) ? [first] : []), ...names.toSorted().map((name) => path.join(more, name))];
}

function namesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function machineFolder(platform: NodeJS.Platform, env: Readonly<Record<string, string | undefined>>): string {
  if (platform === 'win32') return win32.join(env['ProgramData'] ?? 'C:\\ProgramData', 'Gantry');
  return platform === 'darwin' ? '/Library/Application Support/Gantry' : '/etc/gantry';
}
