import './action-note.css';
import { Ban, TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import type { ActionName, AllowedActions } from '../../electron/contract/action.ts';
import { blockedFailure } from '../../electron/contract/describe-blocked.ts';
import { describeDeprecation } from '../../electron/contract/describe-deprecation.ts';
import { describeFailure } from '../../electron/contract/describe-failure.ts';

export interface ActionNoteProps {
  readonly action: ActionName;
  readonly server: Actor | null;
}

interface Actor {
  readonly name: string;
  readonly actions: AllowedActions;
}

/** Why something can't be done with a server, or that it soon can't; its place is kept while all is well. */
export function ActionNote({ action, server }: ActionNoteProps): ReactElement {
  const isBlocked = server?.actions.why[action] !== undefined;
  const words = server === null ? '' : actionNote(action, server);
  return (
    <output className="action-note" data-tone={isBlocked ? 'blocked' : 'warning'}>
      {words === '' ? null : (
        <>
          {isBlocked ? <Ban /> : <TriangleAlert />}
          <span title={words}>{words}</span>
        </>
      )}
    </output>
  );
}

/** The same in words alone; '' where nothing is in the way. */
export function actionNote(action: ActionName, { name, actions }: Actor): string {
  const reason = actions.why[action];
  if (reason === undefined) {
    return actions.deprecated === null ? '' : describeDeprecation(actions.deprecated, name);
  }
  const who = { server: name, ourAeTitle: '' };
  const { title, explanation, suggestion } = describeFailure(blockedFailure(action, reason), who);
  return [title, explanation, suggestion ?? ''].join(' ').trim();
}
