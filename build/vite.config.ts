import { builtinModules } from 'node:module';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions, type Rolldown } from 'vite';

const root = join(import.meta.dirname, '..');

/** Runs in Electron's own Node: everything but Electron and Node's own modules goes into the files. */
function electron(
  input: Readonly<Record<string, string>>,
  outDir: string,
  format: 'es' | 'cjs',
): EnvironmentOptions {
  const extension = format === 'cjs' ? 'cjs' : 'js';
  return {
    consumer: 'server',
    resolve: {
      noExternal: true,
      external: ['electron', ...builtinModules],
      builtins: [/^node:/, 'electron', ...builtinModules],
      conditions: ['node'],
    },
    build: {
      outDir: join(root, outDir),
      target: 'node24',
      minify: false,
      sourcemap: true,
      emptyOutDir: true,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(input).map(([name, file]) => [name, join(root, file)])),
        external: ['electron', /^node:/, ...builtinModules],
        onLog,
        output: {
          format,
          entryFileNames: `[name].${extension}`,
          chunkFileNames: `chunks/[name].${extension}`,
          ...(format === 'cjs' ? { codeSplitting: false } : {}),
        },
      },
    },
  };
}

/** The codecs ask for `fs` and `path` where they run in Node, and have an `eval` for hosts that lack a module system. */
function onLog(
  level: Rolldown.LogLevel,
  log: Rolldown.RolldownLog,
  handle: (level: Rolldown.LogLevel, log: Rolldown.RolldownLog) => void,
): void {
  if (!/externalized for browser compatibility|direct `eval`/.test(log.message)) handle(level, log);
}

export default defineConfig({
  root: join(root, 'renderer'),
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  resolve: {
    // vtk.js reads XML meshes through a package that needs Node; this app reads none.
    alias: { xmlbuilder2: join(import.meta.dirname, 'no-xml.ts') },
  },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          input: join(root, 'renderer/index.html'),
          onLog,
        },
        outDir: join(root, 'out/renderer'),
        emptyOutDir: true,
        target: 'chrome140',
        assetsInlineLimit: 0,
        chunkSizeWarningLimit: 6000,
      },
    },
    main: electron(
      {
        main: 'electron/main.ts',
        'index-worker': 'electron/archive/index-worker.ts',
        'demo-archive': 'electron/demo/demo-archive.ts',
      },
      'out/main',
      'es',
    ),
    preload: electron({ preload: 'electron/preload.ts' }, 'out/preload', 'cjs'),
  },
  builder: {
    buildApp: async (builder) => {
      for (const name of ['client', 'main', 'preload']) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
});
