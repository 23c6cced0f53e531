import type { ServerDraft } from '../contract/server.ts';
import type { AssociationPlan, ProposedContext, TlsOptions } from '../dimse/index.ts';

/** What must be known of a server to speak with it. */
export type PeerAddress = Pick<ServerDraft, 'host' | 'port' | 'aeTitle' | 'tls' | 'verifyCertificate'> & {
  /** Whom to trust and what to show, where `tls` is on. */
  readonly tlsOptions?: TlsOptions;
};

/** How to ask this server for an association that offers these contexts; time-outs are the usual ones. */
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
  };
}
