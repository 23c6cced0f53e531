import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { parseSync } from 'vite';
import { rooms } from './rooms.ts';

export const root = join(import.meta.dirname, '../..');

export interface Import {
  readonly file: string;
  readonly target: string;
}

/** Everything a file imports or re-exports, types and `import()` included; paths from the root. */
export function importsOf(file: string): readonly Import[] {
  const source = readFileSync(join(root, file), 'utf8');
  const { module, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`);
  const said = [
    ...module.staticImports.map((each) => each.moduleRequest.value),
    ...module.staticExports.flatMap((each) =>
      each.entries.flatMap((entry) => entry.moduleRequest?.value ?? []),
    ),
    ...module.dynamicImports.map(({ moduleRequest }) =>
      source.slice(moduleRequest.start, moduleRequest.end).replaceAll(/['"`]/g, ''),
    ),
  ];
  return said.map((specifier) => ({
    file,
    target: specifier.startsWith('.') ? posix.join(dirname(file), specifier) : specifier,
  }));
}

export function roomOf(path: string): string | null {
  const inside = Object.keys(rooms).filter((room) => path.startsWith(`${room}/`));
  return inside.toSorted((a, b) => b.length - a.length)[0] ?? null;
}

/** Every TypeScript source below a top-level folder. */
export function sourceFiles(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}
