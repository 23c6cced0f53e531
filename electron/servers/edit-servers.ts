import { checkLink } from '../contract/check-links.ts';
import { checkServers } from '../contract/check-servers.ts';
import { FailureError } from '../contract/failure.ts';
import { fieldsOf } from '../contract/server-fields.ts';
import { draftOf, ServerId, type Server, type ServerDraft, type ServerList } from '../contract/server.ts';
import { changeable, refuseOwn, refusePolicy, type BookRoom } from './book-room.ts';
import { ruled } from './list-servers.ts';
import type { ServerBook } from './server-book.ts';
import type { ServerStore, UserServer } from './server-store.ts';

type Edits = Pick<ServerBook, 'save' | 'delete' | 'reorder' | 'own' | 'exchange' | 'saveDemo'>;

/** What may be done to the person's own servers, and to the order of all. */
export function editServers({ list, get, read, write, newId }: BookRoom): Edits {
  function put(server: UserServer): Server {
    write((stored) => stored.put(server));
    return get(server.id);
  }

  return {
    save(id, draft) {
      const origin = id === null ? 'user' : changeable(get(id)).kind;
      refuseOwn(list());
      refuseProblems(list(), id, draft);
      return put({ id: id ?? ServerId.parse(newId()), origin, draft });
    },
    delete(id) {
      changeable(get(id));
      refuseOwn(list());
      write((stored) => {
        stored.remove(id);
        forgetLinks(read(), id);
      });
    },
    reorder(ids) {
      write((stored) => stored.setOrder(ids));
      return list();
    },
    own: () => read().servers(),
    exchange(servers) {
      refuseOwn(list());
      write((stored) => stored.exchange(servers));
    },
    saveDemo(draft) {
      refuseOwn(list());
      const demo = list().servers.find(({ origin }) => origin.kind === 'demonstration');
      return put({ id: demo?.id ?? ServerId.parse(newId()), origin: 'demonstration', draft });
    },
  };
}

function refuseProblems(list: ServerList, id: ServerId | null, draft: ServerDraft): void {
  const others = list.servers.filter((server) => server.id !== id).map(draftOf);
  const profile = list.policies.strict.value ? 'strict' : 'plain';
  const [check] = checkServers([fieldsOf(draft)], { profile, others, policies: list.policies });
  const problem = check?.problems.find(({ severity }) => severity === 'error');
  if (problem !== undefined) throw refusal(`draft.${problem.field}`, problem.message);
  refuseBrokenLinks(list, id, draft);
  if (ruled(draft, list.policies).preferredCompression !== draft.preferredCompression) {
    refusePolicy(list, 'lossy_allowed', false);
  }
}

/** A role must fit the links that are there. */
function refuseBrokenLinks(
  { servers, links }: ServerList,
  id: ServerId | null,
  { role, name }: ServerDraft,
): void {
  const then = servers.map((server) => (server.id === id ? { id: server.id, name, role } : server));
  const problem = links
    .filter(({ source, target }) => source === id || target === id)
    .flatMap((link) => checkLink(link, { servers: then, others: [] }))[0];
  if (problem !== undefined) throw refusal('draft.role', problem.message);
}

function forgetLinks(stored: ServerStore, id: ServerId): void {
  const own = stored.links();
  const left = own.filter(({ draft: { source, target } }) => source !== id && target !== id);
  if (left.length < own.length) stored.setLinks(left);
}

function refusal(field: string, problem: string): FailureError {
  return new FailureError({ step: 'input', field, problem });
}
