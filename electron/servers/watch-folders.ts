import { watch, type FSWatcher } from 'node:fs';

export interface WatchTimes {
  /** How long a folder must be left alone before it counts as changed. */
  readonly settleMs: number;
  /** How often is looked without being told: network drives and folders yet to be made tell nothing. */
  readonly lookMs: number;
}

const usualTimes: WatchTimes = { settleMs: 300, lookMs: 15_000 };

export interface Watching {
  /** From now on these, and no others. */
  follow(folders: readonly string[]): void;
  close(): void;
}

/** Tells, some time after something in a folder changed, and now and then without a reason. */
export function watchFolders(onChange: () => void, times: WatchTimes = usualTimes): Watching {
  const watchers = new Map<string, FSWatcher>();
  let settling: ReturnType<typeof setTimeout> | null = null;
  const looking = setInterval(onChange, times.lookMs);
  looking.unref();

  const settle = (): void => {
    if (settling !== null) clearTimeout(settling);
    settling = setTimeout(onChange, times.settleMs);
    settling.unref();
  };
  const leave = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const join = (folder: string): void => {
    try {
      // A folder that goes away, or a drive that does, ends its watcher; looking goes on.
      const watcher = watch(folder, settle).on('error', () => leave(folder));
      watcher.unref();
      watchers.set(folder, watcher);
    } catch {
      watchers.delete(folder);
    }
  };

  return {
    follow(folders) {
      for (const folder of watchers.keys()) if (!folders.includes(folder)) leave(folder);
      for (const folder of folders) if (!watchers.has(folder)) join(folder);
    },
    close() {
      if (settling !== null) clearTimeout(settling);
      clearInterval(looking);
      for (const folder of watchers.keys()) leave(folder);
    },
  };
}
