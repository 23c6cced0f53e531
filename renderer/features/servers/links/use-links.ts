import { useState } from 'react';
import type { Failure } from '../../../../electron/contract/failure.ts';
import type { LinkDraft, LinkId } from '../../../../electron/contract/link.ts';
import type { Result } from '../../../../electron/contract/result.ts';
import { draftOf, type Server } from '../../../../electron/contract/server.ts';
import { useViewer } from '../../../bridge/index.ts';

export interface LinkActions {
  /** What could not be done last; `null`: nothing. */
  readonly failure: Failure | null;
  /** @returns whether it is done; so of the others */
  readonly save: (id: LinkId | null, draft: LinkDraft) => Promise<boolean>;
  readonly remove: (id: LinkId) => Promise<boolean>;
  /** Says of a server that it is SCP and SCU. */
  readonly declareBoth: (server: Server) => Promise<boolean>;
}

/** What is done to links; the list itself comes back by news. */
export function useLinks(): LinkActions {
  const { servers } = useViewer();
  const [failure, setFailure] = useState<Failure | null>(null);

  async function ask(request: Promise<Result<unknown>>): Promise<boolean> {
    const result = await request;
    setFailure(result.ok ? null : result.failure);
    return result.ok;
  }

  return {
    failure,
    save: (id, draft) => ask(servers.saveLink({ id, draft })),
    remove: (id) => ask(servers.deleteLink(id)),
    declareBoth: (server) =>
      ask(servers.save({ id: server.id, draft: { ...draftOf(server), role: 'both' } })),
  };
}
