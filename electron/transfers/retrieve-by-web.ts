import { FailureError } from '../contract/failure.ts';
import {
  openWebSession,
  retrieveInstances,
  type RetrievedInstances,
  type WebSession,
} from '../dicomweb/index.ts';
import type { RetrieveResult } from '../dimse/index.ts';
import type { FoundInstance, WebTarget } from '../query/index.ts';
import { listInstances } from './list-instances.ts';
import type { TransferWork } from './queue.ts';
import { RetrieveAccount } from './retrieve-account.ts';
import type { RetrieveTools } from './retrieve.ts';

export interface WebRetrieveRequest {
  readonly target: WebTarget;
  readonly studyInstanceUid: string;
  /** `null`: the whole study. */
  readonly seriesInstanceUid: string | null;
}

type WebTools = Pick<RetrieveTools, 'arrivals' | 'store' | 'heldUids'>;

/**
 * Fetches a study by WADO-RS (PS3.18 §10.4) and accounts for every instance of the server's own list by
 * what arrived, was fsynced and indexed here, as `retrieve` does. What the answer for the whole leaves out
 * is asked for again, instance by instance.
 *
 * @throws FailureError for what ended it early; what arrived until then stays in the ledger
 */
export async function retrieveByWeb(
  request: WebRetrieveRequest,
  tools: WebTools,
  { ledger, phase }: TransferWork,
  signal: AbortSignal,
): Promise<void> {
  const account = new RetrieveAccount(request, await listInstances(request, ledger, signal), ledger);
  const stopListening = tools.arrivals.listen(account);
  try {
    await using session = openWebSession(request.target.web, {}, signal);
    ledger.goes('wado-rs');
    phase('moving');
    const result = await fetchAll(session, request, tools, account);
    account.enterMissing(result, new Set(await tools.heldUids(request.studyInstanceUid)));
  } catch (thrown) {
    if (thrown instanceof FailureError) account.enterUnreached(thrown.failure);
    throw thrown;
  } finally {
    stopListening();
  }
}

async function fetchAll(
  session: WebSession,
  { target, studyInstanceUid, seriesInstanceUid }: WebRetrieveRequest,
  { arrivals, store }: WebTools,
  account: RetrieveAccount,
): Promise<RetrieveResult> {
  const fetching = (part: Pick<FoundInstance, 'seriesInstanceUid' | 'sopInstanceUid'> | null) => {
    const whole = { seriesInstanceUid, sopInstanceUid: null };
    const resource = { studyInstanceUid, ...(part ?? whole) };
    return retrieveInstances(session, resource, {
      store,
      remoteAddress: new URL(target.web.baseUrl).hostname,
      onStored: arrivals.stored,
      onRefused: arrivals.refused,
      onActivity: arrivals.active,
    });
  };
  const fetched = await fetching(null);
  // A server that gave nothing at all would give nothing again, once for each.
  const missing = fetched.stored === 0 ? [] : account.missing();
  for (const { seriesInstanceUid, sopInstanceUid } of missing) {
    await fetching({ seriesInstanceUid, sopInstanceUid }).catch((thrown: unknown) =>
      account.refused({ sopInstanceUid }, refusalOf(thrown)),
    );
  }
  return resultOf(fetched);
}

/** The server counts nothing; without a list of its own, the parts of its answer are all there is to count. */
function resultOf({ stored, refused, unreadable }: RetrievedInstances): RetrieveResult {
  return {
    status: 0,
    subOperations: { remaining: 0, completed: stored, failed: refused + unreadable, warning: 0 },
    failedSopInstanceUids: [],
    comment: null,
  };
}

/** Of one instance; what ends the conversation ends it for all. */
function refusalOf(thrown: unknown): FailureError['failure'] {
  if (thrown instanceof FailureError && thrown.failure.step === 'http' && thrown.failure.status !== null) {
    return thrown.failure;
  }
  throw thrown;
}
