import { useEffect, useState } from 'react';
import type { Transfer, TransferId } from '../../electron/contract/transfer.ts';
import { useNews } from './use-news.ts';
import { useViewer } from './viewer-context.tsx';

/** How many retrieves and sends wait or run now. */
export function useRunningTransfers(): number {
  const viewer = useViewer();
  const [isRunningById, setRunning] = useState<ReadonlyMap<TransferId, boolean>>(new Map());
  useNews(viewer.transfers.changed, (transfer) => {
    setRunning((before) =>
      before.get(transfer.id) === isRunning(transfer)
        ? before
        : new Map([...before, [transfer.id, isRunning(transfer)]]),
    );
  });
  useEffect(() => {
    void viewer.transfers.list().then((result) => {
      // Whatever news told meanwhile is newer than the list.
      if (result.ok) setRunning((before) => new Map([...result.value.map(entryOf), ...before]));
    });
  }, [viewer]);
  return [...isRunningById.values()].filter(Boolean).length;
}

function entryOf(transfer: Transfer): readonly [TransferId, boolean] {
  return [transfer.id, isRunning(transfer)];
}

function isRunning({ state }: Transfer): boolean {
  return state.kind === 'waiting' || state.kind === 'running';
}
