import { useCallback, useEffect, useReducer, useRef } from 'react';
import { FailureError } from '../../../../electron/contract/failure.ts';
import type { ServerId } from '../../../../electron/contract/server.ts';
import { useViewer } from '../../../bridge/index.ts';
import { nextTestAll, noTestOfAll, type TestAllState } from './test-all-state.ts';

export interface TestingAll {
  readonly state: TestAllState;
  readonly start: (ids: readonly ServerId[]) => void;
  readonly cancel: () => void;
  /** Cancels what still runs, and forgets what came of it. */
  readonly close: () => void;
}

/** The connection test of many servers, some at a time. */
export function useTestAll(): TestingAll {
  const { connectionTest } = useViewer();
  const [state, tell] = useReducer(nextTestAll, noTestOfAll);
  const running = useRef<AbortController | null>(null);
  const halt = useCallback(() => running.current?.abort(), []);
  useEffect(() => halt, [halt]);

  async function start(ids: readonly ServerId[]): Promise<void> {
    halt();
    const canceller = new AbortController();
    running.current = canceller;
    const { signal } = canceller;
    tell({ kind: 'started', ids });
    try {
      for await (const step of connectionTest.runAll([...ids], signal)) {
        if (!signal.aborted) tell({ kind: 'heard', step, at: new Date().toISOString() });
      }
      if (!signal.aborted) tell({ kind: 'ended' });
    } catch (thrown) {
      if (!(thrown instanceof FailureError)) throw thrown;
      if (!signal.aborted) tell({ kind: 'broken', failure: thrown.failure });
    }
  }

  return {
    state,
    start: (ids) => void start(ids),
    cancel: () => {
      halt();
      tell({ kind: 'cancelled' });
    },
    close: () => {
      halt();
      tell({ kind: 'closed' });
    },
  };
}
