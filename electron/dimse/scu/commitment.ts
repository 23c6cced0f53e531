import { numberOf, textOf, type Attributes, type NewAttribute } from '../../dataset/index.ts';

export interface InstanceReference {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
}

/** What a peer is asked to keep safe (PS3.4 §J.3.2). */
export interface CommitmentRequest {
  /** Its report is known by it, and may come days later; new for each request. */
  readonly transactionUid: string;
  readonly instances: readonly InstanceReference[];
}

export type CommitmentOutcome =
  /** The peer answers for it from now on. */
  | { readonly kind: 'committed' }
  /** Failure Reason (0008,1197), PS3.3 §C.14.1.1; 0 where the peer gives none. */
  | { readonly kind: 'failed'; readonly reason: number }
  /** The report doesn't name it, or not in its SOP class: nothing is known. */
  | { readonly kind: 'unmentioned' };

/** What a peer says of a request of ours (PS3.4 §J.3.3). */
export interface CommitmentReport {
  readonly transactionUid: string;
  /** The AE title of who reports. */
  readonly reportedBy: string;
  /** Every instance of the request, in its order. */
  readonly instances: readonly (InstanceReference & { readonly outcome: CommitmentOutcome })[];
}

/** Where requests are kept until their reports come, over restarts too. */
export interface CommitmentStore {
  /** A request is about to be sent; kept for certain before this resolves. */
  open(request: CommitmentRequest): Promise<void>;
  /** Settled ones are found as well: a peer that missed our answer reports again. */
  find(transactionUid: string): Promise<CommitmentRequest | null>;
  /** The report has come; kept for certain before this resolves. The same may come again. */
  settle(report: CommitmentReport): Promise<void>;
  /** The peer refused the request. */
  forget(transactionUid: string): Promise<void>;
}

/** Action Information of the request: PS3.4 Table J.3-1. */
export function commitmentAttributes(request: CommitmentRequest): readonly NewAttribute[] {
  return [
    { keyword: 'TransactionUID', value: request.transactionUid },
    {
      keyword: 'ReferencedSOPSequence',
      value: request.instances.map(({ sopClassUid, sopInstanceUid }) => [
        { keyword: 'ReferencedSOPClassUID', value: sopClassUid },
        { keyword: 'ReferencedSOPInstanceUID', value: sopInstanceUid },
      ]),
    },
  ];
}

/** What Event Information (PS3.4 Table J.3-2) says of the instances of a request. */
export function readReport(
  information: Attributes,
  request: CommitmentRequest,
  reportedBy: string,
): CommitmentReport {
  const committed = referencesIn(information, '00081199');
  const failed = referencesIn(information, '00081198');
  const instances = request.instances.map((instance) => {
    const failure = failed.get(keyOf(instance));
    if (failure !== undefined) {
      const reason = numberOf(failure, 'FailureReason') ?? 0;
      return { ...instance, outcome: { kind: 'failed', reason } as const };
    }
    const kind = committed.has(keyOf(instance)) ? 'committed' : 'unmentioned';
    return { ...instance, outcome: { kind } as const };
  });
  return { transactionUid: request.transactionUid, reportedBy, instances };
}

/** The items of Referenced or Failed SOP Sequence by what they refer to. */
function referencesIn(information: Attributes, sequence: string): ReadonlyMap<string, Attributes> {
  const items = information.get(sequence)?.items ?? [];
  return new Map(
    items.map((item) => [
      keyOf({
        sopClassUid: textOf(item, 'ReferencedSOPClassUID'),
        sopInstanceUid: textOf(item, 'ReferencedSOPInstanceUID'),
      }),
      item,
    ]),
  );
}

function keyOf({ sopClassUid, sopInstanceUid }: InstanceReference): string {
  return `${sopClassUid}|${sopInstanceUid}`;
}
