import type { Failure } from '../../contract/failure.ts';
import type { PduError } from '../pdu/pdu.ts';
import type { Ending } from '../upper-layer/ending.ts';
import { tlsFailureOf } from '../upper-layer/tls-cause.ts';
import { MaximumLengthError } from './maximum-length.ts';

/** How an association that was being made failed. */
export function associateFailure(ending: Ending): Failure {
  switch (ending.kind) {
    case 'rejected': {
      const { result, source, reason } = ending;
      return { step: 'associate', cause: 'rejected', result, source, reason };
    }
    case 'aborted':
      return { step: 'associate', cause: 'aborted', source: ending.source, reason: ending.reason };
    case 'invalid':
      return invalidAnswer(ending.error);
    case 'closed':
      return lateTlsFailure(ending.error) ?? { step: 'associate', cause: 'closed' };
    case 'released':
      return { step: 'associate', cause: 'closed' };
    case 'timed-out':
      return { step: 'associate', cause: 'timed-out' };
    case 'aborted-here':
    case 'bug':
      return { step: 'cancelled' };
  }
}

function invalidAnswer(error: PduError): Failure {
  if (error instanceof MaximumLengthError) {
    const { maximumLengthBytes } = error;
    return { step: 'associate', cause: 'maximum-length', maximumLengthBytes };
  }
  return { step: 'associate', cause: isTlsRecord(error.header) ? 'tls-peer' : 'malformed' };
}

/** How a request failed whose association ended under it. */
export function respondFailure(ending: Ending): Failure {
  switch (ending.kind) {
    case 'aborted':
      return { step: 'respond', cause: 'aborted' };
    case 'invalid':
      return { step: 'respond', cause: 'malformed' };
    case 'closed':
      return lateTlsFailure(ending.error) ?? { step: 'respond', cause: 'closed' };
    case 'rejected':
    case 'released':
      return { step: 'respond', cause: 'closed' };
    case 'timed-out':
      return { step: 'respond', cause: 'timed-out' };
    case 'aborted-here':
    case 'bug':
      return { step: 'cancelled' };
  }
}

/** In TLS 1.3 the server judges our certificate, or its absence, after the handshake is done for us. */
function lateTlsFailure(error: Error | null): Failure | null {
  return error === null ? null : tlsFailureOf(error);
}

/** A TLS alert (RFC 8446 §5.1, §6): content type 21, major version 3. */
function isTlsRecord(header: Buffer): boolean {
  return header[0] === 0x15 && header[1] === 0x03;
}
