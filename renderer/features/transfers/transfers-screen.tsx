import './transfers.css';
import { ArrowDownUp } from 'lucide-react';
import { useMemo, useState, type ReactElement } from 'react';
import type { Failure } from '../../../electron/contract/failure.ts';
import type { Result } from '../../../electron/contract/result.ts';
import type { ServerId } from '../../../electron/contract/server.ts';
import type { Transfer } from '../../../electron/contract/transfer.ts';
import { useOurAeTitle, useServerChoice, useViewer } from '../../bridge/index.ts';
import { Button, EmptyState } from '../../components/index.ts';
import { FailureNotice } from '../../failures/index.ts';
import { countOf, isOngoing } from '../../format/index.ts';
import { newestFirst } from './transfer-list.ts';
import { TransferRow } from './transfer-row.tsx';
import { useTransfers } from './use-transfers.ts';

export interface TransfersScreenProps {
  readonly onOpenStudy: (studyInstanceUid: string) => void;
  readonly onEditServers: (serverId: ServerId) => void;
}

/** Every retrieve and send: how it goes, how it ended, and what to do about it. */
export function TransfersScreen({ onOpenStudy, onEditServers }: TransfersScreenProps): ReactElement {
  const viewer = useViewer();
  const ourAeTitle = useOurAeTitle();
  const kept = useTransfers();
  const transfers = useMemo(() => newestFirst(kept), [kept]);
  const { servers } = useServerChoice();
  const [failed, setFailed] = useState<Failed | null>(null);
  const ongoing = transfers.filter(isOngoing).length;

  async function ask(request: Promise<Result<unknown>>, transfer: Transfer | null): Promise<void> {
    const result = await request;
    setFailed(result.ok ? null : { failure: result.failure, transfer });
  }

  return (
    <div className="transfers">
      <header className="transfers-head">
        <h1>Transfers</h1>
        <output className="muted">{summary(transfers.length, ongoing)}</output>
        <Button
          isDisabled={ongoing === transfers.length}
          onPress={() => void ask(viewer.transfers.clearEnded(), null)}
        >
          Clear ended
        </Button>
      </header>
      {failed === null ? null : (
        <div className="transfers-failure">
          <AskFailure {...failed} ourAeTitle={ourAeTitle} onEditServers={onEditServers} />
        </div>
      )}
      {transfers.length === 0 ? (
        <EmptyState icon={<ArrowDownUp />} title="No transfers yet">
          Retrieve a study from Query, or send files: each is listed here, and goes on while you look
          elsewhere.
        </EmptyState>
      ) : (
        <ul className="transfers-list" aria-label="Transfers" data-region tabIndex={-1}>
          {transfers.map((transfer) => (
            <TransferRow
              key={transfer.id}
              transfer={transfer}
              ourAeTitle={ourAeTitle}
              server={servers.find(({ id }) => id === transfer.serverId) ?? null}
              onCancel={() => void ask(viewer.transfers.cancel(transfer.id), transfer)}
              onRetry={() => void ask(viewer.transfers.retryFailed(transfer.id), transfer)}
              onOpenStudy={onOpenStudy}
              onEditServer={() => onEditServers(transfer.serverId)}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

interface Failed {
  readonly failure: Failure;
  /** What it was about; `null`: all of them. */
  readonly transfer: Transfer | null;
}

function AskFailure({
  failure,
  transfer,
  ourAeTitle,
  onEditServers,
}: Failed & { readonly ourAeTitle: string } & Pick<TransfersScreenProps, 'onEditServers'>): ReactElement {
  return (
    <FailureNotice
      failure={failure}
      who={{ server: transfer?.serverName ?? 'the server', ourAeTitle }}
      isNew
      actions={
        transfer === null ? undefined : (
          <Button onPress={() => onEditServers(transfer.serverId)}>Edit this server</Button>
        )
      }
    />
  );
}

function summary(all: number, ongoing: number): string {
  if (all === 0) return '';
  return `${countOf(ongoing, 'going on', 'going on')} · ${countOf(all - ongoing, 'ended', 'ended')}`;
}
