import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the fuses begin in Electron's binary, and nine of them as they are in a fresh one. */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseVersion = 1;
const freshFuses = '101001011';
const beside = [
  'LICENSE',
  'LICENSES.chromium.html',
  'chrome_crashpad_handler',
  'chrome-sandbox',
  'libffmpeg.so',
  'resources.pak',
];

/**
 * Makes a folder that electron-builder takes for Electron's Linux build, so that packaging can be
 * checked where the real one can't be had: any ELF program with fuses behind it, and the file names.
 *
 * @param {string} folder
 * @param {string} version of the Electron it stands for
 */
export function makeFakeElectron(folder, version) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'resources'), { recursive: true });
  const fuses = Buffer.concat([
    Buffer.from(fuseSentinel),
    Buffer.from([fuseVersion, freshFuses.length]),
    Buffer.from(freshFuses),
  ]);
  const gap = Buffer.alloc(16);
  writeFileSync(join(folder, 'electron'), Buffer.concat([readFileSync('/bin/true'), gap, fuses, gap]));
  chmodSync(join(folder, 'electron'), 0o755);
  for (const name of beside) writeFileSync(join(folder, name), '');
  copyFileSync('/bin/true', join(folder, 'chrome-sandbox'));
  writeFileSync(join(folder, 'version'), version);
}
