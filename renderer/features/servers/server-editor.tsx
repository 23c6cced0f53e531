import './server-editor.css';
import { useRef, type ReactElement } from 'react';
import { checkServerFields } from '../../../electron/contract/check-server.ts';
import type { Server } from '../../../electron/contract/server.ts';
import type { SettingsView } from '../../../electron/contract/settings.ts';
import { Panel, SaveLine, useKeys } from '../../components/index.ts';
import { FailureNotice } from '../../failures/index.ts';
import { UnsavedDialog } from './dialogs.tsx';
import { EchoTest } from './echo-test.tsx';
import { EditorActions } from './editor-actions.tsx';
import { isDirty, selectedServer, shownProblems, type EditorState } from './editor-state.ts';
import { OriginNotice } from './origin-notice.tsx';
import { effectiveListenPort } from './server-fields.ts';
import { ServerForm } from './server-form.tsx';
import type { Echo } from './use-echo.ts';
import { useListenPort } from './use-listen-port.ts';
import type { Servers } from './use-servers.ts';
import { aeTitleWarning, listenPortWarning, tellYourAdministrator } from './warnings.ts';

export interface ServerEditorProps {
  readonly servers: Servers;
  readonly echo: Echo;
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
      foot={isManaged(server) ? undefined : <EditorFoot servers={servers} pointOut={pointOut} />}
    >
      <div ref={form}>
        <OriginNotice server={server} />
        <SaveFailure {...props} />
        <Form {...props} />
        <Test {...props} pointOut={pointOut} />
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

function Form({ servers: { state, tell }, settings }: ServerEditorProps): ReactElement {
  const server = selectedServer(state);
  const listenPort = effectiveListenPort(state.fields);
  const listenFailure = useListenPort(listenPort);
  return (
    <ServerForm
      fields={state.fields}
      problems={shownProblems(state, problemsOf(state))}
      isReadOnly={isManaged(server)}
      aeTitleWarning={aeTitleWarning(state, server)}
      listenPortWarning={listenPortWarning(listenFailure, listenPort, settings)}
      onChange={(change) => tell({ kind: 'changed', change })}
      onLeave={(field) => tell({ kind: 'left', field })}
    />
  );
}

function Test({
  servers: { state, tell },
  echo,
  settings,
  pointOut,
}: ServerEditorProps & { readonly pointOut: () => void }): ReactElement {
  const name = nameIn(state);
  return (
    <EchoTest
      state={echo.state}
      serverName={name}
      ourAeTitle={settings?.aeTitle.value ?? ''}
      isTls={state.fields.tls}
      isOutdated={isOutdated(echo, state)}
      afterwards={
        settings === null ? null : tellYourAdministrator(name, settings, effectiveListenPort(state.fields))
      }
      onEcho={() => {
        tell({ kind: 'attempted' });
        const checked = checkServerFields(state.fields);
        if ('draft' in checked) echo.run(selectedServer(state)?.id ?? null, checked.draft);
        else pointOut();
      }}
      onCancel={echo.cancel}
    />
  );
}

function titleOf(state: EditorState, server: Server | null): string {
  if (server === null) return 'New server';
  return isDirty(state) ? `${server.name} (changed)` : server.name;
}

function nameIn({ fields }: EditorState): string {
  return fields.name.trim() === '' ? 'The server' : fields.name.trim();
}

function isManaged(server: Server | null): boolean {
  return server?.origin.kind === 'administrator';
}

function problemsOf({ fields }: EditorState): ReturnType<typeof shownProblems> {
  const checked = checkServerFields(fields);
  return 'problems' in checked ? checked.problems : {};
}

function isOutdated(echo: Echo, { fields }: EditorState): boolean {
  if (echo.state.draft === null) return false;
  const checked = checkServerFields(fields);
  return !('draft' in checked) || JSON.stringify(checked.draft) !== JSON.stringify(echo.state.draft);
}

// The problems are drawn by the time the next frame comes.
function focusFirstProblem(form: HTMLElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
