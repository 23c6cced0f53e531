import './certificates.css';
import { BadgeCheck, FilePlus } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { KeptCertificate } from '../../../../electron/contract/certificate.ts';
import { Button, EmptyState, Notice, Panel, useFileDrop } from '../../../components/index.ts';
import { FailureNotice } from '../../../failures/index.ts';
import { CertificateCard } from './certificate-card.tsx';
import { ExpiryWarnings } from './expiry-warnings.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { useCertificates } from './use-certificates.ts';

/** Certificates we show to servers, and authorities by which servers are trusted. */
export function CertificatesPage(): ReactElement {
  const { kept, failure, isImporting, ...actions } = useCertificates();
  const drop = useFileDrop(actions.takeDropped);
  const [removing, setRemoving] = useState<KeptCertificate | null>(null);
  const list = kept.kind === 'answered' ? kept.value : null;
  const shownFailure = kept.kind === 'failed' ? kept.failure : failure;
  return (
    <Panel
      title="Certificates"
      isForReading
      actions={
        <>
          <Button icon={<FilePlus />} onPress={() => actions.startImport('identity')}>
            Import our certificate…
          </Button>
          <Button icon={<FilePlus />} onPress={() => actions.startImport('authorities')}>
            Import authorities…
          </Button>
        </>
      }
    >
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- what is dropped can be imported by button too */}
      <div className="certificates" data-dropping={drop.isOver || undefined} {...drop.handlers}>
        {shownFailure === null ? null : <FailureNotice failure={shownFailure} who={nobody} isNew />}
        {list === null ? null : (
          <>
            <ExpiryWarnings warnings={list.warnings} />
            {list.secretsAreKept ? null : <NoKeyring />}
            {list.certificates.length === 0 ? (
              <NoCertificates />
            ) : (
              <ul className="certificate-list" aria-label="Certificates">
                {list.certificates.map((certificate) => (
                  <CertificateCard
                    key={certificate.id}
                    certificate={certificate}
                    onRemove={() => setRemoving(certificate)}
                    onGiveKey={() => actions.startImport('identity')}
                  />
                ))}
              </ul>
            )}
          </>
        )}
      </div>
      <ImportDialog importing={isImporting} {...actions} />
      <RemoveDialog
        certificate={removing}
        onClose={() => setRemoving(null)}
        onRemove={(id) => {
          setRemoving(null);
          actions.remove(id);
        }}
      />
    </Panel>
  );
}

function NoCertificates(): ReactElement {
  return (
    <EmptyState icon={<BadgeCheck />} title="No certificates yet">
      Most servers need none. Where a server asks for a certificate of this viewer, import the file your
      administrator gave you (.p12, .pfx or .pem), or drop it here. Authorities are for servers whose
      certificate your system does not trust by itself.
    </EmptyState>
  );
}

const nobody = { server: 'the server', ourAeTitle: '' };

function NoKeyring(): ReactElement {
  return (
    <Notice tone="warning" title="This system has no keyring, so private keys and passwords are not kept.">
      <p className="muted">
        They stay in memory until you quit, and are asked for again in the next session. With a keyring (GNOME
        Keyring, KWallet, Keychain, Windows) they would be locked away by it.
      </p>
    </Notice>
  );
}
