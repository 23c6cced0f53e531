import { FailureError } from '../contract/failure.ts';
import {
  DatasetError,
  encodeIdentifier,
  explicitLittleEndian,
  implicitLittleEndian,
  parseDataset,
  type Attributes,
  type IdentifierKey,
} from '../dataset/index.ts';
import {
  find,
  findTransferSyntax,
  requestAssociation,
  SopClass,
  type Association,
  type FindMatch,
} from '../dimse/index.ts';
import { planAssociation } from '../servers/index.ts';
import type { QueryLevel, QueryTarget } from './query-target.ts';

/** What one answer of the server says. */
export interface Answer {
  readonly attributes: Attributes;
  /** `false`: the server ignored some optional keys (pending status FF01H). */
  readonly keysSupported: boolean;
}

/** @throws FailureError resolve to negotiate */
export function requestQueryAssociation(target: QueryTarget, signal?: AbortSignal): Promise<Association> {
  const contexts = [
    {
      abstractSyntaxUid: SopClass.StudyRootFind,
      transferSyntaxUids: [explicitLittleEndian, implicitLittleEndian],
    },
  ];
  return requestAssociation(planAssociation(target.server, target.callingAeTitle, contexts), {}, signal);
}

/**
 * One C-FIND (PS3.4 §C.4.1), each answer as it arrives. Breaking out of the loop, or aborting, cancels
 * it at the server.
 *
 * @throws FailureError respond, negotiate, cancelled; input for keys that can't be sent
 */
export async function* ask(
  association: Association,
  level: QueryLevel,
  keys: readonly IdentifierKey[],
  signal?: AbortSignal,
): AsyncGenerator<Answer> {
  const leveled = [{ keyword: 'QueryRetrieveLevel', value: level }, ...keys];
  const identifier = encodeIdentifier(leveled, findTransferSyntax(association));
  for await (const match of find(association, { identifier }, signal)) {
    yield { attributes: decode(match), keysSupported: match.keysSupported };
  }
}

function decode({ identifier, transferSyntaxUid }: FindMatch): Attributes {
  try {
    return parseDataset(identifier, transferSyntaxUid);
  } catch (thrown) {
    if (!(thrown instanceof DatasetError)) throw thrown;
    throw new FailureError({ step: 'respond', cause: 'malformed' }, { cause: thrown });
  }
}
