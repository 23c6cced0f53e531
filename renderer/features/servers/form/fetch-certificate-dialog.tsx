import type { ReactElement } from 'react';
import { CopyButton, Dialog, Notice, StatusDot } from '../../../components/index.ts';
import { FailureNotice } from '../../../failures/index.ts';
import { CertificateChain } from '../../../format/index.ts';
import type { FetchedCertificate } from './use-fetch-certificate.ts';

/** What a server shows when it is greeted in TLS, for a person to compare before it is pinned. */
export function FetchCertificateDialog({
  fetched,
  serverName,
  onPin,
  onClose,
}: {
  readonly fetched: FetchedCertificate;
  readonly serverName: string;
  readonly onPin: (fingerprint: string) => void;
  readonly onClose: () => void;
}): ReactElement {
  const peer = fetched.kind === 'answered' ? fetched.peer : null;
  const own = peer?.chain[0] ?? null;
  const who = { server: serverName, ourAeTitle: '' };
  return (
    <Dialog
      isOpen={fetched.kind !== 'closed'}
      isWide
      title={`Certificate of ${serverName}`}
      actions={[
        {
          label: 'Pin this certificate',
          isDisabled: own === null,
          onPress: () => {
            if (own !== null) onPin(own.fingerprint);
          },
        },
        { label: 'Close', onPress: onClose },
      ]}
      onClose={onClose}
    >
      <div className="fetched-certificate">
        {fetched.kind === 'asking' ? (
          <StatusDot state="running">{`Greeting ${serverName} in TLS…`}</StatusDot>
        ) : null}
        {fetched.kind === 'failed' ? <FailureNotice failure={fetched.failure} who={who} isNew /> : null}
        {peer === null ? null : (
          <>
            {peer.failure === null ? (
              <Notice tone="ok" title="It is trusted as the form stands." />
            ) : (
              <FailureNotice failure={peer.failure} who={who} isNew />
            )}
            <p>
              Compare the SHA-256 fingerprint with what the server’s administrator tells you by another way,
              such as by telephone. Once it is pinned, this one certificate is trusted and no other.
            </p>
            <CertificateChain label="As it came" certificates={peer.chain} />
            {own === null ? null : (
              <CopyButton kind="quiet" text={() => own.fingerprint}>
                Copy fingerprint
              </CopyButton>
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}
