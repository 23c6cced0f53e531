import { useState } from 'react';
import { checkLink, type LinkFix, type LinkProblem } from '../../../../electron/contract/check-links.ts';
import type { Failure } from '../../../../electron/contract/failure.ts';
import { ownAe, type Link, type LinkDraft, type LinkId } from '../../../../electron/contract/link.ts';
import type { Server } from '../../../../electron/contract/server.ts';
import { fixedLink } from './link-words.ts';
import { useLinks } from './use-links.ts';

interface Editing {
  /** `null`: it is new. */
  readonly id: LinkId | null;
  readonly link: LinkDraft;
}

export interface LinkEditor {
  /** `null`: the list is in sight. */
  readonly editing: Editing | null;
  readonly problems: readonly LinkProblem[];
  /** It can't be saved as it is. */
  readonly isRefused: boolean;
  readonly failure: Failure | null;
  readonly startNew: () => void;
  readonly edit: (link: Link) => void;
  readonly change: (link: LinkDraft) => void;
  readonly fix: (fix: LinkFix) => void;
  readonly save: () => void;
  readonly remove: (id: LinkId) => void;
  readonly stop: () => void;
}

/** One link at a time: what is wrong with it, and what is done about it. */
export function useLinkEditor(links: readonly Link[], servers: readonly Server[]): LinkEditor {
  const actions = useLinks();
  const [editing, setEditing] = useState<Editing | null>(null);
  const problems = problemsOf(editing, links, servers);
  const stop = (): void => setEditing(null);
  const stopIf = (isDone: boolean): void => {
    if (isDone) stop();
  };

  function fix(how: LinkFix): void {
    if (editing === null) return;
    const fixed = fixedLink(editing.link, how);
    if (fixed !== null) return setEditing({ ...editing, link: fixed });
    if (how.kind === 'set-role-both') {
      const server = servers.find(({ id }) => id === how.serverId);
      if (server !== undefined) void actions.declareBoth(server);
    } else if (editing.id === null) stop();
    else void actions.remove(editing.id).then(stopIf);
  }

  return {
    editing,
    problems,
    isRefused: problems.some(({ severity }) => severity === 'error'),
    failure: actions.failure,
    startNew: () => setEditing({ id: null, link: newLink(servers) }),
    edit: (link) => setEditing({ id: link.id, link: draftOfLink(link) }),
    change: (link) => setEditing((before) => (before === null ? null : { ...before, link })),
    fix,
    save: () => {
      if (editing !== null) void actions.save(editing.id, editing.link).then(stopIf);
    },
    remove: (id) => void actions.remove(id),
    stop,
  };
}

function problemsOf(
  editing: Editing | null,
  links: readonly Link[],
  servers: readonly Server[],
): readonly LinkProblem[] {
  if (editing === null) return [];
  return checkLink(editing.link, { servers, others: links.filter(({ id }) => id !== editing.id) });
}

function newLink(servers: readonly Server[]): LinkDraft {
  return {
    source: ownAe,
    target: servers[0]?.id ?? ownAe,
    direction: 'bidir',
    status: 'production',
    organisation: '',
    description: '',
  };
}

function draftOfLink({ id: _id, origin: _origin, ...draft }: Link): LinkDraft {
  return draft;
}
