import { TriangleAlert } from 'lucide-react';
import { useEffect, useState, type ReactElement } from 'react';
import type { Transfer } from '../../../electron/contract/transfer.ts';
import { useViewer } from '../../bridge/index.ts';
import { ProgressBar } from '../../components/index.ts';
import {
  isOngoing,
  progressCount,
  timeLeftWords,
  transferStateWords,
  transferSubject,
} from '../../format/index.ts';
import { searchWords } from './search-words.ts';
import type { StudySearch } from './study-search.ts';
import { useNewestTransfer } from './use-newest-transfer.ts';

/** The line at the bottom: how the search stands on the left, the newest transfer on the right. */
export function QueryStatus({ search }: { readonly search: StudySearch }): ReactElement {
  const viewer = useViewer();
  const transfer = useNewestTransfer();
  return (
    <footer className="query-status">
      <SearchCount key={search.kind === 'asking' ? search.startedAt : 0} search={search} />
      <div className="query-transfer">
        {transfer === null ? null : (
          <TransferLine transfer={transfer} onCancel={({ id }) => void viewer.transfers.cancel(id)} />
        )}
      </div>
    </footer>
  );
}

function SearchCount({ search }: { readonly search: StudySearch }): ReactElement {
  const { text, tone } = searchWords(search, useSeconds(search.kind === 'asking'));
  return (
    <output className="query-count" data-tone={tone}>
      {tone === 'warning' ? <TriangleAlert aria-hidden /> : null}
      <span title={text}>{text}</span>
    </output>
  );
}

interface TransferLineProps {
  readonly transfer: Transfer;
  readonly onCancel: (transfer: Transfer) => void;
}

function TransferLine({ transfer, onCancel }: TransferLineProps): ReactElement {
  const { progress, state } = transfer;
  const words = [transferStateWords(transfer), progressCount(progress)];
  if (state.kind === 'running') words.push(timeLeftWords(progress));
  return (
    <ProgressBar
      label={transferSubject(transfer)}
      value={progress.done + progress.failed}
      total={isOngoing(transfer) ? progress.expected : (progress.expected ?? 1)}
      valueLabel={words.filter((word) => word !== '').join(' · ')}
      state={barStates[state.kind]}
      onCancel={isOngoing(transfer) ? () => onCancel(transfer) : undefined}
    />
  );
}

const barStates = {
  waiting: 'idle',
  running: 'running',
  done: 'ok',
  incomplete: 'warning',
  failed: 'failure',
  cancelled: 'idle',
} as const;

/** Whole seconds that have passed while it is running. */
function useSeconds(isRunning: boolean): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => setSeconds((passed) => passed + 1), 1000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return seconds;
}
