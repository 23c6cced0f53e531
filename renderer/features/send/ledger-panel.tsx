import { Send } from 'lucide-react';
import type { ReactElement } from 'react';
import type { ServerChoice } from '../../bridge/index.ts';
import { Button, ProgressBar, Select, type Status } from '../../components/index.ts';
import { ActionNote } from '../../failures/index.ts';
import { progressCount, timeLeftWords, transferStateWords } from '../../format/index.ts';
import { LedgerGrid } from './ledger-grid.tsx';
import { isSending, type Attempt, type Sending } from './sending.ts';
import type { LedgerRow } from './ledger.ts';
import { useLedger } from './use-ledger.ts';
import type { useSending } from './use-sending.ts';

interface LedgerPanelProps {
  readonly choice: ServerChoice;
  readonly sending: Sending;
  /** At the chosen server, the newest last. */
  readonly attempts: readonly Attempt[];
  readonly ourAeTitle: string;
  readonly actions: ReturnType<typeof useSending>;
  readonly onEditServers: () => void;
}

/** Where it is sent, how it goes, and what became of each file. */
export function LedgerPanel(props: LedgerPanelProps): ReactElement {
  const { choice, sending, attempts, actions } = props;
  const rows = useLedger(sending.items, attempts);
  const isRunning = isSending(attempts);
  return (
    <section className="panel send-right" aria-label="Sending" data-region tabIndex={-1}>
      <div className="send-where">
        <Select
          label="DICOM server"
          value={choice.chosen?.id ?? ''}
          options={
            choice.chosen === null
              ? [{ value: '', label: 'No server yet' }]
              : choice.servers.map(({ id, name }) => ({ value: String(id), label: name }))
          }
          isDisabled={choice.chosen === null || isRunning}
          onChange={choice.choose}
          reserveMessage={false}
        />
        <Button onPress={props.onEditServers}>Edit servers</Button>
        <Button
          kind="primary"
          icon={<Send />}
          isDisabled={!canSend(props)}
          onPress={() => {
            if (choice.chosen !== null) sendRest(choice.chosen.id, rows, actions);
          }}
        >
          Send
        </Button>
        <div className="send-progress">
          <Progress {...props} />
        </div>
      </div>
      <LedgerGrid
        rows={rows}
        who={{ server: choice.chosen?.name ?? 'The server', ourAeTitle: props.ourAeTitle }}
        retry={<RetryFailed {...props} rows={rows} />}
      />
    </section>
  );
}

function canSend({ choice, sending, attempts }: LedgerPanelProps): boolean {
  const hasSendable = sending.items.some(({ failure }) => failure === null);
  const isAllowed = choice.chosen !== null && choice.chosen.actions.send;
  return isAllowed && hasSendable && sending.looking === 0 && !isSending(attempts);
}

/** Sends what has come to nothing yet; when all has come to something, all of it anew. */
function sendRest(
  serverId: Attempt['serverId'],
  rows: readonly LedgerRow[],
  { send }: ReturnType<typeof useSending>,
): void {
  const rest = rows.filter(({ report }) => report === null);
  const hasRest = rest.some(({ item }) => item.failure === null);
  send(
    serverId,
    (hasRest ? rest : rows).map(({ item }) => item),
    !hasRest,
  );
}

function Progress({ attempts, actions, choice }: LedgerPanelProps): ReactElement {
  const newest = attempts.at(-1);
  if (newest === undefined || newest.transfer === null) {
    return <ActionNote action="send" server={choice.chosen} />;
  }
  const { transfer } = newest;
  const { progress, state } = transfer;
  const isRunning = isSending(attempts);
  const words = [transferStateWords(transfer), progressCount(progress)];
  if (state.kind === 'running') words.push(timeLeftWords(progress));
  return (
    <ProgressBar
      label={`Sending to ${choice.chosen?.name ?? ''}`}
      hideLabel
      value={progress.done + progress.failed}
      total={progress.expected ?? (isRunning ? null : 1)}
      valueLabel={words.filter((word) => word !== '').join(' · ')}
      state={statuses[state.kind]}
      onCancel={isRunning ? () => actions.cancel(newest.id) : undefined}
    />
  );
}

const statuses: Readonly<Record<NonNullable<Attempt['transfer']>['state']['kind'], Status>> = {
  waiting: 'idle',
  running: 'running',
  done: 'ok',
  incomplete: 'warning',
  failed: 'failure',
  cancelled: 'idle',
};

/** A new transfer of what was refused or failed, whichever attempt it was; what can't be sent stays out. */
function RetryFailed({
  attempts,
  actions,
  choice,
  rows,
}: LedgerPanelProps & { readonly rows: readonly LedgerRow[] }): ReactElement {
  const failed = rows.filter(
    ({ item, outcome }) => item.failure === null && (outcome === 'failed' || outcome === 'refused'),
  );
  return (
    <Button
      isDisabled={isSending(attempts) || failed.length === 0 || choice.chosen?.actions.send === false}
      onPress={() => {
        const items = failed.map(({ item }) => item);
        if (choice.chosen !== null) actions.send(choice.chosen.id, items, false);
      }}
    >
      Retry failed
    </Button>
  );
}
