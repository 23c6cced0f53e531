import { useRef, type ReactElement } from 'react';
import type { Server } from '../../../electron/contract/server.ts';
import type { SettingsView } from '../../../electron/contract/settings.ts';
import { focusFirstProblem, Panel, SaveLine, useKeys } from '../../components/index.ts';
import { FailureNotice } from '../../failures/index.ts';
import type { ConnectionTesting } from './connection-test/use-connection-test.ts';
import type { TestResults } from './connection-test/use-test-results.ts';
import { UnsavedDialog } from './dialogs.tsx';
import { EditorActions } from './editor-actions.tsx';
import { EditorForm } from './editor-form.tsx';
import { isDirty, nameIn, problemsOf, selectedServer, type EditorState } from './editor-state.ts';
import { EditorTest } from './editor-test.tsx';
import { OriginNotice } from './origin-notice.tsx';
import type { Servers } from './use-servers.ts';

export interface ServerEditorProps {
  readonly servers: Servers;
  readonly testing: ConnectionTesting;
  readonly results: TestResults;
  /** `null`: not heard yet. */
  readonly settings: SettingsView | null;
}

/** One server: its form, the connection test beneath it, Save and Revert always in sight. */
export function ServerEditor(props: ServerEditorProps): ReactElement {
  const { servers } = props;
  const { state } = servers;
  const server = selectedServer(state);
  const form = useRef<HTMLDivElement>(null);
  const pointOut = (): void => focusFirstProblem(form.current);
  return (
    <Panel
      title={titleOf(state, server)}
      actions={<EditorActions servers={servers} server={server} />}
      foot={
        server?.origin.kind === 'administrator' ? undefined : (
          <EditorFoot servers={servers} pointOut={pointOut} />
        )
      }
    >
      <div ref={form}>
        <OriginNotice server={server} />
        <SaveFailure {...props} />
        <EditorForm {...props} />
        <EditorTest {...props} pointOut={pointOut} />
      </div>
      <UnsavedDialog servers={servers} />
    </Panel>
  );
}

function EditorFoot({
  servers: { state, tell, save },
  pointOut,
}: {
  readonly servers: Servers;
  readonly pointOut: () => void;
}): ReactElement {
  const isUnsaved = state.selection.kind === 'new' || isDirty(state);
  const saveOrPointOut = (): void => {
    save();
    pointOut();
  };
  useKeys({
    'Ctrl+s': () => {
      if (isUnsaved) saveOrPointOut();
    },
  });
  return (
    <SaveLine
      isUnsaved={isUnsaved}
      canRevert={isDirty(state)}
      problemCount={state.isAttempted ? Object.keys(problemsOf(state)).length : 0}
      saving={state.saving.kind}
      onSave={saveOrPointOut}
      onRevert={() => tell({ kind: 'reverted' })}
    />
  );
}

function SaveFailure({ servers: { state }, settings }: ServerEditorProps): ReactElement | null {
  if (state.saving.kind !== 'failed') return null;
  const who = { server: nameIn(state), ourAeTitle: settings?.aeTitle.value ?? '' };
  return (
    <div className="server-form-notice">
      <FailureNotice failure={state.saving.failure} who={who} isNew />
    </div>
  );
}

function titleOf(state: EditorState, server: Server | null): string {
  if (server === null) return 'New server';
  return isDirty(state) ? `${server.name} (changed)` : server.name;
}
