import type { ServicesFacts } from '../../contract/connection-test.ts';
import { encodeIdentifier, type IdentifierKey } from '../../dataset/index.ts';
import {
  move,
  moveTransferSyntax,
  requestAssociation,
  SopClass,
  type MoveResult,
} from '../../dimse/index.ts';
import type { ImagePlace } from './choose-image.ts';
import type { OurSide } from './our-side.ts';
import { plainly, planTo, type TestedPeer } from './tested-peer.ts';

export interface ReturnPathQuestion {
  readonly peer: TestedPeer;
  readonly address: string;
  readonly services: ServicesFacts;
  readonly ours: OurSide;
  /** Listened on besides the shared port, as a retrieve does. */
  readonly listenPort: number;
  /** Further ports of ours that a server may have in its table by mistake. */
  readonly otherPorts: readonly number[];
  /** The person agrees that one image is sent here. */
  readonly sendOneImage: boolean;
}

/** Unknown destination (PS3.4 Table C.4-2). */
export const moveDestinationUnknown = 0xa801;

/** A C-MOVE to ourselves, to its end. @throws FailureError */
export async function moveTo(
  { peer, address }: ReturnPathQuestion,
  keys: readonly IdentifierKey[],
  signal: AbortSignal,
): Promise<MoveResult> {
  const plan = planTo(peer, address, [plainly(SopClass.StudyRootMove)]);
  await using association = await requestAssociation(plan, {}, signal);
  signal.addEventListener('abort', () => association.abort(), { once: true });
  const identifier = encodeIdentifier(keys, moveTransferSyntax(association));
  const counting = move(association, { identifier, destination: peer.callingAeTitle }, signal);
  for (;;) {
    const step = await counting.next();
    if (step.done === true) return step.value;
  }
}

/** The keys of one image (PS3.4 §C.4.2.1.4.1): all unique ones above its level too. */
export function keysOf({
  studyInstanceUid,
  seriesInstanceUid,
  sopInstanceUid,
}: ImagePlace): readonly IdentifierKey[] {
  return [
    { keyword: 'QueryRetrieveLevel', value: 'IMAGE' },
    { keyword: 'StudyInstanceUID', value: studyInstanceUid },
    { keyword: 'SeriesInstanceUID', value: seriesInstanceUid },
    { keyword: 'SOPInstanceUID', value: sopInstanceUid },
  ];
}
