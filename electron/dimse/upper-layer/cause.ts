import { decodeAbort, decodeAssociateAc, decodeAssociateRj, decodeAssociateRq } from '../pdu/decode-pdu.ts';
import { AbortReason, AbortSource, PduError, PduType } from '../pdu/pdu.ts';
import type { Abort, AssociateAc, AssociateRj, AssociateRq } from '../pdu/pdu.ts';
import type { Ending } from './ending.ts';
import { Event } from './state-machine.ts';

/** An event, with what came with it. */
export interface Cause {
  readonly event: Event;
  readonly request?: AssociateRq;
  readonly answer?: AssociateAc;
  readonly rejection?: AssociateRj;
  readonly abort?: Abort;
  readonly error?: PduError;
  readonly bug?: { readonly thrown: unknown };
}

/** The event that a received PDU is. @throws PduError */
export function causeOf(type: number, body: Buffer): Cause {
  switch (type) {
    case PduType.AssociateRq:
      return { event: Event.AssociateRequestPdu, request: decodeAssociateRq(body) };
    case PduType.AssociateAc:
      return { event: Event.AssociateAcceptPdu, answer: decodeAssociateAc(body) };
    case PduType.AssociateRj:
      return { event: Event.AssociateRejectPdu, rejection: decodeAssociateRj(body) };
    case PduType.ReleaseRq:
      return { event: Event.ReleaseRequestPdu };
    case PduType.ReleaseRp:
      return { event: Event.ReleaseResponsePdu };
    case PduType.Abort:
      return { event: Event.AbortPdu, abort: decodeAbort(body) };
  }
  throw new PduError(AbortReason.UnrecognizedPdu, `PDU type ${type}`);
}

/** How the association ends where this event ends it. */
export function endingOf(cause: Cause): Ending {
  if (cause.bug !== undefined) return { kind: 'bug', bug: cause.bug.thrown };
  if (cause.abort !== undefined) return { kind: 'aborted', ...cause.abort };
  if (cause.event === Event.AbortRequest) return { kind: 'aborted-here' };
  if (cause.event === Event.ArtimExpired) return { kind: 'timed-out' };
  return {
    kind: 'invalid',
    error: cause.error ?? new PduError(AbortReason.UnexpectedPdu, `event ${cause.event}`),
  };
}

/**
 * What our A-ABORT says. Where the peer's PDU is at fault we are the service-provider in every
 * state: Sta2's AA-1 would have us say service-user, and keep the reason to ourselves.
 */
export function abortOf(cause: Cause): Abort {
  if (cause.event === Event.AbortRequest) {
    return { source: AbortSource.ServiceUser, reason: AbortReason.NotSpecified };
  }
  return {
    source: AbortSource.ServiceProvider,
    reason: cause.error?.reason ?? AbortReason.UnexpectedPdu,
  };
}

/** Bit 0 is version 1 (PS3.8 Table 9-11). */
export function supportsOurVersion(request: AssociateRq): boolean {
  return (request.protocolVersion & 1) === 1;
}
