import { FailureError } from '../../contract/failure.ts';
import type { Association } from '../association/association.ts';
import { CommandField } from '../commands/command.ts';
import { statusCategory } from '../commands/status.ts';
import { SopClass } from '../uids/sop-class.ts';
import { statusFailure, statusOf } from './status-failure.ts';

/**
 * Asks the peer to answer (C-ECHO, PS3.7 §9.1.5). Answers the status: 0000H, or a warning.
 *
 * @throws FailureError negotiate, respond or cancelled
 */
export async function echo(association: Association, signal?: AbortSignal): Promise<number> {
  const context = association.context(SopClass.Verification);
  const command = { commandField: CommandField.CEchoRq, affectedSopClassUid: SopClass.Verification };
  for await (const response of association.request(context, { command, dataset: null }, {}, signal)) {
    const status = statusOf(response.command);
    switch (statusCategory(status)) {
      case 'success':
      case 'warning':
        return status;
      case 'failure':
        throw statusFailure('C-ECHO', response.command);
      case 'pending':
      case 'cancel':
        throw new FailureError({ step: 'respond', cause: 'malformed' });
    }
  }
  throw new FailureError({ step: 'respond', cause: 'closed' });
}
