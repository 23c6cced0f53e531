import type { Archive, OpenArchiveOptions } from './archive.ts';
import { openArchive } from './open-archive.ts';

export interface MovableArchive {
  readonly current: () => Archive;
  /** Opens the archive of another folder in place of this one; nothing is moved or deleted. */
  move(folder: string): Promise<void>;
  close(): Promise<void>;
}

/** @param watch listens to an archive that was opened, and answers how to stop */
export async function openMovableArchive(
  options: OpenArchiveOptions,
  watch: (archive: Archive) => () => void,
): Promise<MovableArchive> {
  let archive = await openArchive(options);
  let stopWatching = watch(archive);
  return {
    current: () => archive,
    move: async (folder) => {
      if (folder === archive.folder) return;
      const next = await openArchive({ ...options, folder });
      const before = archive;
      stopWatching();
      archive = next;
      stopWatching = watch(next);
      await before.close();
    },
    close: () => {
      stopWatching();
      return archive.close();
    },
  };
}
