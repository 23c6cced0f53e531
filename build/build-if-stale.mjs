import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { node24 } from './node-24.mjs';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('..', import.meta.url));
const sources = ['electron', 'renderer', 'build/vite.config.ts', 'package.json', 'package-lock.json'];
const results = ['out/renderer/index.html', 'out/preload/preload.cjs', 'out/main/main.js'];

/** Builds the app where it is missing or older than its sources; ends the process when that fails. */
export function buildIfStale() {
  const built = Math.min(...results.map((file) => changedAt(join(root, file))));
  const changed = Math.max(...sources.map((path) => newestIn(join(root, path))));
  if (built >= changed) return;
  console.error('Building …');
  const vite = join(dirname(require.resolve('vite/package.json')), 'bin/vite.js');
  const args = [vite, 'build', '--app', '--config', 'build/vite.config.ts', '--logLevel', 'warn'];
  const { status } = spawnSync(node24(), args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** @param {string} path @returns {number} */
function newestIn(path) {
  if (!statSync(path).isDirectory()) return changedAt(path);
  const files = readdirSync(path, { recursive: true, withFileTypes: true });
  return Math.max(...files.map((entry) => changedAt(join(entry.parentPath, entry.name))));
}

/** @param {string} path @returns {number} 0 where there is none */
function changedAt(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}
