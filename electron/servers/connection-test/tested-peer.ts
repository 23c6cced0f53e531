import type { AssociationPlan, ProposedContext, Timeouts } from '../../dimse/index.ts';
import { TransferSyntax } from '../../dimse/index.ts';
import { planAssociation, type PeerAddress } from '../plan-association.ts';

/** Who is tested, and as whom. */
export interface TestedPeer {
  readonly server: PeerAddress;
  readonly callingAeTitle: string;
  /** The record's own, where it has some. */
  readonly timeouts: Partial<Timeouts>;
}

/** Patient enough for a slow server, and over while somebody still watches. */
export const testTimeouts: Partial<Timeouts> = {
  connectMs: 5_000,
  associateMs: 10_000,
  responseMs: 15_000,
  releaseMs: 1_500,
  cancelGraceMs: 400,
};

/** A further question that must not hold the test up. */
export const briefTimeouts: Partial<Timeouts> = {
  connectMs: 2_000,
  associateMs: 2_000,
  responseMs: 2_000,
  releaseMs: 500,
  cancelGraceMs: 200,
};

/** As the app asks this server, but at the address that answered first. */
export function planTo(
  { server, callingAeTitle, timeouts }: TestedPeer,
  address: string,
  contexts: readonly ProposedContext[],
): AssociationPlan {
  const plan = planAssociation(server, callingAeTitle, contexts);
  const expectedName = plan.tls?.expectedName ?? server.host;
  return {
    ...plan,
    host: address,
    tls: plan.tls === null ? null : { ...plan.tls, expectedName },
    timeouts,
  };
}

/** A SOP class in the two encodings that every server knows. */
export function plainly(abstractSyntaxUid: string): ProposedContext {
  return {
    abstractSyntaxUid,
    transferSyntaxUids: [TransferSyntax.ExplicitVrLittleEndian, TransferSyntax.ImplicitVrLittleEndian],
  };
}
