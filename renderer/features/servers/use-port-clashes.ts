import { useEffect, useState } from 'react';
import type { PortClash } from '../../../electron/contract/port-clash.ts';
import type { ServerId } from '../../../electron/contract/server.ts';
import { useViewer } from '../../bridge/index.ts';

const typingPauseMs = 400;
const none: readonly PortClash[] = [];

/** Who else uses this listen port; nobody, or not known yet. `id`: the server whose port it is to be. */
export function usePortClashes(id: ServerId | null, port: number | null): readonly PortClash[] {
  const { servers } = useViewer();
  const [known, setKnown] = useState<{
    readonly port: number;
    readonly id: ServerId | null;
    readonly clashes: readonly PortClash[];
  } | null>(null);

  useEffect(() => {
    if (port === null) return;
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const result = await servers.portClashes({ id, port });
      if (isCurrent) setKnown({ port, id, clashes: result.ok ? result.value : none });
    }, typingPauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [servers, id, port]);

  return known !== null && known.port === port && known.id === id ? known.clashes : none;
}
