import { FailureError } from '../contract/failure.ts';
import { findInstanceUids, type FoundInstance, type SearchTarget } from '../query/index.ts';
import type { Ledger } from './ledger.ts';
import type { RetrieveRequest } from './retrieve.ts';

/** The instances that a server says it holds, by SOP Instance UID. */
export type InstanceList = ReadonlyMap<string, FoundInstance>;

type ListRequest = Pick<RetrieveRequest, 'studyInstanceUid' | 'seriesInstanceUid'> & {
  readonly target: SearchTarget;
};

/** The image-level list; `null`, with a notice, where the server can't give one. */
export async function listInstances(
  { target, studyInstanceUid, seriesInstanceUid }: ListRequest,
  ledger: Ledger,
  signal: AbortSignal,
): Promise<InstanceList | null> {
  try {
    const found = await findInstanceUids(target, studyInstanceUid, seriesInstanceUid, signal);
    if (found.length > 0) return new Map(found.map((instance) => [instance.sopInstanceUid, instance]));
    ledger.notice({ kind: 'list-unavailable', failure: null });
    return null;
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    const { step } = thrown.failure;
    if (step !== 'respond' && step !== 'negotiate') throw thrown;
    if (thrown.failure.step === 'respond' && thrown.failure.cause !== 'status') throw thrown;
    ledger.notice({ kind: 'list-unavailable', failure: thrown.failure });
    return null;
  }
}
