import { DatasetError, parseDataset, textOf, type Attributes } from '../../dataset/index.ts';
import type { IncomingRequest, Service } from '../association/service.ts';
import { CommandField, NoDataset, type CommandSet } from '../commands/command.ts';
import { Status } from '../commands/status.ts';
import { readReport, type CommitmentReport, type CommitmentStore } from '../scu/commitment.ts';
import { SopClass } from '../uids/sop-class.ts';
import { TransferSyntax } from '../uids/transfer-syntax.ts';
import { collectDataset } from './collect-dataset.ts';

export interface CommitmentReportsOptions {
  readonly store: CommitmentStore;
  /** Told after the peer is, each time that a report comes. Must not throw. */
  readonly onReport?: (report: CommitmentReport) => void;
  /** The store failed, with this; the peer was told so (0110H) and may report again. Must not throw. */
  readonly onStoreFailed?: (error: unknown) => void;
}

/** All instances are committed, or some are not (PS3.4 §J.3.3.1): the sequences say which. */
const eventTypes: readonly (number | undefined)[] = [1, 2];

const transferSyntaxUids: readonly string[] = [
  TransferSyntax.ExplicitVrLittleEndian,
  TransferSyntax.ImplicitVrLittleEndian,
];

/**
 * Takes the reports on requests of ours for storage commitment (N-EVENT-REPORT, PS3.4 §J.3.3): for a
 * listener, where the peer that reports is the requestor and yet the SCP, and for the association that
 * the request was made on. A report counts, and is answered with success, once it is safe in the store.
 */
export function commitmentReports(options: CommitmentReportsOptions): Service {
  return {
    requestor: 'scp',
    serves: (abstractSyntaxUid) => abstractSyntaxUid === SopClass.StorageCommitmentPushModel,
    chooseTransferSyntax: (offer) =>
      offer.transferSyntaxUids.find((uid) => transferSyntaxUids.includes(uid)) ?? null,
    onRequest(request) {
      const problem = problemOf(request.command);
      if (problem === null) return collectDataset(request, (dataset) => void take(request, dataset, options));
      request.respond({ status: problem });
      return null;
    },
  };
}

function problemOf(command: CommandSet): number | null {
  if (command.commandField !== CommandField.NEventReportRq) return Status.UnrecognizedOperation;
  if (!eventTypes.includes(command.eventTypeId)) return Status.NoSuchEventType;
  return command.commandDataSetType === NoDataset ? Status.MissingAttribute : null;
}

async function take(
  request: IncomingRequest,
  dataset: Buffer,
  options: CommitmentReportsOptions,
): Promise<void> {
  const report = await settled(request, dataset, options);
  if (typeof report === 'number') {
    request.respond({ status: report });
    return;
  }
  const { eventTypeId } = request.command;
  request.respond({ status: Status.Success, ...(eventTypeId !== undefined && { eventTypeId }) });
  options.onReport?.(report);
}

/** The report, safe in the store; or the status that says why not. */
async function settled(
  { association, context }: IncomingRequest,
  dataset: Buffer,
  { store, onStoreFailed }: CommitmentReportsOptions,
): Promise<CommitmentReport | number> {
  const information = parsed(dataset, context.transferSyntaxUid);
  if (information === null) return Status.InvalidArgumentValue;
  try {
    const open = await store.find(textOf(information, 'TransactionUID'));
    if (open === null) return Status.InvalidArgumentValue;
    const report = readReport(information, open, association.callingAeTitle);
    await store.settle(report);
    return report;
  } catch (error) {
    onStoreFailed?.(error);
    return Status.ProcessingFailure;
  }
}

function parsed(dataset: Buffer, transferSyntaxUid: string): Attributes | null {
  try {
    return parseDataset(dataset, transferSyntaxUid);
  } catch (error) {
    if (error instanceof DatasetError) return null;
    throw error;
  }
}
