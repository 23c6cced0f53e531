import { FailureError } from '../../contract/failure.ts';
import type { Association } from '../association/association.ts';
import { CommandField, Priority } from '../commands/command.ts';
import { Status, statusCategory } from '../commands/status.ts';
import { SopClass } from '../uids/sop-class.ts';
import { statusFailure, statusOf } from './status-failure.ts';

export interface FindOptions {
  /** The keys, Query/Retrieve Level (0008,0052) included, encoded in `findTransferSyntax`. */
  readonly identifier: Uint8Array;
}

export interface FindMatch {
  /** The identifier the peer answered with, just as it came. */
  readonly identifier: Buffer;
  readonly transferSyntaxUid: string;
  /** `false`: the peer ignored some optional key (FF01H), so this may match less than was asked. */
  readonly keysSupported: boolean;
}

/** The transfer syntax that identifiers are to be encoded in on this association. */
export function findTransferSyntax(association: Association): string {
  return association.context(SopClass.StudyRootFind).transferSyntaxUid;
}

/**
 * Asks the peer what it has in the Study Root (C-FIND, PS3.4 §C.4.1). Yields each match as it comes.
 *
 * Leaving the loop early or aborting `signal` sends C-CANCEL; see `Association.request`.
 *
 * @throws FailureError negotiate, respond, or cancelled, also where the peer cancels by itself
 */
export async function* find(
  association: Association,
  options: FindOptions,
  signal?: AbortSignal,
): AsyncGenerator<FindMatch, void, undefined> {
  const context = association.context(SopClass.StudyRootFind);
  const message = {
    command: {
      affectedSopClassUid: SopClass.StudyRootFind,
      commandField: CommandField.CFindRq,
      priority: Priority.Medium,
    },
    dataset: { kind: 'bytes', bytes: options.identifier },
  } as const;
  for await (const { command, dataset } of association.request(context, message, {}, signal)) {
    const status = statusOf(command);
    switch (statusCategory(status)) {
      case 'pending':
        if (dataset === null) throw new FailureError({ step: 'respond', cause: 'malformed' });
        yield {
          identifier: dataset,
          transferSyntaxUid: context.transferSyntaxUid,
          keysSupported: status === Status.Pending,
        };
        break;
      case 'success':
      case 'warning':
        return;
      case 'cancel':
        throw new FailureError({ step: 'cancelled' });
      case 'failure':
        throw statusFailure('C-FIND', command);
    }
  }
}
