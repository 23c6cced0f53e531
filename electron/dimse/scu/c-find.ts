import { FailureError } from '../../contract/failure.ts';
import type { Association } from '../association/association.ts';
import { CommandField, Priority } from '../commands/command.ts';
import { Status, statusCategory } from '../commands/status.ts';
import { findSopClasses, type FindModel } from './information-model.ts';
import { statusFailure, statusOf } from './status-failure.ts';

export interface FindOptions {
  /**
   * The keys, encoded in `findTransferSyntax`; Query/Retrieve Level (0008,0052) included, but for a
   * worklist, which has none.
   */
  readonly identifier: Uint8Array;
  /** Study Root unless given. */
  readonly model?: FindModel;
}

export interface FindMatch {
  /** The identifier the peer answered with, just as it came. */
  readonly identifier: Buffer;
  readonly transferSyntaxUid: string;
  /** `false`: the peer ignored some optional key (FF01H), so this may match less than was asked. */
  readonly keysSupported: boolean;
}

/**
 * Asks the peer what it has (C-FIND, PS3.4 §C.4.1, §K.4.1). Yields each match as it comes.
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
  const context = association.context(findSopClasses[options.model ?? 'study-root']);
  const message = {
    command: {
      affectedSopClassUid: context.abstractSyntaxUid,
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
