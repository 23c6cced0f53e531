import { FailureError } from '../../contract/failure.ts';
import { encodeAttributes } from '../../dataset/index.ts';
import type { Association } from '../association/association.ts';
import { SopClass, WellKnownInstance } from '../uids/sop-class.ts';
import { commitmentAttributes, type CommitmentRequest, type CommitmentStore } from './commitment.ts';
import { nAction } from './n-service.ts';

/** PS3.4 §J.3.2.1. */
const requestStorageCommitment = 1;

/**
 * Asks the peer to answer for instances that it was sent (storage commitment, PS3.4 §J.3.2). Resolves
 * when it has taken the request; what it decides comes as a report (`commitmentReports`), on this
 * association while it is open or on one of the peer's own, even before this resolves.
 *
 * A request whose answer was lost stays open: the peer may have taken it.
 *
 * @throws FailureError negotiate, respond (failure statuses included) or cancelled
 */
export async function requestCommitment(
  association: Association,
  request: CommitmentRequest,
  store: CommitmentStore,
  signal?: AbortSignal,
): Promise<void> {
  const sopClassUid = SopClass.StorageCommitmentPushModel;
  const context = association.context(sopClassUid);
  const information = encodeAttributes(commitmentAttributes(request), context.transferSyntaxUid);
  const target = {
    context,
    sopClassUid,
    sopInstanceUid: WellKnownInstance.StorageCommitmentPushModel,
    actionTypeId: requestStorageCommitment,
  };
  await store.open(request);
  try {
    await nAction(association, target, information, signal);
  } catch (error) {
    if (isRefusal(error)) await store.forget(request.transactionUid);
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof FailureError && error.failure.step === 'respond' && error.failure.cause === 'status'
  );
}
