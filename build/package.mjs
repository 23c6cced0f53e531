import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkPackage } from './check-package.mjs';
import { isElectronHere } from './electron-to-run.mjs';
import { makeFakeElectron } from './fake-electron.mjs';

/** `npm run package`: the Linux application in `dist/linux-unpacked`, and what is in it. */
const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('..', import.meta.url));
const unpacked = join(root, 'dist/linux-unpacked');

rmSync(unpacked, { recursive: true, force: true });
const builder = require.resolve('electron-builder/cli.js');
const args = [
  '--linux',
  'dir',
  '--config',
  'build/electron-builder.yml',
  `-c.electronDist=${electronFolder()}`,
];
const { status } = spawnSync(process.execPath, [builder, ...args, '--publish', 'never'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, CSC_IDENTITY_AUTO_DISCOVERY: 'false' },
});
if (status !== 0) process.exit(status ?? 1);

const checks = await checkPackage(unpacked, join(unpacked, 'gantry'));
for (const { what, isRight } of checks) console.log(`${isRight ? '  right' : '  WRONG'}  ${what}`);
const wrong = checks.filter(({ isRight }) => !isRight).length;
console.log(
  wrong === 0
    ? `${checks.length} checks, all right: ${unpacked}`
    : `${wrong} of ${checks.length} checks are wrong`,
);
process.exit(wrong === 0 ? 0 : 1);

function electronFolder() {
  const electron = dirname(require.resolve('electron/package.json'));
  if (isElectronHere()) return join(electron, 'dist');
  const fake = join(root, 'out/fake-electron');
  makeFakeElectron(fake, require('electron/package.json').version);
  console.log(
    'Electron’s binary is not here: packaging around a stand-in of its files, which can be checked but not run.',
  );
  return fake;
}
