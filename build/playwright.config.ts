import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { chooseElectron } from './electron-to-run.mjs';

// Playwright finds Electron the way `electron .` does, by this process' environment.
chooseElectron({ download: false });

const root = join(import.meta.dirname, '..');

export default defineConfig({
  testDir: join(root, 'test/end-to-end'),
  outputDir: join(root, 'test-results'),
  // Two apps at once on two cores only make both slow.
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ? [['list'], ['json']] : [['list']],
});
