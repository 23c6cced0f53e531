import type { ReactElement } from 'react';
import type { ListenerState } from '../../../electron/contract/settings.ts';
import { StatusDot } from '../../components/index.ts';
import { FailureNotice } from '../../failures/index.ts';
import { listenerInWords } from './listener-words.ts';

/** Whether we listen now; when not, why, and how often it is tried again. */
export function ListenerLines({
  listener,
  ourAeTitle,
}: {
  readonly listener: ListenerState;
  readonly ourAeTitle: string;
}): ReactElement {
  const { status, words } = listenerInWords(listener);
  return (
    <div className="settings-listener" aria-live="polite">
      {listener.kind === 'failed' ? (
        <>
          <FailureNotice failure={listener.failure} who={{ server: 'the server', ourAeTitle }} />
          <p className="muted">
            {`Queries and sends work meanwhile. Tried again every ${Math.max(1, Math.round(listener.retryInMs / 1000))} s.`}
          </p>
        </>
      ) : (
        <StatusDot state={status}>{words}</StatusDot>
      )}
    </div>
  );
}
