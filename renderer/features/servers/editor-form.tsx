import { useMemo, type ReactElement } from 'react';
import type { FetchPeerCertificates } from '../../../electron/contract/certificate.ts';
import { checkServerFields } from '../../../electron/contract/check-server.ts';
import { useKept, useViewer } from '../../bridge/index.ts';
import { nameIn, problemsOf, selectedServer, shownProblems, type EditorState } from './editor-state.ts';
import { FetchCertificateDialog } from './form/fetch-certificate-dialog.tsx';
import { fieldNotes } from './form/field-notes.ts';
import { ServerForm } from './form/server-form.tsx';
import { useFetchCertificate } from './form/use-fetch-certificate.ts';
import { effectiveListenPort } from './server-fields.ts';
import type { ServerEditorProps } from './server-editor.tsx';
import { usePortClashes } from './use-port-clashes.ts';
import { useSeenObjects } from './use-observations.ts';
import { useResolvedHost } from './use-resolved-host.ts';
import { listenPortWarnings } from './warnings.ts';

/** The form over the editor's state, with what only main knows of it: ports and certificates. */
export function EditorForm({ servers: { state, tell }, settings }: ServerEditorProps): ReactElement {
  const { certificates } = useViewer();
  const [kept] = useKept(certificates.list, certificates.changed);
  const { fetched, fetch, close } = useFetchCertificate();
  const server = selectedServer(state);
  const id = server?.id ?? null;
  const seenObjects = useSeenObjects(id);
  const listenPort = effectiveListenPort(state.fields);
  const clashes = usePortClashes(id, listenPort);
  const resolved = useResolvedHost(state.fields.host);
  const others = useMemo(() => (state.servers ?? []).filter((each) => each.id !== id), [state.servers, id]);
  const notes = useMemo(() => fieldNotes(state.fields, others), [state.fields, others]);
  return (
    <>
      <ServerForm
        fields={state.fields}
        problems={shownProblems(state, problemsOf(state))}
        notes={server?.origin.kind === 'administrator' ? {} : notes}
        isReadOnly={server?.origin.kind === 'administrator'}
        listenPortWarnings={listenPortWarnings(clashes, state.fields.listenPort.trim() !== '', settings)}
        resolved={resolved}
        seenObjects={seenObjects}
        others={others}
        certificates={kept.kind === 'answered' ? kept.value : null}
        serverId={id}
        onFetchCertificate={() => {
          const question = fetchQuestion(state);
          if (question === null) tell({ kind: 'attempted' });
          else fetch(question);
        }}
        onChange={(change) => tell({ kind: 'changed', change })}
        onLeave={(field) => tell({ kind: 'left', field })}
      />
      <FetchCertificateDialog
        fetched={fetched}
        serverName={nameIn(state)}
        onClose={close}
        onPin={(pinnedFingerprint) => {
          tell({ kind: 'changed', change: { pinnedFingerprint } });
          close();
        }}
      />
    </>
  );
}

/** Whom to greet, as the form stands; `null`: it has problems first. */
function fetchQuestion(state: EditorState): FetchPeerCertificates | null {
  const checked = checkServerFields(state.fields);
  if (!('draft' in checked)) return null;
  const { host, port, expectedName, authorities, dicomweb } = checked.draft;
  const serverId = selectedServer(state)?.id ?? null;
  if (host !== null && port !== null) return { serverId, host, port, expectedName, authorities };
  const web = dicomweb === null ? null : webPlace(dicomweb.baseUrl);
  return web === null ? null : { serverId, ...web, expectedName, authorities };
}

const httpsPort = 443;

function webPlace(baseUrl: string): { readonly host: string; readonly port: number } | null {
  const url = URL.parse(baseUrl);
  if (url === null) return null;
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? httpsPort : Number(url.port),
  };
}
