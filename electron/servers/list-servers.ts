import { allowedActions } from '../contract/allowed-actions.ts';
import type { Compression } from '../contract/compression.ts';
import type { Link } from '../contract/link.ts';
import type { Place, Policies } from '../contract/policy.ts';
import type { Server, ServerDraft, ServerId, ServerList, ServerOrigin } from '../contract/server.ts';
import type { AdminRecord } from './admin-file.ts';
import type { ServerStore } from './server-store.ts';

interface Listed {
  readonly id: ServerId;
  readonly draft: ServerDraft;
  readonly origin: ServerOrigin;
}

/** What the administrator's files and the person's store make together. */
export function listServers(admin: AdminRecord, stored: ServerStore): ServerList {
  const { policies, site, problems } = admin;
  const listed = inOrder([...managedServers(admin), ...ownServers(admin, stored)], stored.order());
  const links = [...managedLinks(admin), ...ownLinks(listed, stored)];
  const names = new Map(listed.map(({ id, draft }) => [id, draft.name]));
  const nameOf = (id: ServerId): string | null => names.get(id) ?? null;
  const rules = { links, policies, nameOf };
  return {
    servers: listed.map(({ id, origin, draft: written }): Server => {
      const draft = ruled(written, policies);
      const abilitiesPlace = abilitiesPlaceOf(admin, id);
      const actions = allowedActions({ ...draft, id }, { ...rules, abilitiesPlace });
      return { ...draft, id, origin, actions };
    }),
    links,
    policies,
    site,
    setAside: stored.setAside(),
    adminFile: admin.files[0]?.file ?? null,
    problems,
  };
}

/** Where the administrator says what that server is used for; `null`: nowhere. */
export function abilitiesPlaceOf({ servers }: AdminRecord, id: ServerId): Place | null {
  const found = servers.find((server) => server.id === id);
  const line = found?.lines.abilities;
  return found === undefined || line === undefined ? null : { file: found.file, line };
}

function managedServers({ servers }: AdminRecord): readonly Listed[] {
  return servers.map(({ id, file, line, draft }) => ({
    id,
    draft,
    origin: { kind: 'administrator', file, line },
  }));
}

function ownServers({ servers, policies }: AdminRecord, stored: ServerStore): readonly Listed[] {
  if (!policies.allow_user_servers.value) return [];
  const taken = new Set(servers.map(({ id }) => id));
  // An entry under an administrator's ID can only come from editing the store by hand: it stays
  // there, but never stands in for the administrator's server.
  return stored
    .servers()
    .filter(({ id }) => !taken.has(id))
    .map(({ id, draft, origin }) => ({ id, draft, origin: { kind: origin } }));
}

/** Those that have no place yet stay behind the others, as they are. */
function inOrder(listed: readonly Listed[], order: readonly string[]): readonly Listed[] {
  const places = new Map(order.map((id, index) => [id, index]));
  const placeOf = ({ id }: Listed): number => places.get(id) ?? order.length;
  return listed.toSorted((one, other) => placeOf(one) - placeOf(other));
}

function managedLinks({ links }: AdminRecord): readonly Link[] {
  return links.map(({ id, file, line, draft }) => ({
    id,
    ...draft,
    origin: { kind: 'administrator', file, line },
  }));
}

/** Only those whose ends are both here. */
function ownLinks(listed: readonly Listed[], stored: ServerStore): readonly Link[] {
  const ends = new Set<string>(['local', ...listed.map(({ id }) => id)]);
  return stored
    .links()
    .filter(({ draft: { source, target } }) => ends.has(source) && ends.has(target))
    .map(({ id, draft }) => ({ id, ...draft, origin: { kind: 'user' } }));
}

const lossy: readonly Compression[] = ['jpeg-lossy', 'j2k-lossy'];

/** The record as it may be used: nothing with losses is asked for where that is forbidden. */
export function ruled(draft: ServerDraft, { lossy_allowed: allowed }: Policies): ServerDraft {
  if (allowed.value || !lossy.includes(draft.preferredCompression)) return draft;
  return { ...draft, preferredCompression: 'as-stored' };
}
