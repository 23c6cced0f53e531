import { useEffect, useReducer, useRef } from 'react';
import { FailureError } from '../../../electron/contract/failure.ts';
import type { ServerDraft, ServerId } from '../../../electron/contract/server.ts';
import { useViewer } from '../../bridge/index.ts';
import { initialEcho, next, type EchoState } from './echo-state.ts';

export interface Echo {
  readonly state: EchoState;
  /** Tests the draft as it stands; `id`: the server it belongs to, if it is a saved one. */
  readonly run: (id: ServerId | null, draft: ServerDraft) => void;
  /** Says so at once; the network is let go behind it. */
  readonly cancel: () => void;
}

/** The echo test of what the form holds. `subject`: changes when the form turns to another server. */
export function useEcho(subject: number): Echo {
  const viewer = useViewer();
  const [state, tell] = useReducer(next, initialEcho);
  const running = useRef<AbortController | null>(null);

  useEffect(() => {
    tell({ kind: 'turned-to', subject });
    return () => running.current?.abort();
  }, [subject]);

  async function run(id: ServerId | null, draft: ServerDraft): Promise<void> {
    running.current?.abort();
    const canceller = new AbortController();
    running.current = canceller;
    const { signal } = canceller;
    tell({ kind: 'started', draft });
    try {
      for await (const step of viewer.servers.testEcho({ id, draft }, signal)) {
        if (!signal.aborted) tell({ kind: 'heard', step });
      }
      if (!signal.aborted) tell({ kind: 'ended' });
    } catch (thrown) {
      if (!(thrown instanceof FailureError)) throw thrown;
      if (!signal.aborted) tell({ kind: 'broken', failure: thrown.failure });
    }
  }

  return {
    state,
    run: (id, draft) => void run(id, draft),
    cancel: () => {
      running.current?.abort();
      tell({ kind: 'cancelled' });
    },
  };
}
