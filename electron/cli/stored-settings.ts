import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UsageError, type Arguments } from './arguments.ts';
import { homeOf } from './values.ts';

/** The folder that is named, or else the one where the app keeps its settings on this system. */
export function settingsHome(args: Arguments): string {
  return homeOf(args) ?? usualHome(process.platform, process.env);
}

/** @throws UsageError where there are no settings */
export function storedIn(home: string): Readonly<Record<string, unknown>> {
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
