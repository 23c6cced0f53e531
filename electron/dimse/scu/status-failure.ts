import { FailureError, type DimseCommand } from '../../contract/failure.ts';
import type { CommandSet } from '../commands/command.ts';

/** Status (0000,0900) of a response. @throws FailureError respond/malformed when it has none */
export function statusOf(command: CommandSet): number {
  if (command.status === undefined) throw new FailureError({ step: 'respond', cause: 'malformed' });
  return command.status;
}

/** What a response with a failure status says, with all it says of the cause. */
export function statusFailure(command: DimseCommand, response: CommandSet): FailureError {
  return new FailureError({
    step: 'respond',
    cause: 'status',
    command,
    status: statusOf(response),
    comment: commentOf(response),
    offendingElements: response.offendingElements ?? [],
  });
}

/** Error Comment (0000,0902); null when there is none worth showing. */
export function commentOf(response: CommandSet): string | null {
  const comment = response.errorComment?.trim() ?? '';
  return comment === '' ? null : comment;
}
