import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = join(import.meta.dirname, '../../..');

/** The renderer alone in a browser, with a fake main process: `vite --config test/renderer/harness/vite.config.ts`. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  resolve: { alias: { xmlbuilder2: join(root, 'build/no-xml.ts') } },
  server: { fs: { allow: [root] } },
  build: {
    outDir: process.env['HARNESS_OUT'] ?? join(root, 'out/harness'),
    emptyOutDir: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
  },
});
