import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, sourceFiles } from './read-imports.ts';
import { rooms } from './rooms.ts';

const maximumLines = 300;

describe('the house', () => {
  it(`keeps every source file within ${maximumLines} lines that say something`, () => {
    // A table out of the standard is as long as the standard's.
    const tables = /\/(attribute-table|sop-class|transfer-syntax)\.ts$/;
    const long = ['electron', 'renderer']
      .flatMap(sourceFiles)
      .filter((file) => !tables.test(file))
      .map((file) => ({ file, lines: speakingLines(readFileSync(join(root, file), 'utf8')) }))
      .filter(({ lines }) => lines > maximumLines);

    expect(long).toEqual([]);
  });

  it('is drawn in ARCHITECTURE.md as the import rule has it', () => {
    const page = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
    const drawn = [...page.matchAll(/^\| `([\w/-]+)` \| ([^|]*) \|/gm)].map(
      ([, room = '', imports = '']) =>
        [room, [...imports.matchAll(/`([\w/-]+)`/g)].map(([, name]) => name)] as const,
    );
    const built = Object.entries(rooms).map(([room, below]) => [short(room), below.map(short)] as const);

    expect(Object.fromEntries(drawn)).toEqual(Object.fromEntries(built));
  });

  it('links only to files that are there', () => {
    const missing = ['README.md', 'ARCHITECTURE.md', 'admin-ini/README.md'].flatMap((page) =>
      linksOf(page).filter((link) => !existsSync(join(root, dirname(page), link))),
    );

    expect(missing).toEqual([]);
  });
});

function linksOf(page: string): readonly string[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/\]\((?!https?:|#)([^)#]+)\)/g)].map(([, link = '']) => link);
}

/** Lines that are neither empty nor only comment. */
function speakingLines(source: string): number {
  return source.split('\n').filter((line) => !/^\s*(\/\/.*|\/?\*.*)?$/.test(line)).length;
}

function short(room: string): string {
  return room.replace(/^electron\//, '');
}
