import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
const elsewhere = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** The command that brings Chromium to a Debian or Ubuntu. */
export const installCommand = 'sudo apt-get update && sudo apt-get install -y chromium';

/** @returns {string | null} the path of a Chromium on this machine; `CHROMIUM` names one of your own */
export function findChromium() {
  const own = process.env['CHROMIUM'];
  if (own) return own;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...elsewhere];
  return candidates.find(isExecutable) ?? null;
}

/** @returns {boolean} whether this process may install Debian packages */
export function canInstall() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
}

/**
 * Installs Debian packages, saying so.
 *
 * @param {readonly string[]} packages
 * @returns {boolean} whether it worked
 */
export function install(packages) {
  console.error(`Installing ${packages.join(', ')} with apt-get …`);
  const options = {
    stdio: /** @type {const} */ (['ignore', 'ignore', 'inherit']),
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update', '-qq'], options);
  return (
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options).status ===
    0
  );
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
