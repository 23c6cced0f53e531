import { describe, expect, it } from 'vitest';
import { inBatches } from '../../../electron/query/in-batches.ts';

const never = new AbortController().signal;

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const got: Item[] = [];
  for await (const item of items) got.push(item);
  return got;
}

describe('inBatches', () => {
  it('yields everything, in order, whatever the batches', async () => {
    const numbers = Array.from({ length: 1000 }, (_, number) => number);
    async function* source(): AsyncGenerator<number> {
      for (const number of numbers) {
        if (number % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
        yield number;
      }
    }

    const batches = await all(inBatches(source, 1, never));

    expect(batches.flat()).toEqual(numbers);
    expect(batches.length).toBeLessThan(20);
  });

  it('yields the first item at once, though the next is not there yet', async () => {
    const gate = new AbortController();
    async function* source(): AsyncGenerator<number> {
      yield 1;
      await new Promise((resolve) => gate.signal.addEventListener('abort', resolve));
      yield 2;
    }
    const batches = inBatches(source, 60_000, never);

    expect(await batches.next()).toEqual({ done: false, value: [1] });

    const rest = all(batches);
    gate.abort();
    // Long before the minute is over: the source has ended.
    expect(await rest).toEqual([[2]]);
  });

  it('yields nothing of an empty source', async () => {
    expect(await all(inBatches(nothing, 1, never))).toEqual([]);
  });

  it('throws what the source throws, after what came before', async () => {
    const batches = inBatches(breaking, 1, never);

    expect((await batches.next()).value).toEqual([1]);
    await expect(batches.next()).rejects.toThrow('half way');
  });

  it('stops the source when the reader leaves, and waits until it has ended', async () => {
    const events: string[] = [];
    async function* source(signal: AbortSignal): AsyncGenerator<number> {
      try {
        yield 1;
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        throw new Error('stopped');
      } finally {
        await Promise.resolve();
        events.push('source ended');
      }
    }

    for await (const batch of inBatches(source, 1, never)) {
      events.push(`got ${batch.length}`);
      break;
    }
    events.push('reader left');

    expect(events).toEqual(['got 1', 'source ended', 'reader left']);
  });

  it('hands the reader’s abort to the source', async () => {
    const canceller = new AbortController();
    const batches = inBatches(obeying, 1, canceller.signal);
    await batches.next();

    canceller.abort();

    await expect(batches.next()).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });
});

async function* nothing(): AsyncGenerator<number> {}

async function* breaking(): AsyncGenerator<number> {
  yield 1;
  throw new Error('half way');
}

async function* obeying(signal: AbortSignal): AsyncGenerator<number> {
  yield 1;
  await new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}
