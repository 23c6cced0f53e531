import type { ReactElement } from 'react';
import { Dialog } from '../../components/index.ts';
import type { Servers } from './use-servers.ts';

/** Asks before the form is taken away with changes in it. */
export function UnsavedDialog({
  servers: { state, tell, leave },
}: {
  readonly servers: Servers;
}): ReactElement {
  const name = state.fields.name.trim();
  const keepEditing = (): void => tell({ kind: 'kept-editing' });
  return (
    <Dialog
      isOpen={state.wanted !== null}
      role="alertdialog"
      title={`Save the changes to ${name === '' ? 'the new server' : name}?`}
      actions={[
        { label: 'Keep editing', kind: 'quiet', onPress: keepEditing },
        { label: 'Discard', onPress: () => leave('discard') },
        { label: 'Save', kind: 'primary', onPress: () => leave('save') },
      ]}
      onClose={keepEditing}
    >
      Discard gives up what was changed since it was last saved.
    </Dialog>
  );
}

/** Asks before a server is deleted. `name`: of the server; `null`: nothing is asked. */
export function DeleteDialog({
  name,
  onDelete,
  onClose,
}: {
  readonly name: string | null;
  readonly onDelete: () => void;
  readonly onClose: () => void;
}): ReactElement {
  return (
    <Dialog
      isOpen={name !== null}
      role="alertdialog"
      title={`Delete ${name ?? ''}?`}
      actions={[
        { label: 'Keep', kind: 'quiet', onPress: onClose },
        { label: 'Delete', kind: 'danger', onPress: onDelete },
      ]}
      onClose={onClose}
    >
      It goes from this list with its settings. Nothing on the server changes, and studies retrieved from it
      stay.
    </Dialog>
  );
}
