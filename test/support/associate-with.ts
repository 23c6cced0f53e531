import {
  requestAssociation,
  SopClass,
  TransferSyntax,
  type Association,
  type ProposedContext,
  type Timeouts,
} from '../../electron/dimse/index.ts';

export const queryContexts: readonly ProposedContext[] = [
  SopClass.Verification,
  SopClass.StudyRootFind,
  SopClass.StudyRootMove,
].map((abstractSyntaxUid) => ({
  abstractSyntaxUid,
  transferSyntaxUids: [TransferSyntax.ExplicitVrLittleEndian, TransferSyntax.ImplicitVrLittleEndian],
}));

export interface PlaceToCall {
  readonly host: string;
  readonly port: number;
  readonly aeTitle?: string;
}

/** An association of ours with a peer of a test; by default for queries and retrieves. */
export function associateWith(
  peer: PlaceToCall,
  contexts: readonly ProposedContext[] = queryContexts,
  timeouts: Partial<Timeouts> = {},
): Promise<Association> {
  return requestAssociation(
    {
      host: peer.host,
      port: peer.port,
      callingAeTitle: 'GANTRY',
      calledAeTitle: peer.aeTitle ?? 'ANY-SCP',
      tls: null,
      contexts,
      timeouts,
    },
    {},
  );
}
