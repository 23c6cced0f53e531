import { useState } from 'react';
import type { Server } from '../../electron/contract/server.ts';
import { useKept } from './use-kept.ts';
import { useViewer } from './viewer-context.tsx';

export interface ServerChoice {
  readonly servers: readonly Server[];
  /** The one chosen, or the first as long as none is; `null`: there are none. */
  readonly chosen: Server | null;
  /** An id that is in no list chooses nothing. */
  readonly choose: (id: string) => void;
  /** The list has been heard, so that none means none. */
  readonly isKnown: boolean;
}

/** Which server is to be asked or sent to. */
export function useServerChoice(): ServerChoice {
  const viewer = useViewer();
  const [kept] = useKept(viewer.servers.list, viewer.servers.changed);
  const [chosenId, choose] = useState<string | null>(null);
  const servers = kept.kind === 'answered' ? kept.value.servers : none;
  const chosen = servers.find(({ id }) => id === chosenId) ?? servers[0] ?? null;
  return { servers, chosen, choose, isKnown: kept.kind === 'answered' };
}

const none: readonly Server[] = [];
