import { useCallback, useEffect, useReducer, useRef } from 'react';
import { FailureError } from '../../../electron/contract/failure.ts';
import type { Result } from '../../../electron/contract/result.ts';
import type { FileGrant, SendItem, SendItemId } from '../../../electron/contract/send.ts';
import type { ServerId } from '../../../electron/contract/server.ts';
import type { TransferId } from '../../../electron/contract/transfer.ts';
import { useGrantFiles, useNews, useViewer } from '../../bridge/index.ts';
import { nextSending, nothingToSend, type Sending, type SendingEvent } from './sending.ts';

interface SendingActions {
  readonly sending: Sending;
  readonly addFiles: () => void;
  readonly addFolder: () => void;
  readonly addDropped: (files: readonly File[]) => void;
  readonly stopLooking: () => void;
  readonly remove: (ids: readonly SendItemId[]) => void;
  readonly send: (serverId: ServerId, items: readonly SendItem[], anew: boolean) => void;
  readonly cancel: (id: TransferId) => void;
}

/** What is to be sent and what becomes of it, with everything a person can do about it. */
export function useSending(): SendingActions {
  const viewer = useViewer();
  const grantFiles = useGrantFiles();
  const [sending, tell] = useReducer(nextSending, nothingToSend);
  const { look, stopLooking } = useLooking(tell);
  useNews(viewer.transfers.changed, (transfer) => tell({ kind: 'heard', transfer }));

  /** Answers the value; tells the failure. */
  async function ask<Value>(request: Promise<Result<Value>>): Promise<Value | null> {
    const result = await request;
    if (result.ok) return result.value;
    tell({ kind: 'failed', failure: result.failure });
    return null;
  }

  async function add(chosen: Promise<Result<readonly FileGrant[]>>): Promise<void> {
    const grants = await ask(chosen);
    if (grants !== null && grants.length > 0) await look(grants);
  }

  async function queue(
    request: Promise<Result<TransferId>>,
    serverId: ServerId,
    anew: boolean,
  ): Promise<void> {
    const id = await ask(request);
    if (id === null) return;
    tell({ kind: 'queued', id, serverId, anew });
    // It may have moved on, or ended, before we knew its id.
    const listed = await ask(viewer.transfers.list());
    const transfer = listed?.find((each) => each.id === id);
    if (transfer !== undefined) tell({ kind: 'heard', transfer });
  }

  return {
    sending,
    addFiles: () => void add(viewer.send.chooseFiles()),
    addFolder: () => void add(viewer.send.chooseFolder()),
    addDropped: (files) =>
      void grantFiles(files).then((grants) => (grants.length > 0 ? look(grants) : undefined)),
    stopLooking,
    remove: (ids) => {
      tell({ kind: 'removed', ids });
      void ask(viewer.send.forget([...ids]));
    },
    send: (serverId, items, anew) =>
      void queue(viewer.transfers.send({ serverId, items: items.map(({ id }) => id) }), serverId, anew),
    cancel: (id) => void ask(viewer.transfers.cancel(id)),
  };
}

interface Looking {
  readonly look: (grants: readonly FileGrant[]) => Promise<void>;
  readonly stopLooking: () => void;
}

/** Looks below what was chosen; several looks may go on at once. */
function useLooking(tell: (event: SendingEvent) => void): Looking {
  const { send } = useViewer();
  const controller = useRef(new AbortController());
  const stopLooking = useCallback(() => {
    controller.current.abort();
    controller.current = new AbortController();
  }, []);
  useEffect(() => stopLooking, [stopLooking]);

  const look = useCallback(
    async (grants: readonly FileGrant[]): Promise<void> => {
      const { signal } = controller.current;
      tell({ kind: 'looking' });
      try {
        const ids = grants.map(({ id }) => id);
        const found = send.inspect(ids, signal);
        for await (const items of found) tell({ kind: 'found', items });
        tell({ kind: 'looked', failure: null });
      } catch (thrown) {
        const isOurs = signal.aborted || !(thrown instanceof FailureError);
        tell({ kind: 'looked', failure: isOurs ? null : thrown.failure });
        if (!signal.aborted && !(thrown instanceof FailureError)) throw thrown;
      }
    },
    [tell, send],
  );
  return { look, stopLooking };
}
