import './certificate-chain.css';
import type { ReactElement } from 'react';
import type { CertificateFacts } from '../../electron/contract/certificate.ts';
import { daysLeftWords, expiryTone, purposeWords } from './certificate-words.ts';
import { visibleText } from './visible-text.ts';

/** Certificates as a person compares them: whose, by whom, for what, how long, and the fingerprint. */
export function CertificateChain({
  label,
  certificates,
}: {
  readonly label: string;
  readonly certificates: readonly CertificateFacts[];
}): ReactElement {
  return (
    <ol className="certificate-chain" aria-label={label}>
      {certificates.map((facts) => (
        <li key={facts.fingerprint}>
          <p className="certificate-subject">{visibleText(facts.subject)}</p>
          <dl>
            <dt>Issued by</dt>
            <dd>{facts.selfSigned ? 'itself' : visibleText(facts.issuer)}</dd>
            <dt>For</dt>
            <dd>{purposeWords(facts)}</dd>
            {facts.names.length === 0 ? null : (
              <>
                <dt>Names</dt>
                <dd>{visibleText(facts.names.join(', '))}</dd>
              </>
            )}
            <dt>Valid</dt>
            <dd data-tone={expiryTone(facts)}>
              {`${day(facts.validFrom)} to ${day(facts.validTo)}, ${daysLeftWords(facts.daysLeft)}`}
            </dd>
            <dt>SHA-256</dt>
            <dd className="mono">{facts.fingerprint}</dd>
          </dl>
        </li>
      ))}
    </ol>
  );
}

function day(iso: string): string {
  return new Date(iso).toLocaleDateString(undefined, { dateStyle: 'medium' });
}
