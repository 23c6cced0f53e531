import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { node24 } from './node-24.mjs';

const require = createRequire(import.meta.url);

/** The folder of the stand-in, which Electron's own starter takes for that of the binary. */
export const standIn = fileURLToPath(new URL('electron-stand-in', import.meta.url));

/** @returns {boolean} whether Electron's binary lies on this machine */
export function isElectronHere() {
  return existsSync(join(dirname(require.resolve('electron/package.json')), 'path.txt'));
}

/** @returns {boolean} whether a window can be shown */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/**
 * Chooses between Electron and its stand-in; a choice already made in the environment is kept.
 *
 * @param {{ download: boolean }} options whether to try to download the binary where it is missing
 * @returns {'electron' | 'stand-in'} what `ELECTRON_OVERRIDE_DIST_PATH` now leads to
 */
export function chooseElectron({ download }) {
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (given) return resolve(given) === standIn ? 'stand-in' : 'electron';
  if (hasDisplay() && (isElectronHere() || (download && downloadElectron()))) return 'electron';
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = standIn;
  return 'stand-in';
}

/** @returns {boolean} whether it came; without a way to it this fails at once */
function downloadElectron() {
  console.error('Fetching Electron, once …');
  const { status } = spawnSync(node24(), [require.resolve('electron/install.js')], {
    stdio: ['ignore', 'inherit', 'ignore'],
  });
  return status === 0;
}
