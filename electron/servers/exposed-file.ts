import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Who may change a file besides its owner; `folder`: by putting another one in its place. */
export interface Exposure {
  readonly file: boolean;
  /** The folder in which everybody may do so; `null`: none. */
  readonly folder: string | null;
}

const everybodyWrites = 0o002;
const onlyOwnFiles = 0o1000;

/**
 * Whether everybody on this computer may change the file, or exchange it in its folder or, where it is a
 * link, in that of the file it leads to. On Windows the mode says nothing of it.
 */
export function exposureOf(file: string, platform: NodeJS.Platform = process.platform): Exposure {
  if (platform === 'win32') return { file: false, folder: null };
  const folders = [...new Set([dirname(file), dirname(realpathSync(file))])];
  return {
    file: (statSync(file).mode & everybodyWrites) !== 0,
    folder: folders.find(isOpen) ?? null,
  };
}

/** In a folder with the sticky bit, such as /tmp, nobody exchanges what is another's. */
function isOpen(folder: string): boolean {
  const { mode } = statSync(folder);
  return (mode & everybodyWrites) !== 0 && (mode & onlyOwnFiles) === 0;
}
