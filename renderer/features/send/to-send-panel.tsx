import { FileUp } from 'lucide-react';
import { useMemo, type ReactElement } from 'react';
import { describeFailure } from '../../../electron/contract/describe-failure.ts';
import type { SendItem, SendItemId } from '../../../electron/contract/send.ts';
import { Button, EmptyState } from '../../components/index.ts';
import { FailureNotice } from '../../failures/index.ts';
import { countOf, formatBytes, formatCount, visibleText } from '../../format/index.ts';
import { SendTree } from './send-tree.tsx';
import { sendTree } from './branches.ts';
import type { Sending } from './sending.ts';

interface ToSendPanelProps {
  readonly sending: Sending;
  /** While it is being sent nothing can be removed. */
  readonly isLocked: boolean;
  readonly ourAeTitle: string;
  readonly onRemove: (ids: readonly SendItemId[]) => void;
  readonly onStop: () => void;
}

/** What is to be sent, by patient, study and series; below it, what can't be. Files are dropped here. */
export function ToSendPanel({
  sending,
  isLocked,
  ourAeTitle,
  onRemove,
  onStop,
}: ToSendPanelProps): ReactElement {
  const { items, looking, failure } = sending;
  const tree = useMemo(() => sendTree(items), [items]);
  const others = useMemo(() => items.filter((item) => item.failure !== null), [items]);
  return (
    <section className="panel send-left" aria-label="To send" data-region tabIndex={-1}>
      {failure === null ? null : (
        <div className="send-notice">
          <FailureNotice failure={failure} who={{ server: 'The server', ourAeTitle }} isNew />
        </div>
      )}
      {items.length === 0 ? (
        <EmptyState icon={<FileUp />} title="Drop files or folders here">
          Or add them with the buttons above. Folders are looked through to the bottom, and nothing is sent
          before you press Send.
        </EmptyState>
      ) : (
        <div className="send-scroll">
          <SendTree patients={tree} isLocked={isLocked} onRemove={onRemove} />
          {others.length === 0 ? null : (
            <OtherFiles items={others} ourAeTitle={ourAeTitle} isLocked={isLocked} onRemove={onRemove} />
          )}
        </div>
      )}
      <footer className="panel-foot send-foot">
        <output className="muted">{summary(items, looking > 0)}</output>
        {looking > 0 ? <Button onPress={onStop}>Stop</Button> : null}
        {looking === 0 && items.length > 0 ? (
          <Button isDisabled={isLocked} onPress={() => onRemove(items.map(({ id }) => id))}>
            Remove all
          </Button>
        ) : null}
      </footer>
    </section>
  );
}

function summary(items: readonly SendItem[], isLooking: boolean): string {
  const bytes = items.reduce((sum, item) => sum + item.bytes, 0);
  const size = items.length > 0 ? ` · ${formatBytes(bytes)}` : '';
  const files = `${countOf(items.length, 'file', 'files')}${size}`;
  return isLooking ? `Looking: ${files} so far` : files;
}

interface OtherFilesProps {
  readonly items: readonly SendItem[];
  readonly ourAeTitle: string;
  readonly isLocked: boolean;
  readonly onRemove: (ids: readonly SendItemId[]) => void;
}

/** More than this are in the ledger, which draws only what is in sight. */
const mostListed = 100;

function OtherFiles({ items, ourAeTitle, isLocked, onRemove }: OtherFilesProps): ReactElement {
  const beyond = items.length - mostListed;
  return (
    <section className="send-others" aria-label="Can not be sent">
      <div className="send-others-head">
        <h2>Can not be sent</h2>
        <span className="muted">{countOf(items.length, 'file', 'files')}</span>
        <Button kind="quiet" isDisabled={isLocked} onPress={() => onRemove(items.map(({ id }) => id))}>
          Remove these
        </Button>
      </div>
      <ul>
        {items.slice(0, mostListed).map((item) => (
          <li key={item.id}>
            <span className="send-file" title={visibleText(item.file)}>
              {visibleText(item.file)}
            </span>
            <span className="muted">
              {item.failure === null
                ? null
                : describeFailure(item.failure, { server: 'The server', ourAeTitle }).title}
            </span>
          </li>
        ))}
        {beyond > 0 ? <li className="muted">and {formatCount(beyond)} more</li> : null}
      </ul>
    </section>
  );
}
