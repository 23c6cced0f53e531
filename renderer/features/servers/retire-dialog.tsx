import { useState, type ReactElement } from 'react';
import type { Server, ServerId } from '../../../electron/contract/server.ts';
import { Dialog, Select } from '../../components/index.ts';

/** Takes a server out of use and keeps what is known of it: the better end for most. `server: null`: closed. */
export function RetireDialog({
  server,
  others,
  onRetire,
  onClose,
}: {
  readonly server: Server | null;
  readonly others: readonly Server[];
  readonly onRetire: (replacedBy: ServerId | null) => void;
  readonly onClose: () => void;
}): ReactElement {
  const [chosen, choose] = useState('');
  const replacement = others.find(({ id }) => id === chosen)?.id ?? null;
  return (
    <Dialog
      isOpen={server !== null}
      role="alertdialog"
      title={`Retire ${server?.name ?? ''}?`}
      actions={[
        { label: 'Keep', kind: 'quiet', onPress: onClose },
        { label: 'Retire', kind: 'primary', onPress: () => onRetire(replacement) },
      ]}
      onClose={onClose}
    >
      <p>
        Nothing is asked of it any more, and it stays in the list with its history. You can bring it back at
        any time; Delete takes it away for good.
      </p>
      <Select
        label="Replaced by"
        value={replacement ?? ''}
        options={[
          { value: '', label: 'No other server' },
          ...others.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        onChange={choose}
        hint="Named to whoever tries to use this one"
      />
    </Dialog>
  );
}
