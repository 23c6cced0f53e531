import { FailureError } from '../../contract/failure.ts';
import { DatasetError, parseDataset, textsOf } from '../../dataset/index.ts';
import type { DimseResponse } from '../association/association.ts';
import type { CommandSet } from '../commands/command.ts';
import { statusCategory } from '../commands/status.ts';
import { commentOf, statusFailure, statusOf } from './status-failure.ts';

/** The peer's own count of the C-STOREs it does for us (PS3.7 §9.1.3.1.6-9, §9.1.4.1.7-10). */
export interface SubOperations {
  readonly remaining: number;
  readonly completed: number;
  readonly failed: number;
  readonly warning: number;
}

/** How a C-MOVE or C-GET ended that the peer did not call a failure. */
export interface RetrieveResult {
  /** Success, or a warning: some sub-operations failed. */
  readonly status: number;
  readonly subOperations: SubOperations;
  /** (0008,0058) of the final response, which many peers leave out. */
  readonly failedSopInstanceUids: readonly string[];
  readonly comment: string | null;
}

/**
 * Yields the counters of each response, the final one's included; a counter that a response leaves
 * out keeps its last value, but nothing remains after the final one.
 *
 * @throws FailureError respond, or cancelled, also where the peer cancels by itself
 */
export async function* retrieveResponses(
  responses: AsyncIterable<DimseResponse>,
  commandName: 'C-MOVE' | 'C-GET',
  transferSyntaxUid: string,
): AsyncGenerator<SubOperations, RetrieveResult, undefined> {
  let subOperations: SubOperations = { remaining: 0, completed: 0, failed: 0, warning: 0 };
  for await (const { command, dataset } of responses) {
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
          failedSopInstanceUids: failedUidsOf(dataset, transferSyntaxUid),
          comment: commentOf(command),
        };
      case 'cancel':
        throw new FailureError({ step: 'cancelled' });
      case 'failure':
        throw statusFailure(commandName, command);
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
