import { useMemo } from 'react';
import type { SendItem } from '../../../electron/contract/send.ts';
import { useReports } from '../../bridge/index.ts';
import { ledgerOf, type LedgerRow } from './ledger.ts';
import type { Attempt } from './sending.ts';

/** What became of each file, by all attempts at one server. */
export function useLedger(items: readonly SendItem[], attempts: readonly Attempt[]): readonly LedgerRow[] {
  const named = attempts.map(({ id }) => id).join('\n');
  // Attempts are new objects with every word of their transfer; their ids are the same.
  // oxlint-disable-next-line react/exhaustive-deps -- the ids stand for the attempts
  const ids = useMemo(() => attempts.map(({ id }) => id), [named]);
  const reports = useReports(ids);
  return useMemo(() => ledgerOf(items, reports), [items, reports]);
}
