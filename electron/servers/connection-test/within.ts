import { FailureError } from '../../contract/failure.ts';

/**
 * What comes in time, or `late`. What is late goes on by itself, and nobody hears of it any more.
 *
 * @throws FailureError cancelled
 */
export async function within<Value>(
  work: Promise<Value>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Value | 'late'> {
  if (signal.aborted) throw new FailureError({ step: 'cancelled' });
  work.catch(() => {});
  const over = new AbortController();
  const ending = new Promise<'late'>((resolve, reject) => {
    const timer = setTimeout(() => resolve('late'), timeoutMs);
    over.signal.addEventListener('abort', () => clearTimeout(timer));
    signal.addEventListener('abort', () => reject(new FailureError({ step: 'cancelled' })), {
      signal: over.signal,
    });
  });
  try {
    return await Promise.race([work, ending]);
  } finally {
    over.abort();
  }
}
