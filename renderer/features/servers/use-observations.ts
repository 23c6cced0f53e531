import { useCallback, useEffect, useRef, useState } from 'react';
import type { Observations, SeenObjects } from '../../../electron/contract/observations.ts';
import type { ServerId } from '../../../electron/contract/server.ts';
import { useNews, useViewer } from '../../bridge/index.ts';

/** What was really seen of each saved server, by its id. */
export type SeenServers = ReadonlyMap<string, Observations>;

export function useObservations(): SeenServers {
  const { observations, servers } = useViewer();
  const [seen, setSeen] = useState<SeenServers>(none);
  const asked = useRef(0);
  const ask = useCallback(() => {
    const question = ++asked.current;
    void observations.list().then((answer) => {
      if (!answer.ok || question !== asked.current) return;
      setSeen(new Map(answer.value.map((each) => [each.serverId, each])));
    });
  }, [observations]);
  useEffect(ask, [ask]);
  // A server that has another address now is another one, of which nothing was seen.
  useNews(servers.changed, ask);
  useNews(observations.changed, (changed) =>
    setSeen((before) => new Map(before).set(changed.serverId, changed)),
  );
  return seen;
}

/** What came from that server, or went to it, the last time. `null`: it is not saved yet. */
export function useSeenObjects(id: ServerId | null): readonly SeenObjects[] {
  const seen = useObservations();
  return (id === null ? undefined : seen.get(id)?.objects) ?? noObjects;
}

const none: SeenServers = new Map();
const noObjects: readonly SeenObjects[] = [];
