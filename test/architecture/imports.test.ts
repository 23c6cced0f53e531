import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { electronIsSpokenIn, entryPoints, rooms } from './rooms.ts';

const root = join(import.meta.dirname, '../..');

interface Import {
  readonly file: string;
  readonly target: string;
}

const imports: readonly Import[] = ['electron', 'renderer'].flatMap(sourceFiles).flatMap(importsOf);

describe('the import rule', () => {
  it('gives every source file a room', () => {
    const homeless = ['electron', 'renderer']
      .flatMap(sourceFiles)
      .filter((file) => roomOf(file) === null && !isEntryPoint(file));
    expect(homeless).toEqual([]);
  });

  it('lets each room import only from the rooms below it', () => {
    expect(
      imports
        .filter(crossesRooms)
        .filter(
          ({ file, target }) => !isEntryPoint(file) && !rooms[roomOf(file)!]!.includes(roomOf(target)!),
        ),
    ).toEqual([]);
  });

  it('enters every room but the contract through its index.ts', () => {
    expect(
      imports
        .filter(crossesRooms)
        .filter(
          ({ target }) => roomOf(target) !== 'electron/contract' && posix.basename(target) !== 'index.ts',
        ),
    ).toEqual([]);
  });

  it("lets only the shell and the two entry points import 'electron'", () => {
    expect(
      imports.filter(
        ({ file, target }) =>
          target === 'electron' && !electronIsSpokenIn.some((place) => file.startsWith(place)),
      ),
    ).toEqual([]);
  });

  it('keeps cornerstone inside the viewer', () => {
    expect(
      imports.filter(
        ({ file, target }) =>
          target.startsWith('@cornerstonejs/') && !file.startsWith('renderer/features/viewer/'),
      ),
    ).toEqual([]);
  });

  it('has no circle among the rooms', () => {
    const order = Object.keys(rooms);
    expect(order.filter((room, rank) => rooms[room]!.some((below) => order.indexOf(below) >= rank))).toEqual(
      [],
    );
  });
});

function importsOf(file: string): Import[] {
  const { module, errors } = parseSync(file, readFileSync(join(root, file), 'utf8'));
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`);
  const said = [
    ...module.staticImports.map((each) => each.moduleRequest.value),
    ...module.staticExports.flatMap((each) =>
      each.entries.flatMap((entry) => entry.moduleRequest?.value ?? []),
    ),
  ];
  return said.map((specifier) => ({
    file,
    target: specifier.startsWith('.') ? posix.join(dirname(file), specifier) : specifier,
  }));
}

function roomOf(path: string): string | null {
  return (
    Object.keys(rooms)
      .filter((room) => path.startsWith(`${room}/`))
      .sort((a, b) => b.length - a.length)[0] ?? null
  );
}

function crossesRooms({ file, target }: Import): boolean {
  return roomOf(target) !== null && roomOf(file) !== roomOf(target);
}

function isEntryPoint(file: string): boolean {
  return [
    'electron/main.ts',
    'electron/preload.ts',
    'electron/compose.ts',
    'renderer/main.tsx',
    'renderer/app.tsx',
  ].includes(file);
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}
