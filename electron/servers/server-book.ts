import { FailureError, type Failure } from '../contract/failure.ts';
import { ServerId, type Server, type ServerDraft, type ServerList } from '../contract/server.ts';
import type { KeyValueStore } from '../settings/index.ts';
import type { AdminFile, AdminServer } from './admin-file.ts';
import { readServerStore, type ServerStore, type UserServer } from './server-store.ts';

/** All servers known here: the administrator's, which can't be changed, and the person's own. */
export interface ServerBook {
  /** The administrator's first, then the person's in the order they were made. */
  list(): ServerList;
  /** @throws FailureError input */
  get(id: ServerId): Server;
  /** `null` makes a new one. @throws FailureError managed | input */
  save(id: ServerId | null, draft: ServerDraft): Server;
  /** @throws FailureError managed | input */
  delete(id: ServerId): void;
  /** The one entry of the demonstration archive, made or brought up to date. */
  saveDemo(draft: ServerDraft): Server;
  /** Remembers how the last echo ended (`null`: well), until the server's address changes. */
  rememberEcho(id: ServerId, failure: Failure | null): void;
  /** @returns stops listening */
  onChange(listener: () => void): () => void;
}

/** The person's servers are kept in `store`, with the last echo of every server. */
export function openServerBook(options: {
  readonly store: KeyValueStore;
  readonly admin: AdminFile | null;
  readonly newId: () => string;
  readonly now: () => Date;
}): ServerBook {
  const { admin, newId, now } = options;
  const listeners = new Set<() => void>();
  const read = (): ServerStore => readServerStore(options.store);

  const list = (): ServerList => listServers(admin, read());

  function get(id: ServerId): Server {
    const server = list().servers.find((each) => each.id === id);
    if (server !== undefined) return server;
    throw new FailureError({
      step: 'input',
      field: 'server',
      problem: 'This server is no longer in the list.',
    });
  }

  function write(change: (stored: ServerStore) => void): void {
    change(read());
    for (const listener of listeners) listener();
  }

  function put(server: UserServer): Server {
    write((stored) => stored.put(server));
    return get(server.id);
  }

  return {
    list,
    get,
    save(id, draft) {
      if (id === null) return put({ id: ServerId.parse(newId()), origin: 'user', draft });
      const { kind } = changeable(get(id));
      return put({ id, origin: kind, draft });
    },
    delete(id) {
      changeable(get(id));
      write((stored) => stored.remove(id));
    },
    saveDemo(draft) {
      const known = list().servers.find(({ origin }) => origin.kind === 'demonstration');
      return put({ id: known?.id ?? ServerId.parse(newId()), origin: 'demonstration', draft });
    },
    rememberEcho(id, failure) {
      const server = list().servers.find((each) => each.id === id);
      if (server !== undefined)
        write((stored) => stored.rememberEcho(server, { at: now().toISOString(), failure }));
    },
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

function listServers(admin: AdminFile | null, stored: ServerStore): ServerList {
  const managed = (admin?.servers ?? []).map((server) => managedServer(server, admin?.file ?? '', stored));
  const taken = new Set(managed.map(({ id }) => id));
  // An entry under an administrator's ID can only come from editing the store by hand: it stays
  // there, but never stands in for the administrator's server.
  const own = stored.servers().filter(({ id }) => !taken.has(id));
  return {
    servers: [...managed, ...own.map((server) => userServer(server, stored))],
    adminFile: admin?.file ?? null,
    problems: admin?.problems ?? [],
  };
}

function managedServer({ id, line, draft }: AdminServer, file: string, stored: ServerStore): Server {
  const origin = { kind: 'administrator', file, line } as const;
  return { id, ...draft, origin, lastEcho: stored.lastEcho({ id, ...draft }) };
}

function userServer({ id, origin, draft }: UserServer, stored: ServerStore): Server {
  return { id, ...draft, origin: { kind: origin }, lastEcho: stored.lastEcho({ id, ...draft }) };
}

function changeable({ origin }: Server): { readonly kind: 'user' | 'demonstration' } {
  if (origin.kind !== 'administrator') return origin;
  throw new FailureError({ step: 'managed', file: origin.file, line: origin.line });
}
