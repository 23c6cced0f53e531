import { extname } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build, type Plugin } from 'vite';
import { findChromium } from '../../../build/find-chromium.mjs';

const origin = 'http://gantry.test';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

/** The screens but the viewer, built into memory, over a fake main process, in a real browser. */
export interface Harness extends AsyncDisposable {
  /** Closes the page before. `query`: which scene, how many rows (`?scene=full&rows=40`); the page fails on any error of its own. */
  open(query: string, size?: { readonly width: number; readonly height: number }): Promise<Page>;
  /** What the pages complained of so far. */
  readonly complaints: readonly string[];
}

/** `null`: there is no Chromium on this machine. */
export async function openHarness(): Promise<Harness | null> {
  const executablePath = findChromium();
  if (executablePath === null) return null;
  const files = await builtFiles();
  const browser: Browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  // A context of its own: axe opens a second page beside the one it looks at.
  const context = await browser.newContext({ locale: 'en-US' });
  const complaints: string[] = [];
  await context.route(`${origin}/**`, (route) => {
    const path = new URL(route.request().url()).pathname.replace(/^\/$/, '/index.html').slice(1);
    const body = files.get(path);
    return body === undefined
      ? route.fulfill({ status: 404 })
      : route.fulfill({ body, contentType: types[extname(path)] ?? 'application/octet-stream' });
  });
  let before: Page | null = null;
  return {
    complaints,
    async open(query, size = { width: 1280, height: 800 }) {
      // One page at a time: a scene goes on moving, and dozens of them starve the one that is looked at.
      await before?.close();
      const page = await context.newPage();
      before = page;
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      await page.setViewportSize(size);
      await page.goto(`${origin}/${query}`);
      return page;
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
    },
  };
}

async function builtFiles(): Promise<ReadonlyMap<string, Buffer>> {
  const built = await build({
    configFile: false,
    root: import.meta.dirname,
    base: './',
    logLevel: 'error',
    plugins: [withoutViewer, react()],
    build: { write: false, minify: false, target: 'chrome140', reportCompressedSize: false },
  });
  if (!('output' in built)) throw new Error('the build gave no single output');
  return new Map(
    built.output.map((file) => [file.fileName, Buffer.from(file.type === 'chunk' ? file.code : file.source)]),
  );
}

/** cornerstone is most of the build, and these tests look at nothing of it. */
const withoutViewer: Plugin = {
  name: 'without-viewer',
  enforce: 'pre',
  resolveId: (id) => (id.endsWith('features/viewer/index.ts') ? '\0viewer' : null),
  load: (id) => (id === '\0viewer' ? 'export const ViewerScreen = () => null' : null),
};
