import { Copy, Trash2 } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { Server } from '../../../electron/contract/server.ts';
import { Button } from '../../components/index.ts';
import { DeleteDialog } from './dialogs.tsx';
import type { Servers } from './use-servers.ts';

/** What can be done with the server as a whole. `null`: it is new, so nothing yet. */
export function EditorActions({
  servers,
  server,
}: {
  readonly servers: Servers;
  readonly server: Server | null;
}): ReactElement {
  const [isAsking, setAsking] = useState(false);
  const isDeletable = server !== null && server.origin.kind !== 'administrator';
  return (
    <>
      <Button icon={<Copy />} kind="quiet" onPress={servers.duplicate} isDisabled={server === null}>
        Duplicate
      </Button>
      <Button icon={<Trash2 />} kind="quiet" onPress={() => setAsking(true)} isDisabled={!isDeletable}>
        Delete
      </Button>
      <DeleteDialog
        name={isAsking && server !== null ? server.name : null}
        onDelete={() => {
          setAsking(false);
          servers.deleteSelected();
        }}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
