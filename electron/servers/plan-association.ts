import type { DicomPeer, ServerDraft } from '../contract/server.ts';
import type { AssociationPlan, ProposedContext, Timeouts, TlsOptions } from '../dimse/index.ts';

/** What must be known of a server to speak with it. */
export type PeerAddress = DicomPeer &
  Pick<ServerDraft, 'tls' | 'verifyCertificate'> & {
    /** Whom to trust and what to show, where `tls` is on. */
    readonly tlsOptions?: TlsOptions;
    readonly timeouts?: ServerDraft['timeouts'];
  };

/** How to ask this server for an association that offers these contexts. */
export function planAssociation(
  server: PeerAddress,
  callingAeTitle: string,
  contexts: readonly ProposedContext[],
): AssociationPlan {
  return {
    host: server.host,
    port: server.port,
    callingAeTitle,
    calledAeTitle: server.aeTitle,
    tls: server.tls ? { ...server.tlsOptions, verify: server.verifyCertificate } : null,
    contexts,
    timeouts: timeoutsOf(server),
  };
}

/** Those that the record sets; for the rest, the usual ones. */
function timeoutsOf({ timeouts }: PeerAddress): Partial<Timeouts> {
  const { connectMs = null, associateMs = null, responseMs = null } = timeouts ?? {};
  return {
    ...(connectMs === null ? {} : { connectMs }),
    ...(associateMs === null ? {} : { associateMs }),
    ...(responseMs === null ? {} : { responseMs }),
  };
}
