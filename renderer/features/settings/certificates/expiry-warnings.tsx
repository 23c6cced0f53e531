import type { ReactElement } from 'react';
import type { ExpiryWarning } from '../../../../electron/contract/certificate.ts';
import { Notice } from '../../../components/index.ts';
import { daysLeftWords } from '../../../format/index.ts';

/** What runs out, or has: the most urgent first. Nothing where all is well. */
export function ExpiryWarnings({
  warnings,
}: {
  readonly warnings: readonly ExpiryWarning[];
}): ReactElement | null {
  const [first] = warnings;
  if (first === undefined) return null;
  return (
    <Notice
      tone={first.level === 'expired' || first.level === 'day' ? 'failure' : 'warning'}
      title={warnings.length === 1 ? '1 certificate runs out' : `${warnings.length} certificates run out`}
    >
      <ul>
        {warnings.map((warning) => (
          <li key={`${warning.whose.kind} ${warning.whose.id} ${warning.subject}`}>
            {`${warning.subject} (${whoseWords(warning)}): ${daysLeftWords(warning.daysLeft)}`}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function whoseWords({ whose }: ExpiryWarning): string {
  switch (whose.kind) {
    case 'identity':
      return 'ours';
    case 'authorities':
      return 'an authority';
    case 'server':
      return `of ${whose.name}`;
  }
}
