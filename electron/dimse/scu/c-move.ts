import { FailureError } from '../../contract/failure.ts';
import { DatasetError, parseDataset, textsOf } from '../../dataset/index.ts';
import type { Association } from '../association/association.ts';
import { CommandField, Priority, type CommandSet } from '../commands/command.ts';
import { statusCategory } from '../commands/status.ts';
import { SopClass } from '../uids/sop-class.ts';
import { commentOf, statusFailure, statusOf } from './status-failure.ts';

/** The peer's own count of the C-STOREs it does for us (PS3.7 §9.1.4.1.7-10). */
export interface SubOperations {
  readonly remaining: number;
  readonly completed: number;
  readonly failed: number;
  readonly warning: number;
}

export interface MoveOptions {
  /** What to move, Query/Retrieve Level (0008,0052) included, encoded in `moveTransferSyntax`. */
  readonly identifier: Uint8Array;
  /** The AE title that shall receive, as the peer knows it. */
  readonly destination: string;
  /** See `RequestOptions`. */
  readonly lastActivity?: () => number;
}

export interface MoveResult {
  /** Success, or a warning: some sub-operations failed. */
  readonly status: number;
  readonly subOperations: SubOperations;
  /** (0008,0058) of the final response, which many peers leave out. */
  readonly failedSopInstanceUids: readonly string[];
  readonly comment: string | null;
}

/** The transfer syntax that identifiers are to be encoded in on this association. */
export function moveTransferSyntax(association: Association): string {
  return association.context(SopClass.StudyRootMove).transferSyntaxUid;
}

/**
 * Has the peer send instances to an AE it knows (C-MOVE, Study Root, PS3.4 §C.4.2). Yields the
 * counters of each response, the final one's included; a counter that a response leaves out keeps
 * its last value, but nothing remains after the final one.
 *
 * The counters are the peer's word only: what has arrived is known where it arrives.
 *
 * @throws FailureError negotiate, respond, or cancelled, also where the peer cancels by itself
 */
export async function* move(
  association: Association,
  options: MoveOptions,
  signal?: AbortSignal,
): AsyncGenerator<SubOperations, MoveResult, undefined> {
  const context = association.context(SopClass.StudyRootMove);
  const { identifier, lastActivity } = options;
  const message = {
    command: {
      affectedSopClassUid: SopClass.StudyRootMove,
      commandField: CommandField.CMoveRq,
      priority: Priority.Medium,
      moveDestination: options.destination,
    },
    dataset: { kind: 'bytes', bytes: identifier },
  } as const;
  const watching = lastActivity === undefined ? {} : { lastActivity };
  let subOperations: SubOperations = { remaining: 0, completed: 0, failed: 0, warning: 0 };
  for await (const { command, dataset } of association.request(context, message, watching, signal)) {
    const status = statusOf(command);
    const category = statusCategory(status);
    subOperations = countersOf(command, subOperations, category === 'pending');
    switch (category) {
      case 'pending':
        yield subOperations;
        break;
      case 'success':
      case 'warning':
        yield subOperations;
        return {
          status,
          subOperations,
          failedSopInstanceUids: failedUidsOf(dataset, context.transferSyntaxUid),
          comment: commentOf(command),
        };
      case 'cancel':
        throw new FailureError({ step: 'cancelled' });
      case 'failure':
        throw statusFailure('C-MOVE', command);
    }
  }
  throw new FailureError({ step: 'respond', cause: 'closed' });
}

function countersOf(command: CommandSet, before: SubOperations, goesOn: boolean): SubOperations {
  return {
    remaining: goesOn ? (command.remaining ?? before.remaining) : 0,
    completed: command.completed ?? before.completed,
    failed: command.failed ?? before.failed,
    warning: command.warning ?? before.warning,
  };
}

function failedUidsOf(dataset: Uint8Array | null, transferSyntaxUid: string): readonly string[] {
  if (dataset === null) return [];
  try {
    return textsOf(parseDataset(dataset, transferSyntaxUid), 'FailedSOPInstanceUIDList').filter(
      (uid) => uid !== '',
    );
  } catch (error) {
    // The status and the counters stand without the list: a broken one must not undo the retrieve.
    if (error instanceof DatasetError) return [];
    throw error;
  }
}
