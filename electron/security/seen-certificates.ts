import { join } from 'node:path';
import { z } from 'zod';
import { ServerId } from '../contract/server.ts';
import { readJsonFile, writePrivateFile } from './private-file.ts';

const SeenCertificate = z.object({ subject: z.string(), validTo: z.iso.datetime(), fingerprint: z.string() });

/** Of the certificate that a server showed last. */
export type SeenCertificate = z.infer<typeof SeenCertificate>;

const StoredSeen = z.object({ version: z.literal(1), seen: z.record(ServerId, SeenCertificate) });

/** What each server showed last, so that its end can be told before it comes. */
export interface SeenCertificates {
  all(): ReadonlyMap<ServerId, SeenCertificate>;
  remember(id: ServerId, seen: SeenCertificate): void;
  /** @returns stops listening */
  onChange(listener: () => void): () => void;
}

export function openSeenCertificates(folder: string): SeenCertificates {
  const path = join(folder, 'seen-certificates.json');
  const stored = StoredSeen.safeParse(readJsonFile(path)).data?.seen ?? {};
  const seen = new Map(Object.entries(stored).map(([id, each]) => [ServerId.parse(id), each]));
  const listeners = new Set<() => void>();
  return {
    all: () => seen,
    remember(id, { subject, validTo, fingerprint }) {
      if (seen.get(id)?.fingerprint === fingerprint) return;
      seen.set(id, { subject, validTo, fingerprint });
      writePrivateFile(path, JSON.stringify({ version: 1, seen: Object.fromEntries(seen) }));
      for (const listener of listeners) listener();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
