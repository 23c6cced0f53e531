import type { ReactElement } from 'react';
import { describeRefusedPeer } from '../../../electron/contract/describe-refused-peer.ts';
import type { ListenerState, RefusedPeer } from '../../../electron/contract/settings.ts';
import { Notice, StatusDot, TimeAgo } from '../../components/index.ts';
import { FailureNotice } from '../../failures/index.ts';
import { listenerInWords } from './listener-words.ts';

/** Whether we listen now; when not, why, and how often it is tried again. */
export function ListenerLines({
  listener,
  refusedPeer,
  ourAeTitle,
}: {
  readonly listener: ListenerState;
  readonly refusedPeer: RefusedPeer | null;
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
      {refusedPeer === null ? null : <Refused peer={refusedPeer} />}
    </div>
  );
}

/** The last one who was not let in: it may be the server whose images are waited for. */
function Refused({ peer }: { readonly peer: RefusedPeer }): ReactElement {
  const { title, suggestion } = describeRefusedPeer(peer);
  return (
    <Notice tone="warning" title={title}>
      <p className="muted">
        {suggestion} (<TimeAgo at={peer.at} />)
      </p>
    </Notice>
  );
}
