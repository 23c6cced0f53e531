import type { InstanceStore, InstanceWriter } from '../../electron/dataset/index.ts';

/** A store that takes so much and no more, all its objects together, as a slow disk or share would. */
export function throttledStore(store: InstanceStore, megabytesPerSecond: number): InstanceStore {
  let free = performance.now();
  /** @returns in how many milliseconds so many bytes have gone through */
  const goThrough = (bytes: number): number => {
    const now = performance.now();
    free = Math.max(free, now) + bytes / 1e3 / megabytesPerSecond;
    return free - now;
  };
  return { begin: (instance) => throttled(store.begin(instance), goThrough) };
}

function throttled(writer: InstanceWriter, goThrough: (bytes: number) => number): InstanceWriter {
  const listeners: (() => void)[] = [];
  let holding = 0;
  let commit: Promise<void> = Promise.resolve();
  return {
    borrows: writer.borrows === true,
    write(chunk) {
      writer.write(chunk);
      const waitMs = goThrough(chunk.length);
      if (waitMs < 2) return true;
      holding += 1;
      const passed = new Promise<void>((resolve) => {
        setTimeout(resolve, waitMs);
      });
      commit = passed.then(() => {
        holding -= 1;
        if (holding === 0) for (const listener of listeners) listener();
      });
      return false;
    },
    onDrain: (listener) => void listeners.push(listener),
    commit: async () => {
      await commit;
      return writer.commit();
    },
    discard: () => writer.discard(),
  };
}
