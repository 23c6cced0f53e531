import { useRef, useState } from 'react';
import type { FetchPeerCertificates, PeerCertificates } from '../../../../electron/contract/certificate.ts';
import type { Failure } from '../../../../electron/contract/failure.ts';
import { useViewer } from '../../../bridge/index.ts';

export type FetchedCertificate =
  | { readonly kind: 'closed' | 'asking' }
  | { readonly kind: 'answered'; readonly peer: PeerCertificates }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface FetchingCertificate {
  readonly fetched: FetchedCertificate;
  readonly fetch: (question: FetchPeerCertificates) => void;
  readonly close: () => void;
}

/** Asks a server for its certificate; an answer that nobody waits for any more is dropped. */
export function useFetchCertificate(): FetchingCertificate {
  const { certificates } = useViewer();
  const [fetched, setFetched] = useState<FetchedCertificate>({ kind: 'closed' });
  const latest = useRef(0);

  async function fetch(question: FetchPeerCertificates): Promise<void> {
    const mine = (latest.current += 1);
    setFetched({ kind: 'asking' });
    const result = await certificates.fetchPeer(question);
    if (latest.current !== mine) return;
    setFetched(
      result.ok ? { kind: 'answered', peer: result.value } : { kind: 'failed', failure: result.failure },
    );
  }

  return {
    fetched,
    fetch: (question) => void fetch(question),
    close: () => {
      latest.current += 1;
      setFetched({ kind: 'closed' });
    },
  };
}
