import { join } from 'node:path';
import { z } from 'zod';
import type { SecretKept } from '../contract/certificate.ts';
import { readJsonFile, writePrivateFile } from './private-file.ts';
import type { SecretBox } from './secret-box.ts';

/** Whose secret it is, and the one place that it may be told to. */
export interface SecretPlace {
  /** A server's id. */
  readonly owner: string;
  /** A web origin: a server that moves elsewhere must be told its password anew. */
  readonly origin: string;
}

/** Passwords and tokens for servers. */
export interface SecretStore {
  state(place: SecretPlace): SecretKept;
  /** `null`: not here. */
  get(place: SecretPlace): string | null;
  put(place: SecretPlace, secret: string): Promise<void>;
  /** Every secret of this owner, wherever it is for. */
  forget(owner: string): void;
}

const StoredSecrets = z.object({ version: z.literal(1), sealed: z.record(z.string(), z.base64()) });

/** Sealed on disk where there is a keyring, in memory until the app quits where there is none. */
export async function openSecretStore(options: {
  readonly folder: string;
  readonly box: SecretBox;
}): Promise<SecretStore> {
  const { box } = options;
  const path = join(options.folder, 'secrets.json');
  const sealed = new Map(Object.entries(StoredSecrets.safeParse(readJsonFile(path)).data?.sealed ?? {}));
  const inMemory = new Map<string, string>();
  for (const [name, bytes] of sealed) {
    // What can't be opened now stays on disk: the keyring may come back.
    const opened = await box.open(Buffer.from(bytes, 'base64')).catch(() => null);
    if (opened !== null) inMemory.set(name, Buffer.from(opened).toString('utf8'));
  }
  const write = (): void =>
    writePrivateFile(path, JSON.stringify({ version: 1, sealed: Object.fromEntries(sealed) }));

  return {
    state(place) {
      const name = nameOf(place);
      if (inMemory.has(name)) return sealed.has(name) ? 'sealed' : 'session';
      return sealed.has(name) ? 'locked' : 'missing';
    },
    get: (place) => inMemory.get(nameOf(place)) ?? null,
    async put(place, secret) {
      const name = nameOf(place);
      const wasSealed = sealed.has(name);
      if (box.available) {
        const bytes = await box.seal(Buffer.from(secret, 'utf8'));
        sealed.set(name, Buffer.from(bytes).toString('base64'));
      } else sealed.delete(name);
      inMemory.set(name, secret);
      if (box.available || wasSealed) write();
    },
    forget(owner) {
      const names = [...new Set([...inMemory.keys(), ...sealed.keys()])];
      const owned = names.filter((name) => name.startsWith(prefixOf(owner)));
      const wereSealed = owned.filter((name) => sealed.delete(name));
      for (const name of owned) inMemory.delete(name);
      if (wereSealed.length > 0) write();
    },
  };
}

function nameOf({ owner, origin }: SecretPlace): string {
  return `${prefixOf(owner)}${origin}`;
}

function prefixOf(owner: string): string {
  return `${encodeURIComponent(owner)} `;
}
