import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const bundled = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));

/** @returns {string} the path of a Node 24 or newer: this one, or the one that `npm ci` brought */
export function node24() {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major >= 24) return process.execPath;
  if (existsSync(bundled)) return bundled;
  console.error(
    `Gantry is built with Node 24 or newer, and this is Node ${process.versions.node}. ` +
      'On Linux `npm ci` brings it; elsewhere install it from https://nodejs.org.',
  );
  return process.exit(1);
}
