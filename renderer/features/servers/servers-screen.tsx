import { Server as ServerIcon } from 'lucide-react';
import { useEffect, type ReactElement } from 'react';
import { useKept, useOurAeTitle, useViewer } from '../../bridge/index.ts';
import { EmptyState, Panel, SplitPane, TryDemo } from '../../components/index.ts';
import { FailureNotice } from '../../failures/index.ts';
import { ServerEditor } from './server-editor.tsx';
import { ServerListPanel } from './list/server-list-panel.tsx';
import { useConnectionTest } from './connection-test/use-connection-test.ts';
import { useTestResults } from './connection-test/use-test-results.ts';
import { useServers, type Servers } from './use-servers.ts';

export interface ServersScreenProps {
  /** Which server another screen asked to edit; a new object asks again. `null`: nobody asked. */
  readonly asked: { readonly serverId: string | null } | null;
  /** Out of sight nothing is drawn, and the form and its test are kept. */
  readonly isShown: boolean;
}

/** The DICOM servers window: the list, and one of them to view, edit and test. */
export function ServersScreen({ asked, isShown }: ServersScreenProps): ReactElement | null {
  const servers = useServers();
  const viewer = useViewer();
  const [settings] = useKept(viewer.settings.get, viewer.settings.changed);
  const { state, tell } = servers;
  const testing = useConnectionTest(state.opened);
  const results = useTestResults();

  useEffect(() => {
    const id = asked?.serverId ?? null;
    if (id !== null) tell({ kind: 'asked', wanted: { kind: 'server', id } });
  }, [asked, tell]);

  if (!isShown) return null;
  return (
    <SplitPane
      narrow="first"
      width="--list-width"
      first={
        <ServerListPanel
          servers={servers}
          results={results}
          settings={settings.kind === 'answered' ? settings.value : null}
        />
      }
      second={
        state.selection.kind === 'none' ? (
          <NoServer servers={servers} />
        ) : (
          <ServerEditor
            servers={servers}
            testing={testing}
            results={results}
            settings={settings.kind === 'answered' ? settings.value : null}
          />
        )
      }
    />
  );
}

function NoServer({ servers }: { readonly servers: Servers }): ReactElement {
  const ourAeTitle = useOurAeTitle();
  const { list, state, isDemoStarting, addDemo } = servers;
  const failure =
    state.saving.kind === 'failed' ? state.saving.failure : list.kind === 'failed' ? list.failure : null;
  return (
    <Panel title="Server" hideTitle>
      {failure === null ? null : (
        <FailureNotice failure={failure} who={{ server: 'The server', ourAeTitle }} isNew />
      )}
      {list.kind === 'asking' ? null : (
        <EmptyState
          icon={<ServerIcon />}
          title="No server yet"
          actions={<TryDemo onPress={addDemo} isStarting={isDemoStarting} />}
        >
          Press New server and enter what your PACS administrator gave you: the AE title, the address and the
          port. Or look around first with the demo archive, which runs on this computer.
        </EmptyState>
      )}
    </Panel>
  );
}
