import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'out/bench');

/** The path of a bundled script by its name. */
export type Bundled = (name: string) => string;

/**
 * Bundles our side of the measurements as the app is bundled: from the sources, Node would spend memory
 * and time on taking the types out.
 */
export async function bundle(): Promise<Bundled> {
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
          'our-sender': join(import.meta.dirname, 'our-sender.ts'),
          'our-find': join(import.meta.dirname, 'our-find.ts'),
          'raw-receiver': join(import.meta.dirname, 'raw-receiver.ts'),
          'index-worker': join(root, 'electron/archive/index-worker.ts'),
        },
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  return (name) => join(folder, `${name}.js`);
}
