import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { FailureError } from '../../contract/failure.ts';
import type { Failure } from '../../contract/failure.ts';

type ConnectCause = Extract<Failure, { step: 'connect' }>['cause'];

/** How long one address may stay silent before the next is tried beside it (RFC 8305 §5). */
const headStartMs = 250;

/**
 * Connects to the first address that answers; the others are tried one after the other, each
 * without waiting for the ones before it to fail.
 *
 * @throws FailureError connect with the most telling cause, or cancelled
 */
export function connectSocket(
  { host, port }: { readonly host: string; readonly port: number },
  addresses: readonly string[],
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const causes: ConnectCause[] = [];
    const open = new Set<Socket>();
    const ended = new AbortController();
    let next = 0;
    let headStart: NodeJS.Timeout | undefined;

    const finish = (winner: Socket | null, failure: Failure | null): void => {
      clearTimeout(deadline);
      clearTimeout(headStart);
      ended.abort();
      for (const socket of open) if (socket !== winner) socket.destroy();
      if (winner !== null) resolve(winner);
      else if (failure !== null) reject(new FailureError(failure));
    };
    const fail = (cause: ConnectCause): void => finish(null, { step: 'connect', host, port, cause });
    const deadline = setTimeout(() => fail('timed-out'), timeoutMs);
    const cancel = (): void => finish(null, { step: 'cancelled' });

    const tryNext = (): void => {
      clearTimeout(headStart);
      const address = addresses[next++];
      if (address === undefined) {
        if (open.size === 0) fail(mostTelling(causes));
        return;
      }
      const socket = connect({ host: address, port, noDelay: true });
      open.add(socket);
      const onError = (error: Error): void => {
        open.delete(socket);
        causes.push(causeOf(error));
        if (!ended.signal.aborted) tryNext();
      };
      socket.on('error', onError);
      socket.once('connect', () => {
        if (ended.signal.aborted) return;
        socket.off('error', onError);
        finish(socket, null);
      });
      headStart = setTimeout(tryNext, headStartMs);
    };

    if (signal?.aborted === true) return cancel();
    signal?.addEventListener('abort', cancel, { signal: ended.signal });
    return tryNext();
  });
}

function causeOf(error: NodeJS.ErrnoException): ConnectCause {
  if (error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET') return 'refused';
  return error.code === 'ETIMEDOUT' ? 'timed-out' : 'unreachable';
}

/** Somebody who said no tells more than silence, and silence more than a missing route. */
function mostTelling(causes: readonly ConnectCause[]): ConnectCause {
  if (causes.includes('refused')) return 'refused';
  return causes.includes('timed-out') ? 'timed-out' : 'unreachable';
}
