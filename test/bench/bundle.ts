import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'out/bench');

/**
 * Bundles our side of the measurements as the app is bundled: from the sources, Node would spend memory
 * and time on taking the types out.
 *
 * @returns the path of each script by its name
 */
export async function bundle(): Promise<(name: string) => string> {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      target: 'node24',
      rollupOptions: {
        input: {
          'our-receiver': join(import.meta.dirname, 'our-receiver.ts'),
          'our-find': join(import.meta.dirname, 'our-find.ts'),
          'index-worker': join(root, 'electron/archive/index-worker.ts'),
        },
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  return (name) => join(folder, `${name}.js`);
}
