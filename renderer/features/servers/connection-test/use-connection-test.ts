import { useEffect, useReducer, useRef } from 'react';
import type { TestStepName } from '../../../../electron/contract/connection-test.ts';
import { FailureError } from '../../../../electron/contract/failure.ts';
import type { RunTest } from '../../../../electron/contract/run-test.ts';
import { useViewer } from '../../../bridge/index.ts';
import { initialTest, nextTest, type TestState } from './test-state.ts';

type Draft = RunTest['draft'];

export interface ConnectionTesting {
  readonly state: TestState<Draft>;
  /** Tests the draft as it stands; `steps`: those to come, in order. */
  readonly run: (question: RunTest, steps: readonly TestStepName[]) => void;
  /** Says so at once; the network is let go behind it. */
  readonly cancel: () => void;
}

/** The connection test of what the form holds. `subject`: changes when the form turns to another server. */
export function useConnectionTest(subject: number): ConnectionTesting {
  const { connectionTest } = useViewer();
  const [state, tell] = useReducer(nextTest<Draft>, initialTest as TestState<Draft>);
  const running = useRef<AbortController | null>(null);

  useEffect(() => {
    tell({ kind: 'turned-to', subject });
    return () => running.current?.abort();
  }, [subject]);

  async function run(question: RunTest, steps: readonly TestStepName[]): Promise<void> {
    running.current?.abort();
    const canceller = new AbortController();
    running.current = canceller;
    const { signal } = canceller;
    tell({ kind: 'started', draft: question.draft, at: new Date().toISOString(), steps });
    try {
      for await (const step of connectionTest.run(question, signal)) {
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
    run: (question, steps) => void run(question, steps),
    cancel: () => {
      running.current?.abort();
      tell({ kind: 'cancelled' });
    },
  };
}
