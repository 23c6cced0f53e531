import type { ReactElement } from 'react';
import { Dialog } from '../../../components/index.ts';

/** Asks before something real is sent for: the server's own log will show it. */
export function OneImageDialog({
  isOpen,
  serverName,
  onTest,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly serverName: string;
  readonly onTest: () => void;
  readonly onClose: () => void;
}): ReactElement {
  return (
    <Dialog
      isOpen={isOpen}
      title={`Test the return path with one image of ${serverName}?`}
      actions={[
        { label: 'Not now', kind: 'quiet', onPress: onClose },
        { label: 'Test with one image', kind: 'primary', onPress: onTest },
      ]}
      onClose={onClose}
    >
      <p>
        {serverName} is asked for one small image of any patient, as a retrieve would. It shows whether the
        image arrives, under which AE title it is sent here, and from which address.
      </p>
      <p className="muted">
        The image is thrown away as it comes: nothing of it is stored or shown. The server’s log will have one
        retrieve by this viewer.
      </p>
    </Dialog>
  );
}
