import { nothingSeen, type Observations } from '../../contract/observations.ts';
import type { Server, ServerId } from '../../contract/server.ts';
import { addSeen, type Seen } from './add-seen.ts';
import { keepBroken, readObservations, writeObservations, type StoredEntry } from './stored-observations.ts';

/** What makes it another server, although it is the same entry: then what was seen before says nothing. */
export type SeenServer = Pick<Server, 'id' | 'host' | 'port' | 'aeTitle' | 'dicomweb'>;

/** What was really seen of each server, kept from start to start. */
export interface ObservationBook {
  /** Costs little: it is written down a moment later. Of a server that is not there, nothing is kept. */
  note(id: ServerId, seen: Seen): void;
  of(id: ServerId): Observations;
  /** One for each server. */
  list(): readonly Observations[];
  /** Forgets what is not in the list of servers any more. */
  forgetOthers(): void;
  /** @returns stops listening */
  onChange(listener: (changed: Observations) => void): () => void;
  /** Resolves when all is written. */
  close(): Promise<void>;
}

export interface ObservationBookOptions {
  readonly path: string;
  readonly servers: () => readonly SeenServer[];
  readonly now: () => Date;
  /** What could not be written. */
  readonly onWriteFailed: (thrown: unknown) => void;
}

const writeAfterMs = 1_000;

/** A file that can't be read is kept beside, and the book begins anew. */
export function openObservationBook(options: ObservationBookOptions): ObservationBook {
  return new Book(options);
}

/** What the book says of these servers, for whoever only reads; `broken`: it can't be read. */
export function observationsIn(
  path: string,
  servers: readonly SeenServer[],
): readonly Observations[] | 'broken' {
  const read = readObservations(path);
  if (read === 'broken') return read;
  const entries = new Map(read.map((entry) => [entry.seen.serverId, entry]));
  return servers.map((server) => seenOf(server, entries.get(server.id)));
}

class Book implements ObservationBook {
  readonly #options: ObservationBookOptions;
  readonly #entries: Map<ServerId, StoredEntry>;
  readonly #listeners = new Set<(changed: Observations) => void>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: ObservationBookOptions) {
    this.#options = options;
    const read = readObservations(options.path);
    if (read === 'broken') keepBroken(options.path, options.now());
    const entries = read === 'broken' ? [] : read;
    this.#entries = new Map(entries.map((entry) => [entry.seen.serverId, entry]));
  }

  note(id: ServerId, seen: Seen): void {
    const server = this.#options.servers().find((each) => each.id === id);
    if (server === undefined) return;
    const after = addSeen(this.#seenOf(server), seen, this.#options.now().toISOString());
    this.#entries.set(id, { address: addressOf(server), seen: after });
    this.#writeSoon();
    for (const listener of this.#listeners) listener(after);
  }

  of(id: ServerId): Observations {
    const server = this.#options.servers().find((each) => each.id === id);
    return server === undefined ? nothingSeen(id) : this.#seenOf(server);
  }

  list(): readonly Observations[] {
    return this.#options.servers().map((server) => this.#seenOf(server));
  }

  forgetOthers(): void {
    const kept = new Set(this.#options.servers().map(({ id }) => id));
    const gone = [...this.#entries.keys()].filter((id) => !kept.has(id));
    for (const id of gone) this.#entries.delete(id);
    if (gone.length > 0) this.#writeSoon();
  }

  onChange(listener: (changed: Observations) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    if (this.#timer !== null) this.#write();
    await this.#writing;
  }

  #seenOf(server: SeenServer): Observations {
    return seenOf(server, this.#entries.get(server.id));
  }

  #writeSoon(): void {
    this.#timer ??= setTimeout(() => this.#write(), writeAfterMs).unref();
  }

  #write(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const { path, onWriteFailed } = this.#options;
    this.#writing = this.#writing
      .then(() => writeObservations(path, [...this.#entries.values()]))
      .catch(onWriteFailed);
  }
}

function seenOf(server: SeenServer, entry: StoredEntry | undefined): Observations {
  return entry?.address === addressOf(server) ? entry.seen : nothingSeen(server.id);
}

/** Whether it is by TLS stays out: that it is not as it is written down is what one wants to know. */
function addressOf({ host, port, aeTitle, dicomweb }: SeenServer): string {
  return JSON.stringify([host, port, aeTitle, dicomweb?.baseUrl ?? null]);
}
