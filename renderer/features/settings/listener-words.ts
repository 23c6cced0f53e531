import { describeFailure } from '../../../electron/contract/describe-failure.ts';
import type { ListenerState } from '../../../electron/contract/settings.ts';
import type { Status } from '../../components/index.ts';

/** The listener's state as an icon's kind and one line. */
export function listenerInWords(listener: ListenerState): {
  readonly status: Status;
  readonly words: string;
} {
  switch (listener.kind) {
    case 'starting':
      return { status: 'running', words: 'Starting to listen…' };
    case 'listening':
      return {
        status: 'ok',
        words: `Listening at ${endpoint(listener.address, listener.port)}${listener.tls ? ' with TLS' : ''}`,
      };
    case 'failed':
      return {
        status: 'failure',
        words: `Not listening: ${describeFailure(listener.failure, { server: '', ourAeTitle: '' }).title}`,
      };
  }
}

/** `127.0.0.1:11112`, `[::1]:11112`. */
export function endpoint(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
