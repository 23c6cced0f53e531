import type { ReactElement } from 'react';
import { checkServerFields } from '../../../electron/contract/check-server.ts';
import { untested } from '../../../electron/contract/connection-test-outcome.ts';
import { actionNote } from '../../failures/index.ts';
import { ConnectionTest } from './connection-test/connection-test.tsx';
import { plannedSteps } from './connection-test/planned-steps.ts';
import { partiesOf } from './connection-test/test-parties-of.ts';
import type { ConnectionTesting } from './connection-test/use-connection-test.ts';
import { isDirty, nameIn, selectedServer, type EditorState } from './editor-state.ts';
import type { ServerEditorProps } from './server-editor.tsx';
import { effectiveListenPort } from './server-fields.ts';
import { tellYourAdministrator } from './warnings.ts';

/** The connection test of what the form holds, saved or not. */
export function EditorTest({
  servers: { state, tell },
  testing,
  results,
  settings,
  pointOut,
}: ServerEditorProps & {
  /** Takes the keyboard to the first field that has to be put right. */
  readonly pointOut: () => void;
}): ReactElement {
  const id = selectedServer(state)?.id ?? null;
  const steps = plannedSteps(state.fields.protocol);
  return (
    <ConnectionTest
      state={testing.state}
      planned={steps}
      parties={partiesOf(state.fields, settings)}
      known={(id === null ? undefined : results.get(id)?.states) ?? untested}
      isOutdated={isOutdated(testing, state)}
      blocked={blockedWords(state)}
      afterwards={
        settings === null
          ? null
          : tellYourAdministrator(nameIn(state), settings, effectiveListenPort(state.fields))
      }
      onTest={({ sendOneImage }) => {
        tell({ kind: 'attempted' });
        const checked = checkServerFields(state.fields);
        if ('draft' in checked) testing.run({ id, draft: checked.draft, sendOneImage }, steps);
        else pointOut();
      }}
      onCancel={testing.cancel}
    />
  );
}

/** Of a server as it is saved; what is only in the form is for main to judge. */
function blockedWords(state: EditorState): string {
  const server = selectedServer(state);
  if (server === null || isDirty(state) || server.actions.test) return '';
  return actionNote('test', server);
}

function isOutdated({ state: { draft } }: ConnectionTesting, { fields }: EditorState): boolean {
  if (draft === null) return false;
  const checked = checkServerFields(fields);
  return !('draft' in checked) || JSON.stringify(checked.draft) !== JSON.stringify(draft);
}
