import { useEffect, useMemo, useState } from 'react';
import type { InstanceReport, TransferId } from '../../electron/contract/transfer.ts';
import type { Viewer } from './viewer.ts';
import { useViewer } from './viewer-context.tsx';

/** Reports can be many: while they change they are fetched no more often than this. */
const atMostEveryMs = 400;
const none: readonly InstanceReport[] = [];

/** What became of the instances of these transfers, in their order, kept up while they run. */
export function useReports(ids: readonly TransferId[]): readonly (readonly InstanceReport[])[] {
  const { transfers } = useViewer();
  const [heard, setHeard] = useState<ReadonlyMap<TransferId, readonly InstanceReport[]>>(new Map());
  useEffect(() => {
    const stops = ids.map((id) =>
      follow(transfers, id, (reports) => setHeard((before) => new Map(before).set(id, reports))),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, [transfers, ids]);
  return useMemo(() => ids.map((id) => heard.get(id) ?? none), [ids, heard]);
}

/** @returns stops following */
function follow(
  transfers: Viewer['transfers'],
  id: TransferId,
  tell: (reports: readonly InstanceReport[]) => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isGone = false;
  const fetchReports = async (): Promise<void> => {
    const result = await transfers.reports(id);
    if (!isGone && result.ok) tell(result.value);
  };
  // Not put off by what is heard while it waits, so that a busy transfer is followed too.
  const fetchSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      void fetchReports();
    }, atMostEveryMs);
  };
  const stopListening = transfers.changed((transfer) => {
    if (transfer.id === id) fetchSoon();
  });
  void fetchReports();
  return () => {
    isGone = true;
    stopListening();
    if (timer !== null) clearTimeout(timer);
  };
}
