import { useState } from 'react';
import type { Server } from '../../electron/contract/server.ts';
import { useKept } from './use-kept.ts';
import { useViewer } from './viewer-context.tsx';

export interface ServerChoice {
  readonly servers: readonly Server[];
  /** The one chosen; as long as none is, the first of this site, else the first. `null`: there are none. */
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
  const site = kept.kind === 'answered' ? kept.value.site : '';
  const chosen = servers.find(({ id }) => id === chosenId) ?? firstOf(site, servers);
  return { servers, chosen, choose, isKnown: kept.kind === 'answered' };
}

/** Who works at a site asks its servers first. */
export function firstOf(site: string, servers: readonly Server[]): Server | null {
  const isOfSite = ({ group, organisation }: Server): boolean =>
    site !== '' && (group === site || organisation === site);
  return servers.find(isOfSite) ?? servers[0] ?? null;
}

const none: readonly Server[] = [];
