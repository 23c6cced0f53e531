import './keys-dialog.css';
import type { ReactElement } from 'react';
import { Dialog } from './dialog.tsx';
import { Keys } from './keys.tsx';

export interface KeyGroup {
  readonly title: string;
  /** What it does, and the key as it is printed. */
  readonly keys: readonly (readonly [action: string, key: string])[];
}

/** Every key of the program on one page. */
export function KeysDialog({
  isOpen,
  groups,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly groups: readonly KeyGroup[];
  readonly onClose: () => void;
}): ReactElement {
  return (
    <Dialog
      isOpen={isOpen}
      isWide
      title="Keys"
      actions={[{ label: 'Close', onPress: onClose }]}
      onClose={onClose}
    >
      <div className="keys-groups">
        {groups.map((group) => (
          <section key={group.title} className="keys-group">
            <h3>{group.title}</h3>
            <dl>
              {group.keys.map(([action, key]) => (
                <KeyLine key={action} action={action} shortcut={key} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function KeyLine({ action, shortcut }: { readonly action: string; readonly shortcut: string }): ReactElement {
  return (
    <>
      <dt>{action}</dt>
      <dd>
        <Keys>{shortcut}</Keys>
      </dd>
    </>
  );
}
