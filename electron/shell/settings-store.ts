import { join } from 'node:path';
import Store from 'electron-store';

/** Where settings and servers are kept between starts, key by key. */
export interface SettingsStore {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

const name = 'settings';

/** The settings file in the app's home. */
export function settingsFile(home: string): string {
  return join(home, `${name}.json`);
}

/**
 * Opens the settings file; each `set` replaces it in one step.
 *
 * A file that can't be read must have been put aside before: electron-store would not start with it.
 */
export function openSettingsStore(home: string): SettingsStore {
  const store = new Store({
    cwd: home,
    name,
    accessPropertiesByDotNotation: false,
    // Some editors begin a file with a byte order mark.
    deserialize: (text) => JSON.parse(text.replace(/^\uFEFF/, '')) as Record<string, unknown>,
  });
  return {
    get: (key) => store.get(key),
    set: (key, value) => store.set(key, value),
  };
}
