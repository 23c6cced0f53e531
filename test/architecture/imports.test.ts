import { describe, expect, it } from 'vitest';
import { importsOf, roomOf, sourceFiles, type Import } from './read-imports.ts';
import { electronIsSpokenIn, entryPoints, ownThreads, rooms } from './rooms.ts';

const files = ['electron', 'renderer'].flatMap(sourceFiles);
const imports: readonly Import[] = files.flatMap(importsOf);
const crossing = imports.filter(
  ({ file, target }) => roomOf(target) !== null && roomOf(file) !== roomOf(target),
);

describe('the import rule', () => {
  it('gives every source file a room', () => {
    const homeless = files.filter((file) => roomOf(file) === null && !entryPoints.includes(file));

    expect(homeless).toEqual([]);
  });

  it('lets each room import only from the rooms below it', () => {
    const wrong = crossing.filter(
      ({ file, target }) => !entryPoints.includes(file) && !rooms[roomOf(file)!]!.includes(roomOf(target)!),
    );

    expect(wrong).toEqual([]);
  });

  it('enters every room but the contract through its index.ts', () => {
    const backDoors = crossing.filter(
      ({ file, target }) =>
        roomOf(target) !== 'electron/contract' && !isOwnStair(file, target) && !/\/index\.tsx?$/.test(target),
    );

    expect(backDoors).toEqual([]);
  });

  it("lets only the shell and its entry points import 'electron'", () => {
    const spoken = imports.filter(
      ({ file, target }) =>
        /^electron(\/|$)/.test(target) &&
        !target.includes('.') &&
        !electronIsSpokenIn.some((place) => file.startsWith(place)),
    );

    expect(spoken).toEqual([]);
  });

  it('keeps cornerstone inside its one folder of the viewer', () => {
    const loose = imports.filter(
      ({ file, target }) =>
        target.startsWith('@cornerstonejs/') && !file.startsWith('renderer/features/viewer/cornerstone/'),
    );

    expect(loose).toEqual([]);
  });

  it('lets nobody import a file that runs in a thread or process of its own', () => {
    expect(imports.filter(({ target }) => ownThreads.includes(target))).toEqual([]);
  });

  it('has no circle among the rooms', () => {
    const order = Object.keys(rooms);
    const upwards = order.filter((room, rank) => rooms[room]!.some((below) => order.indexOf(below) >= rank));

    expect(upwards).toEqual([]);
  });

  it('reads imports, re-exports, types and dynamic imports alike', () => {
    const targets = importsOf('electron/cli/verbs.ts').map(({ target }) => target);

    expect(targets).toEqual(
      expect.arrayContaining(['electron/cli/arguments.ts', 'electron/cli/retrieve.ts']),
    );
  });
});

/** The entry point of a room that has no other: `electron/cli.ts` is the stair down into `electron/cli/`. */
function isOwnStair(file: string, target: string): boolean {
  return file === 'electron/cli.ts' && target.startsWith('electron/cli/');
}
