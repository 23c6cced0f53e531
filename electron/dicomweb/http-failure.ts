import type { DicomwebService } from '../contract/dicomweb.ts';
import { FailureError, type HttpCause } from '../contract/failure.ts';

/** What a failure of HTTP says beside its cause. */
export interface HttpFacts {
  readonly status?: number;
  /** Never anything of the answer's body. */
  readonly detail?: string;
  readonly error?: unknown;
}

export function httpFailure(service: DicomwebService, cause: HttpCause, facts: HttpFacts = {}): FailureError {
  const { status = null, detail = '', error } = facts;
  return new FailureError({ step: 'http', service, cause, status, detail }, { cause: error });
}

/** What an answer's status means that is not one of success (RFC 9110 §15). */
export function statusCause(status: number): HttpCause {
  const known = causes[status];
  if (known !== undefined) return known;
  if (status >= 500) return 'server-error';
  if (status >= 400) return 'bad-request';
  return status >= 300 ? 'redirected' : 'unexpected-status';
}

const causes: Readonly<Record<number, HttpCause>> = {
  304: 'unexpected-status',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-allowed',
  406: 'not-acceptable',
  407: 'unauthorized',
  408: 'timed-out',
  410: 'not-found',
  415: 'not-acceptable',
  429: 'busy',
  501: 'not-supported',
  503: 'busy',
  504: 'timed-out',
};

/** What ended a conversation. Failures of name, TCP and TLS stay what they are, and bugs bugs. */
export function conversationFailure(
  service: DicomwebService,
  error: unknown,
  { hasAnswer, signal }: { readonly hasAnswer: boolean; readonly signal: AbortSignal | undefined },
): unknown {
  if (signal?.aborted === true) return new FailureError({ step: 'cancelled' }, { cause: error });
  if (!(error instanceof Error)) return error;
  // In TLS 1.3 the peer judges our certificate after the handshake is done for us.
  for (const known of [error, error.cause]) if (known instanceof FailureError) return known;
  const code = 'code' in error ? String(error.code) : '';
  const known = breakOf(code);
  if (known === null) return error;
  const cause = hasAnswer && known.cause === 'not-http' ? 'interrupted' : known.cause;
  return httpFailure(service, cause, { detail: known.detail, error });
}

/** What a code of Node's HTTP parser or of its sockets says; `null`: nothing about a conversation. */
function breakOf(code: string): { readonly cause: HttpCause; readonly detail: string } | null {
  if (code === 'HPE_HEADER_OVERFLOW') return { cause: 'too-large', detail: 'headers' };
  if (code.startsWith('HPE_')) return { cause: 'not-http', detail: '' };
  return closings.has(code) ? { cause: 'not-http', detail: 'closed' } : null;
}

const closings: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
  'ETIMEDOUT',
  'ENETDOWN',
  'EHOSTUNREACH',
  'ERR_STREAM_PREMATURE_CLOSE',
]);
