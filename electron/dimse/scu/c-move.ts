import type { Association } from '../association/association.ts';
import { CommandField, Priority } from '../commands/command.ts';
import { moveSopClasses, type RetrieveModel } from './information-model.ts';
import { retrieveResponses, type RetrieveResult, type SubOperations } from './retrieve-responses.ts';

export interface MoveOptions {
  /** What to move, Query/Retrieve Level (0008,0052) included, encoded in `moveTransferSyntax`. */
  readonly identifier: Uint8Array;
  /** The AE title that shall receive, as the peer knows it. */
  readonly destination: string;
  /** Study Root unless given. */
  readonly model?: RetrieveModel;
  /** See `RequestOptions`. */
  readonly lastActivity?: () => number;
}

export type MoveResult = RetrieveResult;

/**
 * Has the peer send instances to an AE it knows (C-MOVE, PS3.4 §C.4.2). Yields the counters of each
 * response, the final one's included; a counter that a response leaves out keeps its last value, but
 * nothing remains after the final one.
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
  const context = association.context(moveSopClasses[options.model ?? 'study-root']);
  const { identifier, lastActivity } = options;
  const message = {
    command: {
      affectedSopClassUid: context.abstractSyntaxUid,
      commandField: CommandField.CMoveRq,
      priority: Priority.Medium,
      moveDestination: options.destination,
    },
    dataset: { kind: 'bytes', bytes: identifier },
  } as const;
  const watching = lastActivity === undefined ? {} : { lastActivity };
  const responses = association.request(context, message, watching, signal);
  return yield* retrieveResponses(responses, 'C-MOVE', context.transferSyntaxUid);
}
