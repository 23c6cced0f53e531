import { spawnSync } from 'node:child_process';

/** A file system of 4 MB at a folder; `null` without the right to mount one. */
export function smallDisk(path: string): AsyncDisposable | null {
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', path]).status !== 0) return null;
  return {
    [Symbol.asyncDispose]: async () => {
      // Lazily: it may be busy for a moment still.
      spawnSync('umount', ['-l', path]);
    },
  };
}
