import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { FailureError } from '../../contract/failure.ts';

/**
 * Every address of a host, in the system's order.
 *
 * @throws FailureError resolve, or cancelled
 */
export async function resolveHost(
  host: string,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  if (signal?.aborted === true) throw new FailureError({ step: 'cancelled' });
  if (isIP(host) !== 0) return [host];
  // The system's resolver can't be interrupted, so its answer is raced and then ignored.
  const stop = new AbortController();
  try {
    const found = await Promise.race([lookup(host, { all: true }), late(host, timeoutMs, stop, signal)]);
    return found.map(({ address }) => address);
  } catch (error) {
    if (error instanceof FailureError) throw error;
    throw new FailureError({ step: 'resolve', host }, { cause: error });
  } finally {
    stop.abort();
  }
}

function late(host: string, timeoutMs: number, stop: AbortController, signal?: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const timer = setTimeout(() => reject(new FailureError({ step: 'resolve', host })), timeoutMs);
    stop.signal.addEventListener('abort', () => clearTimeout(timer));
    signal?.addEventListener('abort', () => reject(new FailureError({ step: 'cancelled' })), {
      signal: stop.signal,
    });
  });
}
