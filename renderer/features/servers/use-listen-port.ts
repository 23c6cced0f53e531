import { useEffect, useState } from 'react';
import type { Failure } from '../../../electron/contract/failure.ts';
import { useViewer } from '../../bridge/index.ts';

const typingPauseMs = 400;

/** Why we could not listen at this port; `null`: we could, or it is not known yet. */
export function useListenPort(port: number | null): Failure | null {
  const viewer = useViewer();
  const [tried, setTried] = useState<{ readonly port: number; readonly failure: Failure | null } | null>(
    null,
  );

  useEffect(() => {
    if (port === null) return;
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const result = await viewer.servers.tryListenPort(port);
      if (isCurrent) setTried({ port, failure: result.ok ? result.value : result.failure });
    }, typingPauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [viewer, port]);

  return tried !== null && tried.port === port ? tried.failure : null;
}
