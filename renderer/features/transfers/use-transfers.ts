import { useEffect, useReducer } from 'react';
import { useNews, useViewer } from '../../bridge/index.ts';
import { nextTransfers, noTransfers, type Transfers } from './transfer-list.ts';

/** Every transfer, kept up by news. */
export function useTransfers(): Transfers {
  const viewer = useViewer();
  const [transfers, tell] = useReducer(nextTransfers, noTransfers);

  useNews(viewer.transfers.changed, (transfer) => tell({ kind: 'changed', transfer }));
  useNews(viewer.transfers.cleared, (ids) => tell({ kind: 'cleared', ids }));
  useEffect(() => {
    let isGone = false;
    void viewer.transfers.list().then((result) => {
      if (!isGone && result.ok) tell({ kind: 'listed', transfers: result.value });
    });
    return () => {
      isGone = true;
    };
  }, [viewer]);
  return transfers;
}
