import type { TlsCause } from '../../contract/failure.ts';
import type { State } from './state-machine.ts';

/** What can be watched on an association: never payload. */
export type AssociationEvent =
  | { readonly kind: 'state'; readonly from: State; readonly to: State }
  | { readonly kind: 'pdu-sent'; readonly type: number; readonly bytes: number }
  | { readonly kind: 'pdu-received'; readonly type: number; readonly bytes: number }
  /**
   * A peer was not let in for want of TLS, or of a certificate; `tls-peer`: it spoke TLS where we speak
   * none. Nothing that it sent was taken for DICOM.
   */
  | {
      readonly kind: 'tls-refused';
      /** Empty where it had gone before it was known. */
      readonly remoteAddress: string;
      readonly cause: TlsCause | 'tls-peer';
      readonly detail: string;
    }
  /** A service of ours threw, and its association was aborted: a bug to be told. */
  | { readonly kind: 'service-threw'; readonly bug: unknown }
  /** The listening socket could not take a connection, for want of file descriptors for example. */
  | { readonly kind: 'accept-failed'; readonly bug: unknown };

/** Watches; what it throws changes nothing. */
export type Observe = (event: AssociationEvent) => void;

/** An observer that can't fail the flow it watches. */
export function harmless(observe: Observe | undefined): Observe | null {
  if (observe === undefined) return null;
  return (event) => {
    try {
      observe(event);
    } catch {
      // Watching must not change what is watched.
    }
  };
}
