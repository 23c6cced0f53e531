import { readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { exportIni, mergeAdminFiles, openServerBook } from '../servers/index.ts';
import { optional, UsageError, type Arguments } from './arguments.ts';
import { say } from './output.ts';
import { homeOf } from './values.ts';

/** Writes the servers that a person keeps as an administrator's file, for others to be given them. */
export async function exportServers(args: Arguments): Promise<number> {
  if (args.paths.length > 0) throw new UsageError('export-ini takes no files; name the target with --to.');
  const home = homeOf(args) ?? usualHome(process.platform, process.env);
  const stored = storedIn(home);
  const book = openServerBook({
    store: { get: (key) => stored[key], set: refuseWriting },
    admin: () => mergeAdminFiles([]),
    newId: refuseWriting,
    now: () => new Date(),
  });
  const text = exportIni(book.own(), book.list());
  const target = optional(args, 'to');
  if (target === null) process.stdout.write(text);
  else writeFileSync(target, text);
  const left = book.list().setAside;
  for (const { name, problems } of left) say(`${name}: ${problems[0]?.message ?? 'It can’t be used.'}`);
  return left.length === 0 ? 0 : 1;
}

function refuseWriting(): never {
  throw new Error('the settings are only read here');
}

/** @throws UsageError where there are no settings */
function storedIn(home: string): Readonly<Record<string, unknown>> {
  const file = join(home, 'settings.json');
  try {
    const stored: unknown = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    return typeof stored === 'object' && stored !== null ? { ...stored } : {};
  } catch {
    throw new UsageError(`There are no settings to be read in ${file}. Name their folder with --home.`);
  }
}

const appName = 'Gantry';

/** Where Electron keeps an app's settings on that system. */
function usualHome(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), appName);
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', appName);
  return join(env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), appName);
}
