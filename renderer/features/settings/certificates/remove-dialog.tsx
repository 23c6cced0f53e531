import type { ReactElement } from 'react';
import type { CertificateId } from '../../../../electron/contract/certificate-id.ts';
import type { KeptCertificate } from '../../../../electron/contract/certificate.ts';
import { Dialog } from '../../../components/index.ts';

/** Asks before a certificate and its key are gone. `certificate: null`: nothing is asked. */
export function RemoveDialog({
  certificate,
  onRemove,
  onClose,
}: {
  readonly certificate: KeptCertificate | null;
  readonly onRemove: (id: CertificateId) => void;
  readonly onClose: () => void;
}): ReactElement {
  const subject = certificate?.certificates[0]?.subject ?? '';
  return (
    <Dialog
      isOpen={certificate !== null}
      role="alertdialog"
      title={`Remove ${subject}?`}
      actions={[
        { label: 'Keep', kind: 'quiet', onPress: onClose },
        {
          label: 'Remove',
          kind: 'danger',
          onPress: () => {
            if (certificate !== null) onRemove(certificate.id);
          },
        },
      ]}
      onClose={onClose}
    >
      {certificate?.kind === 'identity'
        ? 'The certificate goes from this computer, and its private key with it. Without the file it came from it can’t be had back.'
        : 'Servers that only these authorities vouch for are no longer trusted.'}
    </Dialog>
  );
}
