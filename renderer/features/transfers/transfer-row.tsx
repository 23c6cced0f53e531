import { ArrowDownToLine, ArrowUpFromLine, ChevronRight } from 'lucide-react';
import { useId, useState, type ReactElement } from 'react';
import { describeFailure } from '../../../electron/contract/describe-failure.ts';
import type { Server } from '../../../electron/contract/server.ts';
import type { Transfer } from '../../../electron/contract/transfer.ts';
import { Button, ProgressBar, StatusDot, TimeAgo, type Status } from '../../components/index.ts';
import { actionNote } from '../../failures/index.ts';
import {
  formatBytes,
  formatRate,
  isOngoing,
  progressCount,
  timeLeftWords,
  transferStateWords,
  transferSubject,
  visibleText,
} from '../../format/index.ts';
import { TransferDetails } from './transfer-details.tsx';
import { canRetry } from './transfer-list.ts';

interface TransferRowProps {
  readonly transfer: Transfer;
  readonly ourAeTitle: string;
  /** As it is written down now; `null`: no longer. */
  readonly server: Server | null;
  readonly onCancel: () => void;
  readonly onRetry: () => void;
  readonly onOpenStudy: (studyInstanceUid: string) => void;
  readonly onEditServer: () => void;
}

/** One transfer in a line; its details open beneath it. */
export function TransferRow(props: TransferRowProps): ReactElement {
  const { transfer, ourAeTitle } = props;
  const [isOpen, setOpen] = useState(false);
  const detailsId = useId();
  const { state, progress } = transfer;
  return (
    <li className="transfer" data-state={state.kind}>
      <div className="transfer-line">
        <button
          type="button"
          className="transfer-subject"
          aria-expanded={isOpen}
          aria-controls={isOpen ? detailsId : undefined}
          onClick={() => setOpen(!isOpen)}
        >
          <ChevronRight aria-hidden className="transfer-chevron" />
          <KindIcon kind={transfer.kind} />
          <span className="transfer-words">
            <strong>
              <bdi>{transferSubject(transfer)}</bdi>
            </strong>
            <span className="muted" dir="auto">
              {' '}
              {visibleText(transfer.studyDescription)}
            </span>
          </span>
        </button>
        <span className="transfer-server" title={transfer.serverName}>
          {transfer.kind === 'retrieve' ? 'from' : 'to'} {visibleText(transfer.serverName)}
        </span>
        <ProgressBar
          label={`${transfer.kind === 'retrieve' ? 'Retrieve' : 'Send'} ${transferSubject(transfer)}`}
          hideLabel
          value={progress.done + progress.failed}
          total={
            isOngoing(transfer) && state.kind !== 'waiting' ? progress.expected : (progress.expected ?? 1)
          }
          valueLabel={progressCount(progress)}
          state={statuses[state.kind]}
        />
        <TransferPace transfer={transfer} ourAeTitle={ourAeTitle} />
        <StatusDot state={statuses[state.kind]}>{transferStateWords(transfer)}</StatusDot>
        <TransferButtons {...props} />
      </div>
      {isOpen ? <Details {...props} id={detailsId} /> : null}
    </li>
  );
}

const statuses: Readonly<Record<Transfer['state']['kind'], Status>> = {
  waiting: 'idle',
  running: 'running',
  done: 'ok',
  incomplete: 'warning',
  failed: 'failure',
  cancelled: 'idle',
};

function KindIcon({ kind }: { readonly kind: Transfer['kind'] }): ReactElement {
  const Icon = kind === 'retrieve' ? ArrowDownToLine : ArrowUpFromLine;
  const word = kind === 'retrieve' ? 'Retrieve' : 'Send';
  return (
    <>
      <Icon aria-hidden className="transfer-kind" />
      <span className="visually-hidden">{word}</span>
    </>
  );
}

interface TransferPaceProps {
  readonly transfer: Transfer;
  readonly ourAeTitle: string;
}

/** While it goes: how fast, and how long still. Afterwards: why it failed, or how much and when. */
function TransferPace({ transfer, ourAeTitle }: TransferPaceProps): ReactElement {
  const { state, progress, serverName, endedAt } = transfer;
  const failure = state.kind === 'failed' || state.kind === 'incomplete' ? state.failure : null;
  if (failure !== null) {
    const { title } = describeFailure(failure, { server: serverName, ourAeTitle });
    return (
      <span className="transfer-pace" data-failed title={title}>
        {title}
      </span>
    );
  }
  const words = isOngoing(transfer)
    ? [formatRate(progress.bytesPerSecond), timeLeftWords(progress)]
    : [progress.bytes > 0 ? formatBytes(progress.bytes) : ''];
  return (
    <span className="transfer-pace">
      {words.filter((word) => word !== '').join(' · ')}
      {endedAt === null ? null : (
        <>
          {progress.bytes > 0 ? ' · ' : null}
          <TimeAgo at={endedAt} />
        </>
      )}
    </span>
  );
}

/** Why the same can't be asked of its server again; '' where it can. */
function blockedWords({ transfer, server }: TransferRowProps): string {
  const isFree = server === null || server.actions[transfer.kind];
  return isFree || !canRetry(transfer) ? '' : actionNote(transfer.kind, server);
}

function Details(props: TransferRowProps & { readonly id: string }): ReactElement {
  return <TransferDetails {...props} contact={props.server?.contact ?? ''} blocked={blockedWords(props)} />;
}

function TransferButtons(props: TransferRowProps): ReactElement {
  const { transfer, onCancel, onRetry, onOpenStudy } = props;
  const blocked = blockedWords(props);
  const { kind, studyInstanceUid, progress } = transfer;
  if (isOngoing(transfer)) {
    return (
      <span className="transfer-buttons">
        <Button onPress={onCancel}>Cancel</Button>
      </span>
    );
  }
  return (
    <span className="transfer-buttons">
      {canRetry(transfer) ? (
        <span title={blocked}>
          <Button onPress={onRetry} isDisabled={blocked !== ''}>
            Retry failed
          </Button>
          <span className="visually-hidden">{blocked}</span>
        </span>
      ) : null}
      {kind === 'retrieve' && studyInstanceUid !== null && progress.done > 0 ? (
        <Button onPress={() => onOpenStudy(studyInstanceUid)}>Open</Button>
      ) : null}
    </span>
  );
}
