export type { Archive, Frame, OpenArchiveOptions } from './archive.ts';
export { folderStore } from './folder-store.ts';
export { type MovableArchive, openMovableArchive } from './movable-archive.ts';
export { openArchive } from './open-archive.ts';
