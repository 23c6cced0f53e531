import { z } from 'zod';
import { FailureSchema } from '../contract/failure-schema.ts';
import { ServerDraft, ServerId, type LastEcho } from '../contract/server.ts';
import type { KeyValueStore } from '../settings/index.ts';
import type { PeerAddress } from './plan-association.ts';

/** A server of the person's own. */
export interface UserServer {
  readonly id: ServerId;
  readonly origin: 'user' | 'demonstration';
  readonly draft: ServerDraft;
}

type AddressedServer = PeerAddress & { readonly id: ServerId };

/** The servers as they lie in the store at one moment. Each change is written at once. */
export interface ServerStore {
  /** Those that can be read, of two with one ID the first. The others stay where they are. */
  servers(): readonly UserServer[];
  put(server: UserServer): void;
  remove(id: ServerId): void;
  /** `null`: never, or it was another address then. */
  lastEcho(server: AddressedServer): LastEcho | null;
  rememberEcho(server: AddressedServer, echo: LastEcho): void;
}

const storeKey = 'servers';

const StoredServer = z.object({
  id: ServerId,
  origin: z.enum(['user', 'demonstration']),
  draft: ServerDraft,
});

const StoredEcho = z.object({ address: z.string(), at: z.string(), failure: FailureSchema.nullable() });

/** Entries are read one by one when they are needed, so that what can't be read survives every change. */
const StoredServers = z.looseObject({
  entries: z.array(z.unknown()).default([]),
  echoes: z.record(z.string(), z.unknown()).default({}),
});
type StoredServers = z.output<typeof StoredServers>;

export function readServerStore(store: KeyValueStore): ServerStore {
  const stored = storedServers(store.get(storeKey));
  const write = (changes: Partial<StoredServers>): void =>
    store.set(storeKey, { ...stored, ...changes, version: 1 });

  return {
    servers() {
      const byId = new Map<ServerId, UserServer>();
      for (const entry of stored.entries) {
        const parsed = StoredServer.safeParse(entry);
        if (parsed.success && !byId.has(parsed.data.id)) byId.set(parsed.data.id, parsed.data);
      }
      return [...byId.values()];
    },
    put(server) {
      const index = stored.entries.findIndex((entry) => isEntryOf(entry, server.id));
      const entries = index < 0 ? [...stored.entries, server] : stored.entries.with(index, server);
      write({ entries });
    },
    remove(id) {
      const { [id]: _, ...echoes } = stored.echoes;
      write({ entries: stored.entries.filter((entry) => !isEntryOf(entry, id)), echoes });
    },
    lastEcho(server) {
      const echo = StoredEcho.safeParse(stored.echoes[server.id]).data;
      if (echo === undefined || echo.address !== addressOf(server)) return null;
      return { at: echo.at, failure: echo.failure };
    },
    rememberEcho(server, echo) {
      write({ echoes: { ...stored.echoes, [server.id]: { address: addressOf(server), ...echo } } });
    },
  };
}

/** A value of another shape is kept beside the new one. */
function storedServers(value: unknown): StoredServers {
  const parsed = StoredServers.safeParse(value ?? {});
  return parsed.success ? parsed.data : { entries: [], echoes: {}, unreadable: value };
}

function isEntryOf(entry: unknown, id: ServerId): boolean {
  return StoredServer.safeParse(entry).data?.id === id;
}

/** What an echo has proved: it says nothing about another address. */
function addressOf({ host, port, aeTitle, tls, verifyCertificate }: PeerAddress): string {
  return JSON.stringify([host, port, aeTitle, tls, verifyCertificate]);
}
