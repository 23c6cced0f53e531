import { readFileSync } from 'node:fs';
import { open as openInspector } from 'node:inspector';
import { createRequire, registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Stands where Electron's binary would: `electron [switches] [-r module] <app folder> [arguments]`. */
const electronUrl = new URL('./electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main'
      ? { url: electronUrl, shortCircuit: true }
      : next(specifier, context),
});

const given = process.argv.slice(2);
const switches: string[] = [];
const preloads: string[] = [];
let appFolder: string | undefined;
for (let at = 0; at < given.length && appFolder === undefined; at++) {
  const argument = given[at]!;
  if (argument === '-r' || argument === '--require') preloads.push(given[++at]!);
  else if (argument.startsWith('--inspect')) openInspector(Number(argument.split('=')[1] ?? 9229));
  else if (argument.startsWith('--')) switches.push(argument);
  else appFolder = path.resolve(argument);
}
appFolder ??= process.cwd();

const manifest = JSON.parse(readFileSync(path.join(appFolder, 'package.json'), 'utf8')) as {
  name: string;
  productName?: string;
  version: string;
  main: string;
};
process.argv = [path.join(import.meta.dirname, 'electron'), ...given];
Object.defineProperty(process, 'type', { value: 'browser' });
Object.defineProperty(process, 'resourcesPath', { value: path.join(import.meta.dirname, 'resources') });
Object.defineProperty(process.versions, 'electron', { value: '0.0.0-stand-in', enumerable: true });

const { app } = await import('./app.ts');
app.describe({
  folder: appFolder,
  switches,
  name: manifest.productName ?? manifest.name,
  version: manifest.version,
});
const require = createRequire(path.join(appFolder, 'index.js'));
for (const preload of preloads) require(path.resolve(preload));
// As in Electron, 'ready' comes only after the whole entry point has run, so awaiting it there never ends.
await import(pathToFileURL(path.join(appFolder, manifest.main)).href);
await app.start();
