import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build-if-stale.mjs';
import { chooseElectron } from './electron-to-run.mjs';
import { canInstall, findChromium, install, installCommand } from './find-chromium.mjs';
import { demoTour } from './demo-tour.mjs';

/** `npm run demo`: the app does its main job by itself, and leaves its pictures in `out/demo`. */
const chosen = chooseElectron({ download: true });
if (chosen === 'stand-in' && !findChromium() && !(canInstall() && install(['chromium']))) {
  console.error(`Chromium is missing. Install it with:\n  ${installCommand}`);
  process.exit(1);
}
buildIfStale();

// Playwright looks for Electron when it is loaded, so only now.
const { _electron } = await import('@playwright/test');
const root = fileURLToPath(new URL('..', import.meta.url));
const pictures = join(root, 'out/demo');
const home = mkdtempSync(join(tmpdir(), 'gantry-demo-'));
rmSync(pictures, { recursive: true, force: true });
mkdirSync(pictures, { recursive: true });

const begun = performance.now();
const asRoot = chosen === 'electron' && process.platform === 'linux' && process.getuid?.() === 0;
const app = await _electron.launch({
  args: ['.', '--demo', ...(asRoot ? ['--no-sandbox'] : [])],
  cwd: root,
  env: { ...process.env, GANTRY_HOME: home },
});
try {
  const page = await app.firstWindow();
  await demoTour(page, {
    say: (line) => console.log(`${((performance.now() - begun) / 1000).toFixed(1).padStart(5)} s  ${line}`),
    picture: async (name) => {
      await page.screenshot({ path: join(pictures, `${name}.png`) });
    },
  });
  console.log(`Pictures: ${pictures}`);
} finally {
  await app.close();
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
}
