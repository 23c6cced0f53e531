import { useEffect, useState } from 'react';
import type { TestResult } from '../../../../electron/contract/connection-test.ts';
import { useNews, useViewer } from '../../../bridge/index.ts';

/** What tests have found out of each saved server, by its id. */
export type TestResults = ReadonlyMap<string, TestResult>;

export function useTestResults(): TestResults {
  const { connectionTest } = useViewer();
  const [results, setResults] = useState<TestResults>(none);
  useNews(connectionTest.changed, (result) => setResults((before) => new Map(before).set(result.id, result)));
  useEffect(() => {
    void connectionTest.results().then((answer) => {
      if (!answer.ok) return;
      // News is newer than an answer that was still on its way.
      setResults((heard) => new Map([...answer.value.map((each) => [each.id, each] as const), ...heard]));
    });
  }, [connectionTest]);
  return results;
}

const none: TestResults = new Map();
