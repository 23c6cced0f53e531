import type { ReactElement } from 'react';
import type { KeptCertificate } from '../../../../electron/contract/certificate.ts';
import { Badge, Button, StatusDot } from '../../../components/index.ts';
import { CertificateChain, countOf } from '../../../format/index.ts';

/** A certificate of ours or a bundle of authorities: what it is, whether it can be used, who uses it. */
export function CertificateCard({
  certificate,
  onRemove,
  onGiveKey,
}: {
  readonly certificate: KeptCertificate;
  readonly onRemove: () => void;
  readonly onGiveKey: () => void;
}): ReactElement {
  const { kind, certificates, key, origin, usedBy } = certificate;
  const subject = certificates[0]?.subject ?? 'Certificate';
  const isManaged = origin.kind === 'administrator';
  return (
    <li className="certificate-card">
      <div className="certificate-head">
        <h3>
          {kind === 'identity' ? 'Our certificate' : countOf(certificates.length, 'authority', 'authorities')}
        </h3>
        <Badge>{isManaged ? 'administrator' : 'user'}</Badge>
        <span className="muted">
          {usedBy.length === 0 ? 'Not used by any server' : `Used by ${usedBy.join(', ')}`}
        </span>
        <Button
          kind="quiet"
          label={`Remove ${subject}`}
          isDisabled={isManaged || usedBy.length > 0}
          tooltip={
            isManaged ? 'Set by the administrator’s file' : usedBy.length > 0 ? 'Servers use it' : undefined
          }
          onPress={onRemove}
        >
          Remove
        </Button>
      </div>
      {key === null ? null : <KeyLine kept={key} onGiveKey={onGiveKey} />}
      <CertificateChain label={`Chain of ${subject}`} certificates={certificates} />
    </li>
  );
}

function KeyLine({
  kept,
  onGiveKey,
}: {
  readonly kept: NonNullable<KeptCertificate['key']>;
  readonly onGiveKey: () => void;
}): ReactElement {
  switch (kept) {
    case 'sealed':
      return <StatusDot state="ok">Its private key is locked away by this system’s keyring</StatusDot>;
    case 'session':
      return <StatusDot state="warning">Its private key is in memory until you quit</StatusDot>;
    case 'file':
      return <StatusDot state="ok">Its private key is in the administrator’s file</StatusDot>;
    case 'locked':
    case 'missing':
      return (
        <div className="certificate-key">
          <StatusDot state="failure">
            {kept === 'locked'
              ? 'The keyring no longer opens its private key: give it again to use it'
              : 'Its private key is not here: give it again to use it'}
          </StatusDot>
          <Button onPress={onGiveKey}>Import again…</Button>
        </div>
      );
  }
}
