import { Archive, ArchiveRestore, Copy, Trash2 } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { Server } from '../../../electron/contract/server.ts';
import { Button, CopyButton } from '../../components/index.ts';
import { DeleteDialog } from './dialogs.tsx';
import { isDirty } from './editor-state.ts';
import { RetireDialog } from './retire-dialog.tsx';
import { serverText } from './server-text.ts';
import type { Servers } from './use-servers.ts';

/** What can be done with the server as a whole. `null`: it is new, so nothing yet. */
export function EditorActions({
  servers,
  server,
}: {
  readonly servers: Servers;
  readonly server: Server | null;
}): ReactElement {
  const [asking, setAsking] = useState<'retire' | 'delete' | null>(null);
  const { state } = servers;
  const isOwn = server !== null && server.origin.kind !== 'administrator';
  const isRetired = server?.lifecycle === 'obsolete';
  const close = (): void => setAsking(null);
  return (
    <>
      <CopyButton kind="quiet" isDisabled={server === null} text={() => serverText(state.fields)}>
        Copy as text
      </CopyButton>
      <Button icon={<Copy />} kind="quiet" onPress={servers.duplicate} isDisabled={server === null}>
        Duplicate
      </Button>
      {isRetired ? (
        <Button icon={<ArchiveRestore />} kind="quiet" onPress={servers.bringBack} isDisabled={!isOwn}>
          Bring back
        </Button>
      ) : (
        <Button
          icon={<Archive />}
          kind="quiet"
          onPress={() => setAsking('retire')}
          isDisabled={!isOwn || isDirty(state)}
          tooltip={isDirty(state) ? 'Save or revert the changes first' : undefined}
        >
          Retire
        </Button>
      )}
      <Button icon={<Trash2 />} kind="quiet" onPress={() => setAsking('delete')} isDisabled={!isOwn}>
        Delete
      </Button>
      <RetireDialog
        server={asking === 'retire' ? server : null}
        others={(state.servers ?? []).filter(({ id }) => id !== server?.id)}
        onRetire={(replacedBy) => {
          close();
          servers.retire(replacedBy);
        }}
        onClose={close}
      />
      <DeleteDialog
        name={asking === 'delete' && server !== null ? server.name : null}
        onDelete={() => {
          close();
          servers.deleteSelected();
        }}
        onClose={close}
      />
    </>
  );
}
