import type { ReactElement } from 'react';
import { StatusDot, TimeAgo } from '../../../components/index.ts';
import type { ProofWords } from './proof-words.ts';

/** What is proven of a server, and how old that is. */
export function ProofDot({ proof: { status, words, at } }: { readonly proof: ProofWords }): ReactElement {
  return (
    <StatusDot state={status}>
      {words}
      {at === null ? null : (
        <>
          {' '}
          <TimeAgo at={at} />
        </>
      )}
    </StatusDot>
  );
}
