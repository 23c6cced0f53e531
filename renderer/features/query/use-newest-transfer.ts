import { useEffect, useState } from 'react';
import type { Transfer } from '../../../electron/contract/transfer.ts';
import { useNews, useViewer } from '../../bridge/index.ts';

/** The transfer that was queued last, as it stands; `null`: none. */
export function useNewestTransfer(): Transfer | null {
  const viewer = useViewer();
  const [newest, setNewest] = useState<Transfer | null>(null);

  useEffect(() => {
    let isGone = false;
    void viewer.transfers.list().then((result) => {
      if (!isGone && result.ok) setNewest((known) => result.value.reduce(newerOf, known));
    });
    return () => {
      isGone = true;
    };
  }, [viewer]);

  useNews(viewer.transfers.changed, (transfer) => setNewest((known) => newerOf(known, transfer)));
  useNews(viewer.transfers.cleared, (ids) =>
    setNewest((known) => (known !== null && ids.includes(known.id) ? null : known)),
  );
  return newest;
}

/** The one queued later; the newer word about the same one. */
export function newerOf(known: Transfer | null, heard: Transfer): Transfer {
  return known === null || heard.id === known.id || heard.queuedAt >= known.queuedAt ? heard : known;
}
