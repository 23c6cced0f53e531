import { randomUUID } from 'node:crypto';
import { FailureError, type Failure } from '../contract/failure.ts';

/** Takes a bug and the incident number under which it is to be found again. Must not throw. */
export type LogBug = (incident: string, bug: unknown) => void;

/**
 * Says which failure was thrown: the only place where something thrown becomes a value.
 *
 * An aborted signal is a cancellation, one that ran out of time a time-out. Anything else that is not
 * a `FailureError` is a bug: it is logged under an incident number, and only the number goes further.
 */
export function failureOf(thrown: unknown, logBug: LogBug): Failure {
  if (thrown instanceof FailureError) return thrown.failure;
  const name = thrown instanceof Error || thrown instanceof DOMException ? thrown.name : '';
  if (name === 'AbortError') return { step: 'cancelled' };
  if (name === 'TimeoutError') return { step: 'respond', cause: 'timed-out' };
  const incident = randomUUID().slice(0, 8);
  logBug(incident, thrown);
  return { step: 'internal', incident };
}
