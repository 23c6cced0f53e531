import type { ActionName, AllowedActions } from '../contract/action.ts';
import { allowedActions } from '../contract/allowed-actions.ts';
import { blockedFailure } from '../contract/describe-blocked.ts';
import { FailureError } from '../contract/failure.ts';
import type { Link, LinkDraft, LinkId } from '../contract/link.ts';
import { ServerId, type Server, type ServerDraft, type ServerList } from '../contract/server.ts';
import type { KeyValueStore } from '../settings/index.ts';
import type { AdminRecord } from './admin-file.ts';
import { found, type BookRoom } from './book-room.ts';
import { editLinks } from './edit-links.ts';
import { editServers } from './edit-servers.ts';
import { abilitiesPlaceOf, listServers } from './list-servers.ts';
import { readServerStore, type ServerStore, type UserServer } from './server-store.ts';

/** All servers known here: the administrator's, which can't be changed, and the person's own. */
export interface ServerBook {
  /** In the person's order; else the administrator's first, then the person's as they were made. */
  list(): ServerList;
  /** @throws FailureError input */
  get(id: ServerId): Server;
  /** The server, if that may be asked of it. @throws FailureError input | policy | blocked */
  permit(id: ServerId, action: ActionName): Server;
  /** What may be asked of a draft that need not be saved at all. */
  actionsOf(id: ServerId | null, draft: ServerDraft): AllowedActions;
  /** `null` makes a new one. @throws FailureError managed | policy | input */
  save(id: ServerId | null, draft: ServerDraft): Server;
  /** With the links that it ends at. @throws FailureError managed | policy | input */
  delete(id: ServerId): void;
  /** Every id in the order that is wanted. */
  reorder(ids: readonly ServerId[]): ServerList;
  /** `null` makes a new one. @throws FailureError managed | policy | input */
  saveLink(id: LinkId | null, draft: LinkDraft): Link;
  /** @throws FailureError managed | policy | input */
  deleteLink(id: LinkId): void;
  /** The person's own servers; the demonstration archive among them. */
  own(): readonly UserServer[];
  /** These instead of all of the person's own. @throws FailureError policy */
  exchange(servers: readonly UserServer[]): void;
  /** The one entry of the demonstration archive, made or brought up to date. @throws FailureError policy */
  saveDemo(draft: ServerDraft): Server;
  /** Tells who listens, after the administrator's files changed. */
  changed(): void;
  /** @returns stops listening */
  onChange(listener: () => void): () => void;
}

export interface ServerBookOptions {
  readonly store: KeyValueStore;
  /** What the administrator's files say now. */
  readonly admin: () => AdminRecord;
  readonly newId: () => string;
}

/** The person's servers are kept in `store`. */
export function openServerBook(options: ServerBookOptions): ServerBook {
  const { admin, newId } = options;
  const listeners = new Set<() => void>();
  const read = (): ServerStore => readServerStore(options.store);
  let known: ServerList | null = null;
  const list = (): ServerList => (known ??= listServers(admin(), read()));
  const get = (id: ServerId): Server => found(list().servers, id, 'server');

  function actionsOf(id: ServerId | null, draft: ServerDraft): AllowedActions {
    const { links, policies, servers } = list();
    const nameOf = (other: ServerId): string | null =>
      servers.find((server) => server.id === other)?.name ?? null;
    const abilitiesPlace = id === null ? null : abilitiesPlaceOf(admin(), id);
    return allowedActions({ ...draft, id: id ?? unsaved }, { links, policies, nameOf, abilitiesPlace });
  }

  function changed(): void {
    known = null;
    for (const listener of listeners) listener();
  }

  function write(change: (stored: ServerStore) => void): void {
    change(read());
    changed();
  }

  const room: BookRoom = { list, get, read, write, newId };
  return {
    list,
    get,
    permit(id, action) {
      const server = get(id);
      refuseBlocked(server.actions, action);
      return server;
    },
    actionsOf,
    ...editServers(room),
    ...editLinks(room),
    changed,
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** Stands for a draft without an id; no link ends there. */
const unsaved = ServerId.parse('(unsaved)');

function refuseBlocked({ why }: AllowedActions, action: ActionName): void {
  const reason = why[action];
  if (reason !== undefined) throw new FailureError(blockedFailure(action, reason));
}
