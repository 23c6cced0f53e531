import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'electron';

/**
 * Makes a folder the app's home, and keeps the browser's own caches in a folder of theirs below it.
 *
 * @param wanted `null`: where the system keeps such things
 * @returns the home, which exists now
 */
export function settleIn(app: App, wanted: string | null): string {
  const home = wanted ?? app.getPath('userData');
  const browser = join(home, 'browser');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  mkdirSync(browser, { recursive: true });
  app.setPath('userData', home);
  app.setPath('sessionData', browser);
  return home;
}
