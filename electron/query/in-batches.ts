import { setTimeout } from 'node:timers/promises';

/**
 * What a source yields, in lists: the first at once, then what has come together since, `everyMs`
 * milliseconds apart. The source is read ahead, so it must have an end or a limit.
 *
 * `open` gets a signal that is aborted when the reader stops early; the source has ended before this
 * generator does.
 */
export async function* inBatches<Item>(
  open: (signal: AbortSignal) => AsyncIterable<Item>,
  everyMs: number,
  signal: AbortSignal,
): AsyncGenerator<readonly Item[]> {
  const stop = new AbortController();
  let waiting: Item[] = [];
  let ended = false;
  let wake: (() => void) | null = null;
  const reading = readAll(open(AbortSignal.any([signal, stop.signal])));
  const readingOver = reading.then(
    () => {},
    () => {},
  );

  try {
    for (;;) {
      if (waiting.length > 0) {
        const batch = waiting;
        waiting = [];
        yield batch;
        if (!ended) await elapsed(everyMs);
      } else if (ended) break;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    await reading;
  } finally {
    stop.abort();
    await readingOver;
  }

  async function readAll(source: AsyncIterable<Item>): Promise<void> {
    try {
      for await (const item of source) {
        waiting.push(item);
        wake?.();
      }
    } finally {
      ended = true;
      wake?.();
    }
  }

  /** Or less, when the source ends meanwhile. */
  async function elapsed(ms: number): Promise<void> {
    const timer = new AbortController();
    await Promise.race([setTimeout(ms, undefined, { signal: timer.signal }).catch(() => {}), readingOver]);
    timer.abort();
  }
}
