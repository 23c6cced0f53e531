import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build-if-stale.mjs';
import { chooseElectron } from './electron-to-run.mjs';
import { canInstall, findChromium, install, installCommand } from './find-chromium.mjs';
import { node24 } from './node-24.mjs';

/** `npm start`: the app in Electron, or where its binary can't be had, in the stand-in over Chromium. */
const require = createRequire(import.meta.url);
const node = node24();
const chosen = chooseElectron({ download: true });
if (chosen === 'stand-in') needChromium();
buildIfStale();

const args = process.argv.slice(2);
if (chosen === 'electron' && process.platform === 'linux' && process.getuid?.() === 0) {
  console.error('Electron is started without its sandbox, because Chromium refuses its sandbox to root.');
  args.push('--no-sandbox');
}
const child = spawn(node, [require.resolve('electron/cli.js'), '.', ...args], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  stdio: 'inherit',
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => child.kill(signal));
}
child.on('exit', (code) => process.exit(code ?? 1));

function needChromium() {
  console.error(
    'Electron itself is not to be had here: starting its stand-in, which shows the app in Chromium.',
  );
  if (findChromium()) return;
  if (canInstall() && install(['chromium']) && findChromium()) return;
  console.error(`Chromium is missing, too. Install it with:\n  ${installCommand}`);
  process.exit(1);
}
