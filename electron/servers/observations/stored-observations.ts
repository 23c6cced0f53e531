import { readFileSync, renameSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { observedMethods, type Observations } from '../../contract/observations.ts';
import { ServerId } from '../../contract/server-id.ts';

/** Of a server, with the address at which it was seen. */
export interface StoredEntry {
  readonly address: string;
  readonly seen: Observations;
}

const Uid = z.string().max(64);
const Count = z.number().nonnegative();

const SeenMethod = z.object({
  method: z.enum(observedMethods),
  purpose: z.enum(['use', 'test']),
  at: z.iso.datetime(),
  tls: z.object({ protocol: z.string().max(16).nullable() }).nullable(),
});

const SeenObjects = z.object({
  method: z.enum(observedMethods),
  direction: z.enum(['received', 'sent']),
  sopClassUid: Uid,
  transferSyntaxUid: Uid,
  count: Count,
  bytes: Count,
  ms: Count,
  at: z.iso.datetime(),
});

const Entry = z.object({
  address: z.string().max(4096),
  seen: z.object({
    serverId: ServerId,
    methods: z.array(SeenMethod),
    objects: z.array(SeenObjects),
    role: z.object({ scp: z.boolean(), scu: z.boolean(), at: z.iso.datetime() }).nullable(),
  }),
});

const StoredBook = z.object({ version: z.literal(1), entries: z.array(Entry) });

/** What is in the file; `broken`: it is there, and can't be read. */
export function readObservations(path: string): readonly StoredEntry[] | 'broken' {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (thrown) {
    if (thrown instanceof Error && Reflect.get(thrown, 'code') === 'ENOENT') return [];
    throw thrown;
  }
  try {
    return StoredBook.parse(JSON.parse(text)).entries;
  } catch {
    return 'broken';
  }
}

/** Moves it out of the way, as broken settings are, before another takes its place. */
export function keepBroken(path: string, now: Date): void {
  const time = now.toISOString().replaceAll(/[:.]/g, '-');
  renameSync(path, join(dirname(path), `observations.broken-${time}.json`));
}

/** Takes the place of what was there in one step. */
export async function writeObservations(path: string, entries: readonly StoredEntry[]): Promise<void> {
  const part = `${path}.part`;
  // Left by a crash, maybe with other rights than ours.
  await rm(part, { force: true });
  {
    await using file = await open(part, 'wx', 0o600);
    await file.writeFile(JSON.stringify({ version: 1, entries }));
    await file.sync();
  }
  await rename(part, path);
}
