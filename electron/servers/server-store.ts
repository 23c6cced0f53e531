import { z } from 'zod';
import { judgeFields } from '../contract/check-server.ts';
import { LinkDraft, LinkId } from '../contract/link.ts';
import { fieldsOf } from '../contract/server-fields.ts';
import { ServerDraft, ServerId, type SetAside } from '../contract/server.ts';
import type { KeyValueStore } from '../settings/index.ts';
import { fieldsOfStored } from './stored-fields.ts';

/** A server of the person's own. */
export interface UserServer {
  readonly id: ServerId;
  readonly origin: 'user' | 'csv' | 'demonstration';
  readonly draft: ServerDraft;
}

export interface UserLink {
  readonly id: LinkId;
  readonly draft: LinkDraft;
}

/** The servers as they lie in the store at one moment. Each change is written at once. */
export interface ServerStore {
  /** Those that can be used, of two with one ID the first. The others stay where they are. */
  servers(): readonly UserServer[];
  /** What is wrong with those that were once servers and can't be used. */
  setAside(): readonly SetAside[];
  put(server: UserServer): void;
  remove(id: ServerId): void;
  /** These instead of all that could be used. */
  exchange(servers: readonly UserServer[]): void;
  links(): readonly UserLink[];
  setLinks(links: readonly UserLink[]): void;
  /** IDs in the order that the person wants; of some servers only. */
  order(): readonly string[];
  setOrder(ids: readonly string[]): void;
}

const storeKey = 'servers';

const StoredEntry = z.object({
  id: ServerId,
  origin: z.enum(['user', 'csv', 'demonstration']),
  draft: z.unknown(),
});

const StoredLink = z.object({ id: LinkId, draft: LinkDraft });

/** Entries are read one by one when they are needed, so that what can't be read survives every change. */
const StoredServers = z.looseObject({
  entries: z.array(z.unknown()).default([]),
  links: z.array(z.unknown()).optional(),
  order: z.array(z.string()).optional(),
});
type StoredServers = z.output<typeof StoredServers>;

export function readServerStore(store: KeyValueStore): ServerStore {
  const stored = storedServers(store.get(storeKey));
  const write = (changes: Partial<StoredServers>): void =>
    store.set(storeKey, { ...stored, ...changes, version: 1 });
  const read = stored.entries.map(readEntry);

  return {
    servers() {
      const byId = new Map<ServerId, UserServer>();
      for (const entry of read) {
        if (entry !== null && 'draft' in entry && !byId.has(entry.id)) byId.set(entry.id, entry);
      }
      return [...byId.values()];
    },
    setAside: () => read.flatMap((entry) => (entry !== null && 'problems' in entry ? [entry] : [])),
    put(server) {
      const index = stored.entries.findIndex((entry) => isEntryOf(entry, server.id));
      const entries = index < 0 ? [...stored.entries, server] : stored.entries.with(index, server);
      write({ entries });
    },
    remove(id) {
      write({ entries: stored.entries.filter((entry) => !isEntryOf(entry, id)) });
    },
    exchange(servers) {
      const others = stored.entries.filter((_, index) => !isUsable(read[index] ?? null));
      write({ entries: [...servers, ...others] });
    },
    links: () => (stored.links ?? []).flatMap((link) => StoredLink.safeParse(link).data ?? []),
    setLinks(links) {
      const others = (stored.links ?? []).filter((link) => !StoredLink.safeParse(link).success);
      write({ links: [...links, ...others] });
    },
    order: () => stored.order ?? [],
    setOrder: (order) => write({ order: [...order] }),
  };
}

/** A value of another shape is kept beside the new one. */
function storedServers(value: unknown): StoredServers {
  const parsed = StoredServers.safeParse(value ?? {});
  return parsed.success ? parsed.data : { entries: [], unreadable: value };
}

/** A server; what is wrong with it; or `null` where it was never one. */
function readEntry(entry: unknown): UserServer | SetAside | null {
  const parsed = StoredEntry.safeParse(entry).data;
  if (parsed === undefined) return null;
  const draft = ServerDraft.safeParse(parsed.draft).data;
  if (draft !== undefined && judgeFields(fieldsOf(draft), 'plain').draft !== null) {
    return { id: parsed.id, origin: parsed.origin, draft };
  }
  const fields = fieldsOfStored(parsed.draft);
  const { problems } = judgeFields(fields, 'plain');
  return { name: fields.name, problems: problems.filter(({ severity }) => severity === 'error') };
}

function isUsable(entry: ReturnType<typeof readEntry>): boolean {
  return entry !== null && 'draft' in entry;
}

function isEntryOf(entry: unknown, id: ServerId): boolean {
  const read = readEntry(entry);
  return read !== null && 'draft' in read && read.id === id;
}
